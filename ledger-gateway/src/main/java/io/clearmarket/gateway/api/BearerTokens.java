package io.clearmarket.gateway.api;

import io.clearmarket.gateway.identity.AccessKeys;
import io.clearmarket.gateway.identity.CallerTokens;
import io.clearmarket.gateway.identity.FormToken;
import io.clearmarket.gateway.identity.TokenCookie;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.stereotype.Component;

/** Who a bearer token stands for: a JWT of the provider, or a key of this gateway's own. */
@Component
class BearerTokens implements BearerTokenResolver {
    private final DefaultBearerTokenResolver header = new DefaultBearerTokenResolver();
    private final AuthenticationManager jwt;
    private final AccessKeys keys;
    private final Doors doors;

    BearerTokens(JwtDecoder decoder, CallerTokens callers, AccessKeys keys, Doors doors) {
        JwtAuthenticationProvider provider = new JwtAuthenticationProvider(decoder);
        provider.setJwtAuthenticationConverter(callers);
        this.jwt = new ProviderManager(provider);
        this.doors = doors;
        this.keys = keys;
    }

    /** The header's, or the pages' cookie: for reading, and for a form that was sent from a page of the same session. */
    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        String token = header.resolve(request);
        if (token != null) {
            return token;
        }
        String kept = TokenCookie.of(request).orElse(null);
        return kept != null && (isReading(request) || isOwnForm(request, kept)) ? kept : null;
    }

    /** Whom a token stands for, once it is verified. */
    Authentication authenticate(Authentication asked) {
        String token = ((BearerTokenAuthenticationToken) asked).getToken();
        return token.startsWith(AccessKeys.PREFIX) ? holder(token) : jwt.authenticate(asked);
    }

    /** True for a request that changes nothing. */
    static boolean isReading(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    /** True for a form that holds the token of this session; no other request's body is looked into. */
    private boolean isOwnForm(HttpServletRequest request, String bearer) {
        return doors.isForm(request) && FormToken.fits(bearer, request.getParameter(FormToken.FIELD));
    }

    private Authentication holder(String secret) {
        return keys.find(secret)
                .map(CallerTokens::authenticated)
                .orElseThrow(() -> new InvalidBearerTokenException("this key is unknown, taken back or past its time"));
    }
}
