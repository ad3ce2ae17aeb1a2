package io.clearmarket.gateway.identity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.proc.SingleKeyJWSKeySelector;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.wallet.p256.NativeCrypto;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

/**
 * Development tokens where {@code clearmarket.development} is true; otherwise those of the OpenID Connect provider that
 * {@code spring.security.oauth2.resourceserver.jwt.issuer-uri} names.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClaimNames.class)
class IdentityConfiguration {

    @Bean
    CallerTokens callerTokens(GatewayProperties properties, ClaimNames names) {
        return new CallerTokens(properties.development() ? ClaimNames.OURS : names);
    }

    @Bean
    @ConditionalOnProperty("clearmarket.development")
    DevelopmentTokens developmentTokens(GatewayProperties properties) {
        return DevelopmentTokens.open(properties.dataDir());
    }

    @Bean
    @ConditionalOnProperty("clearmarket.development")
    JwtDecoder developmentTokenDecoder(DevelopmentTokens tokens) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new SingleKeyJWSKeySelector<>(JWSAlgorithm.ES256, tokens.publicKey()));
        DefaultJWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();
        verifiers.getJCAContext().setProvider(NativeCrypto.provider());
        processor.setJWSVerifierFactory(verifiers);
        // Spring's validators below check the claims
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(JwtValidators.createDefaultWithIssuer(DevelopmentTokens.ISSUER));
        return new RecentTokens(decoder, InstantSource.system());
    }

    /**
     * Takes the access tokens of an OpenID provider: JWTs, of RFC 9068's type or of none in particular, with this gateway in
     * their audience. A provider serves many applications: without an audience a token that was meant for another of them
     * would do here. Refuses to start without one, and without an issuer.
     */
    @Bean
    @ConditionalOnProperty(name = "clearmarket.development", havingValue = "false", matchIfMissing = true)
    JwtDecoder providerTokenDecoder(OAuth2ResourceServerProperties properties) {
        OAuth2ResourceServerProperties.Jwt jwt = properties.getJwt();
        String issuer = jwt.getIssuerUri();
        List<String> audiences = jwt.getAudiences();
        if (issuer == null || audiences == null || audiences.isEmpty()) {
            throw new IllegalStateException(
                    "set spring.security.oauth2.resourceserver.jwt.issuer-uri to the OpenID provider that issues callers' "
                            + "tokens, and spring.security.oauth2.resourceserver.jwt.audiences to the name that these "
                            + "carry for this gateway");
        }
        // asked for its keys when the first token comes, so that the gateway starts without it
        return new RecentTokens(
                new SupplierJwtDecoder(() -> providerTokens(issuer, Set.copyOf(audiences))), InstantSource.system());
    }

    private static JwtDecoder providerTokens(String issuer, Set<String> audiences) {
        NimbusJwtDecoder decoder =
                NimbusJwtDecoder.withIssuerLocation(issuer).validateType(false).build();
        JwtTypeValidator type = new JwtTypeValidator("JWT", "at+jwt", "application/at+jwt");
        type.setAllowEmpty(true);
        JwtClaimValidator<Collection<String>> audience = new JwtClaimValidator<>(
                JwtClaimNames.AUD, named -> named != null && !Collections.disjoint(named, audiences));
        decoder.setJwtValidator(
                JwtValidators.createDefaultWithValidators(List.of(type, new JwtIssuerValidator(issuer), audience)));
        return decoder;
    }
}
