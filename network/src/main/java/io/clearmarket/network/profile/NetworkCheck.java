package io.clearmarket.network.profile;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.embedded.NetworkException;
import io.clearmarket.network.fabric.client.PeerClient;
import io.clearmarket.network.fabric.client.PeerRefused;
import io.clearmarket.network.fabric.lifecycle.Lifecycle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hyperledger.fabric.protos.common.Capabilities;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.peer.ApplicationPolicy;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionResult;

/** Asks an existing network's peers whether channel, chaincode and policy are what this version needs; changes nothing. */
public final class NetworkCheck {
    /** The chaincode's name and version that this release is made for. */
    public static final String CHAINCODE = "market";

    /** See {@link #CHAINCODE}. */
    public static final String VERSION = "1.0";

    private static final Set<String> CAPABILITIES = Set.of("V2_0", "V2_5");

    private final String channel;
    private final Map<String, PeerClient> peers;
    private final List<Finding> findings = new ArrayList<>();

    private NetworkCheck(String channel, Map<String, PeerClient> peers) {
        this.channel = channel;
        this.peers = peers;
    }

    /** @param peers one of each organisation that the profile names, by MSP id */
    public static List<Finding> of(String channel, Map<String, PeerClient> peers) {
        NetworkCheck check = new NetworkCheck(channel, peers);
        check.organizations();
        Map<PeerClient, ConfigGroup> members = new LinkedHashMap<>();
        peers.values()
                .forEach(peer -> check.application(peer).ifPresent(application -> members.put(peer, application)));
        members.entrySet().stream().findFirst().ifPresent(first -> {
            check.channel(first.getValue());
            check.definition(first.getKey(), members.keySet());
        });
        return List.copyOf(check.findings);
    }

    private void organizations() {
        for (String mspId : NetworkConfig.DEFAULT_ORGANIZATIONS) {
            findings.add(
                    peers.containsKey(mspId)
                            ? Finding.good("the profile names a peer of " + mspId)
                            : Finding.missing(
                                    "the profile names no peer of " + mspId,
                                    "add it: settlement and proofs read each organisation's own peer"));
        }
    }

    /** The channel's configuration of its members, as a peer knows it; empty if it is not on the channel or does not answer. */
    private Optional<ConfigGroup> application(PeerClient peer) {
        try {
            ConfigGroup application = peer.configuration(channel)
                    .getChannelGroup()
                    .getGroupsOrDefault("Application", ConfigGroup.getDefaultInstance());
            findings.add(Finding.good("channel " + channel + " is known to the peer of " + peer.mspId()));
            return Optional.of(application);
        } catch (PeerRefused | NetworkException e) {
            findings.add(Finding.missing(
                    "channel " + channel + " can't be read: " + e.getMessage(),
                    "have the peer run and join it, and give an identity that its organisations know"));
            return Optional.empty();
        }
    }

    private void channel(ConfigGroup application) {
        Set<String> missing = new TreeSet<>(NetworkConfig.DEFAULT_ORGANIZATIONS);
        missing.removeAll(application.getGroupsMap().keySet());
        findings.add(
                missing.isEmpty()
                        ? Finding.good("channel " + channel + " has the three organisations")
                        : Finding.missing(
                                "channel " + channel + " lacks " + missing,
                                "add them by a configuration update that its administrators sign"));
        capabilities(application);
    }

    private void capabilities(ConfigGroup application) {
        Set<String> enabled = enabled(application);
        findings.add(
                enabled.stream().anyMatch(CAPABILITIES::contains)
                        ? Finding.good("application capabilities " + enabled)
                        : Finding.missing(
                                "application capabilities " + enabled,
                                "enable V2_0 or newer: its lifecycle is needed"));
    }

    private static Set<String> enabled(ConfigGroup application) {
        if (!application.containsValues("Capabilities")) {
            return Set.of();
        }
        try {
            return new TreeSet<>(Capabilities.parseFrom(
                            application.getValuesOrThrow("Capabilities").getValue())
                    .getCapabilitiesMap()
                    .keySet());
        } catch (InvalidProtocolBufferException e) {
            throw new NetworkException("the channel's capabilities can't be read", e);
        }
    }

    /** @param members the peers on the channel */
    private void definition(PeerClient peer, Set<PeerClient> members) {
        Optional<QueryChaincodeDefinitionResult> found;
        try {
            found = Lifecycle.committed(peer, channel, CHAINCODE);
        } catch (PeerRefused | NetworkException e) {
            findings.add(Finding.missing(
                    "the chaincode's definition can't be read: " + e.getMessage(),
                    "give a client's or admin's identity"));
            return;
        }
        if (found.isEmpty()) {
            findings.add(Finding.missing(
                    "chaincode " + CHAINCODE + " is not defined on " + channel,
                    "install it as a service, approve it in every organisation and commit it as version " + VERSION
                            + " with the policy " + ChaincodeConfig.MARKET_POLICY));
            return;
        }
        QueryChaincodeDefinitionResult definition = found.get();
        findings.add(
                definition.getVersion().equals(VERSION)
                        ? Finding.good(
                                "chaincode " + CHAINCODE + " " + VERSION + ", sequence " + definition.getSequence())
                        : Finding.missing(
                                "chaincode " + CHAINCODE + " is of version " + definition.getVersion(),
                                "commit version " + VERSION));
        if (definition.getInitRequired()) {
            findings.add(Finding.missing("the definition requires Init", "commit it without"));
        }
        policy(definition);
        members.forEach(this::answers);
    }

    private void policy(QueryChaincodeDefinitionResult definition) {
        Optional<String> wrong;
        try {
            wrong = PolicyNeeds.wrong(ApplicationPolicy.parseFrom(definition.getValidationParameter()));
        } catch (InvalidProtocolBufferException e) {
            wrong = Optional.of("it can't be read");
        }
        findings.add(
                wrong.isEmpty()
                        ? Finding.good("its policy: the auditor and one of the other two")
                        : Finding.missing(
                                "its policy is not the market's: " + wrong.get(),
                                "commit a new sequence with " + ChaincodeConfig.MARKET_POLICY));
    }

    /** A query that the chaincode refuses, in words of its own: only it can, so it runs. */
    private void answers(PeerClient peer) {
        String said;
        try {
            said = peer.query(channel, CHAINCODE, "get", ByteString.EMPTY).toStringUtf8();
        } catch (PeerRefused | NetworkException e) {
            said = String.valueOf(e.getMessage());
        }
        findings.add(
                said.contains("\"code\"")
                        ? Finding.good("the peer of " + peer.mspId() + " runs the chaincode")
                        : Finding.missing(
                                "the peer of " + peer.mspId() + " does not run the chaincode: " + said,
                                "install and approve its package there, and start its server"));
    }
}
