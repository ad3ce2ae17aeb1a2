package io.clearmarket.gateway.pages;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.WebUtils;

/** The reader's language: {@code ?lang=}, or what was chosen before, or what the browser asks for, or English. */
final class PageLanguage implements LocaleResolver {
    static final String PARAMETER = "lang";
    private static final String COOKIE = "clearmarket_lang";
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.CHINESE);

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        Locale chosen = language(request.getParameter(PARAMETER));
        if (chosen != null) {
            return chosen;
        }
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        Locale before = cookie == null ? null : language(cookie.getValue());
        return before == null ? asked(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)) : before;
    }

    /** Remembers a choice made with {@code ?lang=} for the pages that follow. */
    static void remember(HttpServletRequest request, HttpServletResponse response) {
        Locale chosen = language(request.getParameter(PARAMETER));
        if (chosen != null) {
            ResponseCookie cookie = ResponseCookie.from(COOKIE, chosen.getLanguage())
                    .path("/")
                    .maxAge(Duration.ofDays(365))
                    .httpOnly(true)
                    .sameSite("Lax")
                    .build();
            response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
        }
    }

    private static Locale asked(@Nullable String acceptLanguage) {
        try {
            Locale found = acceptLanguage == null
                    ? null
                    : Locale.lookup(Locale.LanguageRange.parse(acceptLanguage), LANGUAGES);
            return found == null ? Locale.ENGLISH : found;
        } catch (IllegalArgumentException notALanguageRange) {
            return Locale.ENGLISH;
        }
    }

    private static @Nullable Locale language(@Nullable String name) {
        return LANGUAGES.stream()
                .filter(language -> language.getLanguage().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        throw new UnsupportedOperationException("the language is chosen with ?lang=");
    }
}
