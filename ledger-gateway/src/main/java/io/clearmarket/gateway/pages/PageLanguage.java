package io.clearmarket.gateway.pages;

import io.clearmarket.gateway.config.Language;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.WebUtils;

/** The reader's language: {@code ?lang=}, or what was chosen before, or what the browser asks for, or English. */
final class PageLanguage implements LocaleResolver {
    static final String PARAMETER = "lang";
    private static final String COOKIE = "clearmarket_lang";

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        return chosen(request)
                .or(() -> before(request))
                .or(() -> asked(request))
                .orElse(Language.ENGLISH)
                .locale();
    }

    /** Remembers a choice made with {@code ?lang=} for the pages that follow. */
    static void remember(HttpServletRequest request, HttpServletResponse response) {
        chosen(request).ifPresent(language -> {
            ResponseCookie cookie = ResponseCookie.from(COOKIE, language.code())
                    .path("/")
                    .maxAge(Duration.ofDays(365))
                    .httpOnly(true)
                    .sameSite("Lax")
                    .build();
            response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
        });
    }

    private static Optional<Language> chosen(HttpServletRequest request) {
        return Optional.ofNullable(request.getParameter(PARAMETER)).flatMap(Language::of);
    }

    private static Optional<Language> before(HttpServletRequest request) {
        return Optional.ofNullable(WebUtils.getCookie(request, COOKIE))
                .map(Cookie::getValue)
                .flatMap(Language::of);
    }

    private static Optional<Language> asked(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE))
                .flatMap(Language::wanted);
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        throw new UnsupportedOperationException("the language is chosen with ?lang=");
    }
}
