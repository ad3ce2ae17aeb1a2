package io.clearmarket.gateway.api;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a request's body may take.
 *
 * @param time from its first byte to its last; how long a connection may be silent is {@code server.tomcat.connection-timeout}
 */
@ConfigurationProperties("clearmarket.body")
record BodyTime(@DefaultValue("30s") Duration time) {}
