package io.clearmarket.network.conformance;

import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.ChannelSettings;
import io.clearmarket.network.embedded.CollectionConfig;
import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.NetworkConfig;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code embedded}: the network of this project, in this process. */
public final class EmbeddedProvider implements NetworkProvider {
    /** For {@link java.util.ServiceLoader}. */
    public EmbeddedProvider() {}

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.empty();
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.THREE_ORDERERS));
    }

    @Override
    public NetworkUnderTest start(NetworkPlan plan) {
        NetworkPlan.Batch rules = plan.batch();
        NetworkConfig.Batch batch = new NetworkConfig.Batch(
                rules.timeout(), rules.maxMessages(), rules.preferredBytes(), rules.absoluteBytes());
        List<ChaincodeConfig> chaincodes =
                plan.chaincodes().stream().map(EmbeddedProvider::config).toList();
        NetworkConfig.Builder builder = NetworkConfig.in(plan.directory())
                .channel(NetworkPlan.CHANNEL)
                .executeTimeout(plan.executeTimeout())
                .batch(batch)
                .anotherChannel(new ChannelSettings(NetworkPlan.OTHER_CHANNEL, NetworkPlan.MSP_IDS, chaincodes, batch));
        NetworkPlan.MSP_IDS.forEach(mspId -> builder.organization(mspId, 0));
        chaincodes.forEach(builder::chaincode);
        return new EmbeddedUnderTest(EmbeddedNetwork.start(builder.build()));
    }

    static ChaincodeConfig config(ChaincodeUnderTest chaincode) {
        Map<String, String> servers = new LinkedHashMap<>();
        chaincode.ports().forEach((mspId, port) -> servers.put(mspId, "127.0.0.1:" + port));
        return new ChaincodeConfig(
                chaincode.name(),
                chaincode.version(),
                chaincode.policy(),
                servers,
                chaincode.collections().stream()
                        .map(EmbeddedProvider::collection)
                        .toList(),
                chaincode.initRequired(),
                false);
    }

    private static CollectionConfig collection(ChaincodeUnderTest.Collection collection) {
        return new CollectionConfig(
                collection.name(),
                collection.memberPolicy(),
                collection.requiredPeerCount(),
                collection.maximumPeerCount(),
                collection.blockToLive(),
                collection.memberOnlyRead(),
                collection.memberOnlyWrite(),
                Optional.of(collection.endorsementPolicy()).filter(policy -> !policy.isEmpty()));
    }
}
