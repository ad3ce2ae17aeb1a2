package io.clearmarket.gateway.device;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for devices.
 *
 * @param collector the managed identity that records roots; where there is none of that name, batches are kept and not anchored
 * @param anchorEvery how often
 * @param mqtt a broker to take batches from
 */
@ConfigurationProperties("clearmarket.devices")
record DeviceProperties(
        @DefaultValue("settlement") String collector,
        @DefaultValue("10s") Duration anchorEvery,
        @DefaultValue Mqtt mqtt) {
    /**
     * An MQTT 5 broker.
     *
     * @param host "" for none
     * @param tls whether to speak TLS; the broker's certificate must name the host
     * @param ca PEM file of the one authority that the broker's certificate may be of; absent: those that the JDK trusts
     * @param topic the filter of the topics that devices publish to; {@code $share/group/...} where several gateways share the work
     * @param clientId of this gateway's session; another gateway needs another
     * @param username "" for none
     */
    record Mqtt(
            @DefaultValue("") String host,
            @DefaultValue("1883") int port,
            @DefaultValue("false") boolean tls,
            @Nullable Path ca,
            @DefaultValue("clearmarket/devices/+/batches") String topic,
            @DefaultValue("clearmarket-gateway") String clientId,
            @DefaultValue("") String username,
            @DefaultValue("") String password) {
        /** The password stays out of logs. */
        @Override
        public String toString() {
            return "Mqtt[" + host + ":" + port + ", " + topic + ", " + clientId + "]";
        }
    }
}
