package io.clearmarket.gateway.pages.signin;

import io.clearmarket.gateway.config.PublicPaths;
import io.clearmarket.gateway.identity.AccessKeys;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where the provider tells that somebody has signed out there, or has been signed out: what they had signed in to here ends with it. OpenID Connect
 * Back-Channel Logout 1.0, sections 2.5 to 2.8.
 */
@RestController
@Hidden
@ConditionalOnProperty("clearmarket.sign-in.client-id")
class BackChannelLogout {
    static final String PATH = "/logout/back-channel";

    private static final Logger LOG = LoggerFactory.getLogger(BackChannelLogout.class);

    private final AccessKeys keys;
    private final JwtDecoder tokens;

    BackChannelLogout(AccessKeys keys, ClientRegistrationRepository clients) {
        this.keys = keys;
        this.tokens = new SupplierJwtDecoder(() -> decoder(clients));
    }

    /** Asks the provider for its keys when the first token comes. */
    private static JwtDecoder decoder(ClientRegistrationRepository clients) {
        ClientRegistration client = Objects.requireNonNull(
                clients.findByRegistrationId(SignInConfiguration.PROVIDER), "there is one provider");
        String issuer = Objects.requireNonNull(client.getProviderDetails().getIssuerUri(), "found by its issuer");
        return LogoutTokens.decoder(client, issuer, InstantSource.system());
    }

    /** 200 whether or not there was something to end; 400 for what is no logout token of this provider's for this gateway. */
    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<Map<String, String>> logout(@RequestParam("logout_token") String token) {
        Jwt told;
        try {
            told = tokens.decode(token);
        } catch (BadJwtException refused) {
            LOG.warn("a logout token is refused: {}", refused.getMessage());
            return ResponseEntity.badRequest()
                    .cacheControl(CacheControl.noStore())
                    .body(Map.of(
                            "error", "invalid_request", "error_description", String.valueOf(refused.getMessage())));
        }
        int ended = keys.signOut(told.getSubject(), told.getClaimAsString("sid"));
        LOG.info("the provider signed {} out: {} sessions ended", told.getSubject(), ended);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).build();
    }

    /** The provider shows its token in the form, and no other. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("clearmarket.sign-in.client-id")
    static class Paths {
        @Bean
        PublicPaths backChannelLogoutPath() {
            return new PublicPaths(List.of(), List.of(PATH));
        }
    }
}
