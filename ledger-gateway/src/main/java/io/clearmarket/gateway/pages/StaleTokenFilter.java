package io.clearmarket.gateway.pages;

import io.clearmarket.gateway.identity.AccessKeys;
import io.clearmarket.gateway.identity.TokenCookie;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Takes a token that has run out, a session that has ended, or what another data folder's key signed, out of the browser before it is an error. */
@Component
@Order(StaleTokenFilter.BEFORE_SECURITY)
class StaleTokenFilter extends OncePerRequestFilter {
    /** Spring Security's filter has -100. */
    static final int BEFORE_SECURITY = -200;

    private final JwtDecoder tokens;
    private final AccessKeys keys;

    StaleTokenFilter(JwtDecoder tokens, AccessKeys keys) {
        this.tokens = tokens;
        this.keys = keys;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (TokenCookie.of(request).map(this::isGood).orElse(true)) {
            chain.doFilter(request, response);
            return;
        }
        response.addHeader(HttpHeaders.SET_COOKIE, TokenCookie.forget(request));
        chain.doFilter(new WithoutToken(request), response);
    }

    private boolean isGood(String token) {
        if (token.startsWith(AccessKeys.PREFIX)) {
            return keys.find(token).isPresent();
        }
        try {
            tokens.decode(token);
            return true;
        } catch (JwtException e) {
            return false;
        }
    }

    private static final class WithoutToken extends HttpServletRequestWrapper {
        private final HttpServletRequest original;

        WithoutToken(HttpServletRequest request) {
            super(request);
            this.original = request;
        }

        @Override
        public Cookie @Nullable [] getCookies() {
            Cookie[] all = super.getCookies();
            return all == null
                    ? null
                    : Arrays.stream(all)
                            .filter(cookie -> !TokenCookie.is(cookie, original))
                            .toArray(Cookie[]::new);
        }
    }
}
