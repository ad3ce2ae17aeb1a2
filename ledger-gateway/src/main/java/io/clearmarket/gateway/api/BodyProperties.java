package io.clearmarket.gateway.api;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What requests' bodies may take.
 *
 * @param time from a body's first byte to its last; how long a connection may be silent is {@code server.tomcat.connection-timeout}
 * @param atOnce length of all long bodies, those of more than 64 KiB, that are being served; each takes up to eight times its length of the heap
 * @param patience how long a long body waits for others to be served
 */
@ConfigurationProperties("clearmarket.body")
record BodyProperties(
        @DefaultValue("30s") Duration time,
        @DefaultValue("48MB") DataSize atOnce,
        @DefaultValue("10s") Duration patience) {}
