package io.clearmarket.network.embedded.genesis;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.jspecify.annotations.Nullable;

/**
 * What a channel is founded with.
 *
 * @param channel its name, such as {@code market}
 * @param applications the organisations that run peers
 * @param orderer the organisation that runs the ordering service
 * @param orderers the nodes of the ordering service
 * @param batch when the orderer cuts a block
 */
public record ChannelConfig(
        String channel,
        List<Organization> applications,
        Organization orderer,
        List<OrdererNode> orderers,
        Batch batch) {

    public ChannelConfig {
        applications = List.copyOf(applications);
        orderers = List.copyOf(orderers);
        if (!channel.matches("[a-z][a-z0-9.-]{0,248}")) {
            throw new IllegalArgumentException("channel '" + channel
                    + "' is not a channel name: lower-case letter, then letters, digits, dots or hyphens");
        }
        if (applications.isEmpty() || orderers.isEmpty()) {
            throw new IllegalArgumentException("a channel needs an organisation and an orderer endpoint");
        }
    }

    /**
     * An organisation.
     *
     * @param msp its authorities, revocations and roles
     * @param anchorPeers {@code host:port} of the peers by which other organisations' peers find it
     */
    public record Organization(String mspId, FabricMSPConfig msp, List<String> anchorPeers) {
        public Organization {
            anchorPeers = List.copyOf(anchorPeers);
        }

        /**
         * An organisation with one authority and roles by Node OUs.
         *
         * @param authority the certificate of its CA
         * @param tlsAuthority the certificate of its TLS CA, against which nodes check each other's; null where none do
         */
        public Organization(
                String mspId,
                X509Certificate authority,
                @Nullable X509Certificate tlsAuthority,
                List<String> anchorPeers) {
            this(mspId, MspConfigs.of(mspId, authority, tlsAuthority), anchorPeers);
        }

        /** An organisation by its MSP id and the certificate of its CA. */
        public Organization(String mspId, X509Certificate authority) {
            this(mspId, authority, null, List.of());
        }
    }

    /**
     * An orderer.
     *
     * @param endpoint {@code host:port}
     * @param tlsCertificate what it shows to the other orderers, as server and as client; null where it has none to talk to
     */
    public record OrdererNode(String endpoint, @Nullable X509Certificate tlsCertificate) {
        public OrdererNode {
            HostAndPort.of(endpoint);
        }

        /** An orderer that is alone. */
        public static OrdererNode alone(String endpoint) {
            return new OrdererNode(endpoint, null);
        }
    }

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
