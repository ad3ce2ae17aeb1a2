package io.clearmarket.network.embedded;

import io.clearmarket.network.embedded.peer.PeerLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an embedded network is made of.
 *
 * @param dataDirectory where everything is kept; a network is found again there
 * @param organizations those that run peers, in the order of preference
 * @param channels at least one; the first is meant where none is named
 * @param ordererPort port of the orderer; 0 takes any free one
 * @param host address to listen on
 * @param mutualTls clients must show a TLS certificate of one of the organisations
 * @param executeTimeout how long a chaincode may take
 * @param limits how many calls each peer has open at a time
 */
public record NetworkConfig(
        Path dataDirectory,
        List<OrganizationSettings> organizations,
        List<ChannelSettings> channels,
        int ordererPort,
        String host,
        boolean mutualTls,
        Duration executeTimeout,
        PeerLimits limits) {

    /** The organisations of every sample network: the market's operator, the sellers' association, the auditors. */
    public static final List<String> DEFAULT_ORGANIZATIONS = List.of("PlatformMSP", "MerchantsMSP", "AuditMSP");

    /** The ordering organisation. */
    public static final String ORDERER_MSP = "OrdererMSP";

    /**
     * Block cutting, Fabric's BatchSize and BatchTimeout. They are written into block 0; a configuration update changes them.
     *
     * @param timeout how long a block's first transaction waits for others
     * @param maxMessages transactions in a block
     * @param preferredBytes blocks stay below, but for a single larger transaction
     * @param absoluteBytes a larger transaction is refused
     */
    public record Batch(Duration timeout, int maxMessages, int preferredBytes, int absoluteBytes) {
        /** Short blocks, for development: 20 ms, 500 transactions, 2 MB, 10 MB. */
        public static final Batch QUICK = new Batch(Duration.ofMillis(20), 500, 2 << 20, 10 << 20);

        public Batch {
            if (!timeout.isPositive() || maxMessages < 1 || preferredBytes < 1 || absoluteBytes < 1) {
                throw new IllegalArgumentException(
                        "a block waits for " + timeout.toMillis() + " ms, and holds " + maxMessages
                                + " transactions, " + preferredBytes + " bytes, " + absoluteBytes
                                + " at most; each must be more than nothing");
            }
        }

        public Batch withTimeout(Duration other) {
            return new Batch(other, maxMessages, preferredBytes, absoluteBytes);
        }

        public Batch withMaxMessages(int other) {
            return new Batch(timeout, other, preferredBytes, absoluteBytes);
        }
    }

    public NetworkConfig {
        organizations = List.copyOf(organizations);
        channels = List.copyOf(channels);
        Set<String> mspIds = new HashSet<>();
        organizations.forEach(organization -> mspIds.add(organization.mspId()));
        if (organizations.isEmpty() || mspIds.contains(ORDERER_MSP) || mspIds.size() < organizations.size()) {
            throw new IllegalArgumentException(
                    "a network needs at least one organisation, each once, none of them named " + ORDERER_MSP);
        }
        if (channels.isEmpty()
                || channels.stream().map(ChannelSettings::name).distinct().count() < channels.size()) {
            throw new IllegalArgumentException("a network needs at least one channel, each name once");
        }
        ServerRules servers = new ServerRules();
        for (ChannelSettings channel : channels) {
            List<String> peers = new ArrayList<>();
            for (String mspId : channel.mspIds()) {
                known(mspId, channel, organizations).peers().forEach(peer -> peers.add(peer.key()));
            }
            channel.chaincodes().forEach(chaincode -> servers.require(chaincode, peers));
        }
        for (OrganizationSettings organization : organizations) {
            String mspId = organization.mspId();
            if (channels.stream().noneMatch(channel -> channel.mspIds().contains(mspId))) {
                throw new IllegalArgumentException("the peers of " + mspId + " are on no channel");
            }
        }
    }

    private static OrganizationSettings known(
            String mspId, ChannelSettings channel, List<OrganizationSettings> organizations) {
        return organizations.stream()
                .filter(organization -> organization.mspId().equals(mspId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "channel " + channel.name() + " has organisation " + mspId + ", which runs no peer here"));
    }

    /** The organisations that run peers, in order. */
    public List<String> mspIds() {
        return organizations.stream().map(OrganizationSettings::mspId).toList();
    }

    /** Every peer, organisation by organisation. */
    public List<PeerId> peers() {
        return organizations.stream()
                .flatMap(organization -> organization.peers().stream())
                .toList();
    }

    /** The peers on a channel, organisation by organisation. */
    public List<PeerId> peers(ChannelSettings channel) {
        return channel.mspIds().stream()
                .flatMap(mspId -> organization(mspId).stream())
                .flatMap(organization -> organization.peers().stream())
                .toList();
    }

    /** A channel by its name. */
    public Optional<ChannelSettings> channel(String name) {
        return channels.stream().filter(channel -> channel.name().equals(name)).findFirst();
    }

    /** An organisation by its MSP id. */
    public Optional<OrganizationSettings> organization(String mspId) {
        return organizations.stream()
                .filter(organization -> organization.mspId().equals(mspId))
                .findFirst();
    }

    /** The first channel's name. */
    public String channel() {
        return channels.getFirst().name();
    }

    /** The first channel's chaincodes. */
    public List<ChaincodeConfig> chaincodes() {
        return channels.getFirst().chaincodes();
    }

    /** The first channel's block cutting. */
    public Batch batch() {
        return channels.getFirst().batch();
    }

    /** A network in this directory: three organisations, channel {@code market}, free ports, quick blocks. */
    public static Builder in(Path dataDirectory) {
        return new Builder(dataDirectory);
    }

    /** What is built is what this was, but for what is then changed. */
    public Builder toBuilder() {
        Builder builder = in(dataDirectory);
        builder.ordererPort = ordererPort;
        builder.host = host;
        builder.executeTimeout = executeTimeout;
        builder.limits = limits;
        builder.mutualTls = mutualTls;
        organizations.forEach(organization -> builder.organizations.put(organization.mspId(), organization));
        ChannelSettings first = channels.getFirst();
        builder.channel = first.name();
        builder.batch = first.batch();
        builder.members = first.mspIds();
        builder.chaincodes.addAll(first.chaincodes());
        builder.otherChannels.addAll(channels.subList(1, channels.size()));
        return builder;
    }

    /** Collects what differs from the usual. */
    public static final class Builder {
        private final Path dataDirectory;
        private final Map<String, OrganizationSettings> organizations = new LinkedHashMap<>();
        private final List<ChaincodeConfig> chaincodes = new ArrayList<>();
        private final List<ChannelSettings> otherChannels = new ArrayList<>();
        private List<String> members = List.of();
        private String channel = "market";
        private String host = "127.0.0.1";
        private int ordererPort;
        private Batch batch = Batch.QUICK;
        private boolean mutualTls;
        private Duration executeTimeout = Duration.ofSeconds(30);
        private PeerLimits limits = PeerLimits.USUAL;

        private Builder(Path dataDirectory) {
            this.dataDirectory = dataDirectory;
        }

        /** The first channel's name. */
        public Builder channel(String name) {
            this.channel = name;
            return this;
        }

        /** The organisations on the first channel; all, if this is not called. */
        public Builder channelMembers(List<String> mspIds) {
            this.members = List.copyOf(mspIds);
            return this;
        }

        /** One channel more. */
        public Builder anotherChannel(ChannelSettings settings) {
            otherChannels.add(settings);
            return this;
        }

        /** Adds an organisation with one peer; the first one added replaces the default three. */
        public Builder organization(String mspId, int peerPort) {
            return organization(OrganizationSettings.of(mspId, peerPort));
        }

        /** Adds an organisation; the first one added replaces the default three. */
        public Builder organization(OrganizationSettings organization) {
            organizations.put(organization.mspId(), organization);
            return this;
        }

        /** The default organisations on ports from this one: the orderer's first, then the peers'. */
        public Builder basePort(int port) {
            ordererPort = port;
            for (int i = 0; i < DEFAULT_ORGANIZATIONS.size(); i++) {
                organization(DEFAULT_ORGANIZATIONS.get(i), port == 0 ? 0 : port + 1 + i);
            }
            return this;
        }

        public Builder ordererPort(int port) {
            this.ordererPort = port;
            return this;
        }

        public Builder host(String address) {
            this.host = address;
            return this;
        }

        /** A chaincode on the first channel. */
        public Builder chaincode(ChaincodeConfig chaincode) {
            chaincodes.add(chaincode);
            return this;
        }

        /** Block cutting of the first channel. */
        public Builder batch(Batch rules) {
            this.batch = rules;
            return this;
        }

        /** Clients must show a TLS certificate; users' are in {@code users/NAME/tls}. */
        public Builder mutualTls() {
            this.mutualTls = true;
            return this;
        }

        public Builder executeTimeout(Duration timeout) {
            this.executeTimeout = timeout;
            return this;
        }

        /** How many calls each peer has open at a time. */
        public Builder limits(PeerLimits most) {
            this.limits = most;
            return this;
        }

        /** @throws IllegalArgumentException saying what does not fit together */
        public NetworkConfig build() {
            if (organizations.isEmpty()) {
                DEFAULT_ORGANIZATIONS.forEach(mspId -> organization(mspId, 0));
            }
            List<String> mspIds = members.isEmpty() ? List.copyOf(organizations.keySet()) : members;
            List<ChannelSettings> channels = new ArrayList<>();
            channels.add(new ChannelSettings(channel, mspIds, chaincodes, batch));
            channels.addAll(otherChannels);
            return new NetworkConfig(
                    dataDirectory,
                    List.copyOf(organizations.values()),
                    channels,
                    ordererPort,
                    host,
                    mutualTls,
                    executeTimeout,
                    limits);
        }
    }
}
