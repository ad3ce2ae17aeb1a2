package io.clearmarket.gateway.pages.signin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * What makes a JWT of the provider's a logout token, and no other kind of token one: OpenID Connect Back-Channel Logout 1.0, sections 2.4 and 2.6.
 * Its type must be {@code logout+jwt}, which the standard recommends; a token that ended its session once does no harm a second time.
 */
final class LogoutTokens {
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final Duration OLDEST = Duration.ofMinutes(10);

    private LogoutTokens() {}

    /** Reads those for one client of a provider. */
    static JwtDecoder decoder(ClientRegistration client, String issuer, InstantSource clock) {
        NimbusJwtDecoder decoder =
                NimbusJwtDecoder.withIssuerLocation(issuer).validateType(false).build();
        decoder.setJwtValidator(JwtValidators.createDefaultWithValidators(List.of(
                new JwtTypeValidator("logout+jwt"),
                new JwtIssuerValidator(issuer),
                meantFor(client.getClientId()),
                notOlderThan(OLDEST, clock),
                saysSo())));
        return decoder;
    }

    private static OAuth2TokenValidator<Jwt> meantFor(String clientId) {
        return token -> result(
                token.getAudience() != null && token.getAudience().contains(clientId), "aud does not name this client");
    }

    private static OAuth2TokenValidator<Jwt> notOlderThan(Duration most, InstantSource clock) {
        return token -> {
            Instant issued = token.getIssuedAt();
            return result(
                    issued != null && issued.isAfter(clock.instant().minus(most)) && token.getExpiresAt() != null,
                    "iat is missing or long ago, or exp is missing");
        };
    }

    private static OAuth2TokenValidator<Jwt> saysSo() {
        return token -> {
            boolean says = token.getClaim("events") instanceof Map<?, ?> events
                    && events.get(EVENT) instanceof Map<?, ?>
                    && token.getId() != null;
            boolean whom = token.getSubject() != null || token.getClaimAsString("sid") != null;
            return result(
                    says && whom && !token.hasClaim("nonce"),
                    "events, jti and one of sub and sid are required, nonce is forbidden");
        };
    }

    private static OAuth2TokenValidatorResult result(boolean good, String otherwise) {
        return good
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(
                        new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST, otherwise, null));
    }
}
