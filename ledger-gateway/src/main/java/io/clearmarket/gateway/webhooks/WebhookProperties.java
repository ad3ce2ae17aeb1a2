package io.clearmarket.gateway.webhooks;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of webhooks.
 *
 * @param retries pauses before each further attempt, as Standard Webhooks recommends; then a delivery is given up
 * @param timeout how long a receiver may take to answer
 * @param maxPerOwner how many webhooks one caller may have
 */
@ConfigurationProperties("clearmarket.webhooks")
public record WebhookProperties(
        @DefaultValue({"5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"})
        List<Duration> retries,

        @DefaultValue("10s") Duration timeout,
        @DefaultValue("20") int maxPerOwner) {
    public WebhookProperties {
        retries = List.copyOf(retries);
    }
}
