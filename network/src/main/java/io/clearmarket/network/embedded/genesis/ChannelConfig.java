package io.clearmarket.network.embedded.genesis;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/**
 * What a channel is founded with.
 *
 * @param channel its name, such as {@code market}
 * @param applications the organisations that run peers
 * @param orderer the organisation that runs the ordering service
 * @param ordererEndpoints {@code host:port} of each orderer
 * @param batch when the orderer cuts a block
 */
public record ChannelConfig(
        String channel,
        List<Organization> applications,
        Organization orderer,
        List<String> ordererEndpoints,
        Batch batch) {

    public ChannelConfig {
        applications = List.copyOf(applications);
        ordererEndpoints = List.copyOf(ordererEndpoints);
        if (!channel.matches("[a-z][a-z0-9.-]{0,248}")) {
            throw new IllegalArgumentException("channel '" + channel
                    + "' is not a channel name: lower-case letter, then letters, digits, dots or hyphens");
        }
        if (applications.isEmpty() || ordererEndpoints.isEmpty()) {
            throw new IllegalArgumentException("a channel needs an organisation and an orderer endpoint");
        }
    }

    /** An organisation by its MSP id and the certificate of its CA. */
    public record Organization(String mspId, X509Certificate authority) {}

    /**
     * Block cutting rules (fabric-protocol 6.1).
     *
     * @param timeout counted from the first pending message
     * @param maxMessages most transactions in a block
     * @param preferredBytes a block is cut before it would exceed this
     * @param absoluteBytes a larger message is refused
     */
    public record Batch(Duration timeout, int maxMessages, int preferredBytes, int absoluteBytes) {
        public Batch {
            if (timeout.isNegative() || timeout.isZero() || maxMessages < 1) {
                throw new IllegalArgumentException("a batch needs a positive timeout and at least one message");
            }
            if (preferredBytes < 1 || absoluteBytes < preferredBytes) {
                throw new IllegalArgumentException("preferred bytes must be positive and at most the absolute bytes");
            }
        }
    }
}
