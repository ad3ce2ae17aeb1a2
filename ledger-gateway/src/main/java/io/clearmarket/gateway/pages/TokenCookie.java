package io.clearmarket.gateway.pages;

import java.time.Duration;
import org.springframework.http.ResponseCookie;

/** The cookie in which a browser carries its bearer token; the API takes it for reading only. */
final class TokenCookie {
    static final String NAME = "clearmarket_token";

    private TokenCookie() {}

    static String keep(String token, Duration validity) {
        return cookie(token, validity);
    }

    static String forget() {
        return cookie("", Duration.ZERO);
    }

    private static String cookie(String value, Duration age) {
        return ResponseCookie.from(NAME, value)
                .path("/")
                .httpOnly(true)
                .sameSite("Strict")
                .maxAge(age)
                .build()
                .toString();
    }
}
