package io.clearmarket.gateway.privacy;

import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The store of private fields, with its keys beside the gateway's other files. */
@Configuration(proxyBeanMethods = false)
class PrivacyConfiguration {
    @Bean
    PrivateFields privateFields(
            JdbcClient database,
            TransactionTemplate transaction,
            SigningIdentity gatewayIdentity,
            GatewayProperties properties) {
        return new PrivateFields(
                database,
                transaction,
                new SubjectKeys(properties.dataDir().resolve("subject-keys")),
                gatewayIdentity,
                properties.ledger(),
                Clock.systemUTC());
    }
}
