package io.clearmarket.gateway.identity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.proc.SingleKeyJWSKeySelector;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.wallet.p256.NativeCrypto;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Development tokens where {@code clearmarket.development} is true; otherwise Spring Boot verifies those of the OpenID
 * Connect provider that {@code spring.security.oauth2.resourceserver.jwt.issuer-uri} names.
 */
@Configuration(proxyBeanMethods = false)
class IdentityConfiguration {

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
}
