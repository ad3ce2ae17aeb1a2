package io.clearmarket.gateway.api;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many requests are served; what is unused is saved up to the burst.
 *
 * @param callerPerSecond of one caller, whatever tokens and keys they use
 * @param callerBurst at once, by a caller who has been silent
 * @param anonymousPerSecond without a token, from one address
 * @param anonymousBurst likewise
 */
@ConfigurationProperties("clearmarket.limits")
record RateLimits(
        @DefaultValue("500") long callerPerSecond,
        @DefaultValue("5000") long callerBurst,
        @DefaultValue("50") long anonymousPerSecond,
        @DefaultValue("500") long anonymousBurst) {}
