package io.clearmarket.gateway.keeper;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keeper's settings.
 *
 * @param identity the managed identity under which it calls; a keeper without one rests
 * @param interval time between two looks
 */
@ConfigurationProperties("clearmarket.keeper")
record KeeperProperties(
        @DefaultValue("settlement") String identity,
        @DefaultValue("5s") Duration interval) {}
