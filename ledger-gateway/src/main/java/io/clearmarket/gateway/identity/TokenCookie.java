package io.clearmarket.gateway.identity;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/**
 * The cookie in which a browser carries its bearer token: for reading, and with a form's token for that form. No script reads it and no
 * other host gets it; over HTTPS it is never sent without, and its name ({@code __Host-}, RFC 6265bis section 4.1.3.2) has the browser see to that.
 */
public final class TokenCookie {
    private static final String NAME = "clearmarket_token";

    private TokenCookie() {}

    /** When a browser that comes from elsewhere sends it. */
    public enum From {
        /** Never. */
        OURSELVES("Strict"),
        /** When somebody follows a link, as from the provider where they have signed in; never with what another site's page sends by itself. */
        LINKS("Lax");

        private final String sameSite;

        From(String sameSite) {
            this.sameSite = sameSite;
        }
    }

    /** The bearer token that the browser keeps. */
    public static Optional<String> of(HttpServletRequest request) {
        return Optional.ofNullable(WebUtils.getCookie(request, name(request)))
                .map(Cookie::getValue)
                .filter(value -> !value.isEmpty());
    }

    /** True for the cookie of this name. */
    public static boolean is(Cookie cookie, HttpServletRequest request) {
        return cookie.getName().equals(name(request));
    }

    /** The header Set-Cookie that has the browser keep it. */
    public static String keep(HttpServletRequest request, String token, Duration validity, From from) {
        return cookie(request, token, validity, from);
    }

    /** The header Set-Cookie that has the browser forget it. */
    public static String forget(HttpServletRequest request) {
        return cookie(request, "", Duration.ZERO, From.OURSELVES);
    }

    private static String name(HttpServletRequest request) {
        return request.isSecure() ? "__Host-" + NAME : NAME;
    }

    private static String cookie(HttpServletRequest request, String value, Duration age, From from) {
        return ResponseCookie.from(name(request), value)
                .path("/")
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite(from.sameSite)
                .maxAge(age)
                .build()
                .toString();
    }
}
