package io.clearmarket.network.config;

import io.clearmarket.network.FreePorts;
import io.clearmarket.network.config.ConfigDocument.BatchEntry;
import io.clearmarket.network.config.ConfigDocument.ChaincodeEntry;
import io.clearmarket.network.config.ConfigDocument.ChannelEntry;
import io.clearmarket.network.config.ConfigDocument.CollectionEntry;
import io.clearmarket.network.config.ConfigDocument.LimitsEntry;
import io.clearmarket.network.config.ConfigDocument.OrganizationEntry;
import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.ChannelSettings;
import io.clearmarket.network.embedded.CollectionConfig;
import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.embedded.OrganizationSettings;
import io.clearmarket.network.embedded.PeerId;
import io.clearmarket.network.embedded.genesis.GoDuration;
import io.clearmarket.network.embedded.peer.PeerLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns a document into the records that it describes, with a default for what it leaves out. */
final class DocumentReader {
    private final ConfigDocument document;
    private final Path folder;
    private final Map<String, OrganizationSettings> organizations = new LinkedHashMap<>();
    private final Map<String, String> serverOfPeer = new LinkedHashMap<>();
    private final Map<String, ChaincodeProgram> programs = new LinkedHashMap<>();

    /** @param folder that paths are relative to */
    DocumentReader(ConfigDocument document, Path folder) {
        this.document = document;
        this.folder = folder;
    }

    NetworkConfigFile read(@Nullable Path data) {
        NetworkConfig.Builder builder = NetworkConfig.in(data(data));
        organizations().forEach(settings -> {
            organizations.put(settings.mspId(), settings);
            builder.organization(settings);
        });
        List<ChannelSettings> channels = channels();
        ChannelSettings first = channels.getFirst();
        builder.channel(first.name()).channelMembers(first.mspIds()).batch(first.batch());
        first.chaincodes().forEach(builder::chaincode);
        channels.stream().skip(1).forEach(builder::anotherChannel);
        if (document.host() != null) {
            builder.host(document.host());
        }
        if (document.ordererPort() != null) {
            builder.ordererPort(document.ordererPort());
        }
        if (document.executeTimeout() != null) {
            builder.executeTimeout(GoDuration.parse(document.executeTimeout()));
        }
        builder.limits(limits(document.limits()));
        if (Boolean.TRUE.equals(document.mutualTls())) {
            builder.mutualTls();
        }
        return new NetworkConfigFile(builder.build(), List.copyOf(programs.values()));
    }

    private Path data(@Nullable Path told) {
        if (told != null) {
            return told;
        }
        if (document.data() == null) {
            throw new IllegalArgumentException("it says nothing of data, the folder where the network is kept");
        }
        return folder.resolve(document.data());
    }

    private static PeerLimits limits(@Nullable LimitsEntry entry) {
        PeerLimits usual = PeerLimits.USUAL;
        return entry == null
                ? usual
                : new PeerLimits(
                        entry.endorser() == null ? usual.endorser() : entry.endorser(),
                        entry.deliver() == null ? usual.deliver() : entry.deliver(),
                        entry.gateway() == null ? usual.gateway() : entry.gateway());
    }

    private List<OrganizationSettings> organizations() {
        List<OrganizationEntry> entries = document.organizations();
        return entries == null || entries.isEmpty()
                ? NetworkConfig.DEFAULT_ORGANIZATIONS.stream()
                        .map(mspId -> OrganizationSettings.of(mspId, 0))
                        .toList()
                : entries.stream().map(this::organization).toList();
    }

    private OrganizationSettings organization(OrganizationEntry entry) {
        if (entry.peers() != null && entry.ports() != null) {
            throw new IllegalArgumentException(
                    "organisation " + entry.mspId() + " has a number of peers or their ports, not both");
        }
        List<Integer> ports = entry.ports() != null
                ? entry.ports()
                : Collections.nCopies(entry.peers() == null ? 1 : Math.max(0, entry.peers()), 0);
        return new OrganizationSettings(
                entry.mspId(), ports, Optional.ofNullable(entry.crypto()).map(folder::resolve));
    }

    private List<ChannelSettings> channels() {
        List<ChannelEntry> entries = document.channels();
        return entries == null || entries.isEmpty()
                ? List.of(ChannelSettings.of("market", List.copyOf(organizations.keySet())))
                : entries.stream().map(this::channel).toList();
    }

    private ChannelSettings channel(ChannelEntry entry) {
        List<String> members =
                entry.organizations() == null ? List.copyOf(organizations.keySet()) : entry.organizations();
        List<String> peers = new ArrayList<>();
        for (String mspId : members) {
            OrganizationSettings known = organizations.get(mspId);
            if (known == null) {
                throw new IllegalArgumentException("channel " + entry.name() + " has organisation " + mspId
                        + ", which is not among " + organizations.keySet());
            }
            known.peers().stream().map(PeerId::key).forEach(peers::add);
        }
        List<ChaincodeConfig> chaincodes = entry.chaincodes() == null
                ? List.of()
                : entry.chaincodes().stream()
                        .map(chaincode -> chaincode(chaincode, peers))
                        .toList();
        return new ChannelSettings(entry.name(), members, chaincodes, batch(entry.batch()));
    }

    private static NetworkConfig.Batch batch(@Nullable BatchEntry entry) {
        NetworkConfig.Batch usual = NetworkConfig.Batch.QUICK;
        return entry == null
                ? usual
                : new NetworkConfig.Batch(
                        entry.timeout() == null ? usual.timeout() : GoDuration.parse(entry.timeout()),
                        entry.maxMessages() == null ? usual.maxMessages() : entry.maxMessages(),
                        entry.preferredBytes() == null ? usual.preferredBytes() : entry.preferredBytes(),
                        entry.absoluteBytes() == null ? usual.absoluteBytes() : entry.absoluteBytes());
    }

    private ChaincodeConfig chaincode(ChaincodeEntry entry, List<String> peers) {
        ChaincodeConfig chaincode = new ChaincodeConfig(
                entry.name(),
                entry.version(),
                entry.policy() == null ? ChaincodeConfig.MAJORITY_POLICY : entry.policy(),
                entry.servers() == null ? servers(entry, peers) : entry.servers(),
                entry.collections() == null
                        ? List.of()
                        : entry.collections().stream()
                                .map(DocumentReader::collection)
                                .toList(),
                Boolean.TRUE.equals(entry.initRequired()),
                Boolean.TRUE.equals(entry.dialsPeer()));
        programs.merge(
                chaincode.packageId(),
                new ChaincodeProgram(
                        chaincode,
                        Optional.ofNullable(entry.run()),
                        Optional.ofNullable(entry.jar()).map(folder::resolve)),
                DocumentReader::together);
        return chaincode;
    }

    /** One server for a peer and package, on however many channels; one door of a peer for all that dial it. */
    private Map<String, String> servers(ChaincodeEntry entry, List<String> peers) {
        String packageId = Boolean.TRUE.equals(entry.dialsPeer())
                ? "itself"
                : ChaincodeConfig.packageId(entry.name(), entry.version());
        Map<String, String> servers = new LinkedHashMap<>();
        for (String peer : peers) {
            servers.put(
                    peer,
                    serverOfPeer.computeIfAbsent(peer + ' ' + packageId, unknown -> "127.0.0.1:" + FreePorts.one()));
        }
        return servers;
    }

    /** The same package on another channel may run at more peers. */
    private static ChaincodeProgram together(ChaincodeProgram one, ChaincodeProgram other) {
        Map<String, String> servers = new LinkedHashMap<>(one.chaincode().servers());
        servers.putAll(other.chaincode().servers());
        return new ChaincodeProgram(
                one.chaincode().withServers(servers),
                one.command().or(other::command),
                one.jar().or(other::jar));
    }

    private static CollectionConfig collection(CollectionEntry entry) {
        CollectionConfig usual = CollectionConfig.of(entry.name(), entry.policy());
        return new CollectionConfig(
                entry.name(),
                entry.policy(),
                entry.requiredPeerCount() == null ? usual.requiredPeerCount() : entry.requiredPeerCount(),
                entry.maxPeerCount() == null ? usual.maxPeerCount() : entry.maxPeerCount(),
                entry.blockToLive() == null ? usual.blockToLive() : entry.blockToLive(),
                Boolean.TRUE.equals(entry.memberOnlyRead()),
                Boolean.TRUE.equals(entry.memberOnlyWrite()),
                Optional.ofNullable(entry.endorsementPolicy()));
    }
}
