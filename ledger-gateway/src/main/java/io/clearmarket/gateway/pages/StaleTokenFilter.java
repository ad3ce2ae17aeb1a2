package io.clearmarket.gateway.pages;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/** Takes a token that has run out, or that another data folder's key signed, out of the browser before it is an error. */
@Component
@ConditionalOnProperty("clearmarket.development")
@Order(StaleTokenFilter.BEFORE_SECURITY)
class StaleTokenFilter extends OncePerRequestFilter {
    /** Spring Security's filter has -100. */
    static final int BEFORE_SECURITY = -200;

    private final JwtDecoder tokens;

    StaleTokenFilter(JwtDecoder tokens) {
        this.tokens = tokens;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Cookie cookie = WebUtils.getCookie(request, TokenCookie.NAME);
        if (cookie == null || isGood(cookie.getValue())) {
            chain.doFilter(request, response);
            return;
        }
        response.addHeader(HttpHeaders.SET_COOKIE, TokenCookie.forget());
        chain.doFilter(new WithoutToken(request), response);
    }

    private boolean isGood(String token) {
        try {
            tokens.decode(token);
            return true;
        } catch (JwtException e) {
            return false;
        }
    }

    private static final class WithoutToken extends HttpServletRequestWrapper {
        WithoutToken(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Cookie @Nullable [] getCookies() {
            Cookie[] all = super.getCookies();
            return all == null
                    ? null
                    : Arrays.stream(all)
                            .filter(cookie -> !cookie.getName().equals(TokenCookie.NAME))
                            .toArray(Cookie[]::new);
        }
    }
}
