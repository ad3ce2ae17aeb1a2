package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.configtx.ChannelResources;
import io.clearmarket.network.embedded.ledger.PeerLedger.ChaincodeDefinition;
import io.clearmarket.network.embedded.policy.Policy;
import io.clearmarket.network.embedded.policy.SignaturePolicyParser;
import io.clearmarket.network.embedded.policy.SignatureRules;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.peer.ApplicationPolicy;
import org.hyperledger.fabric.protos.peer.CollectionConfig;
import org.hyperledger.fabric.protos.peer.CollectionPolicyConfig;
import org.hyperledger.fabric.protos.peer.StaticCollectionConfig;
import org.jspecify.annotations.Nullable;

/** The chaincode definitions in a state, compiled once per committed version and channel configuration. */
final class Definitions {
    private static final String LIFECYCLE_POLICY = "/Channel/Application/LifecycleEndorsement";

    private final ChannelResources channel;
    private final Map<String, Compiled> compiled = new ConcurrentHashMap<>();

    Definitions(ChannelResources channel) {
        this.channel = channel;
    }

    /** Where a definition stands in the state. */
    private record Source(StateValue sequence, StateValue endorsement, StateValue validation, StateValue collections) {}

    /** @param sequence of the channel's configuration, whose policies may be meant */
    private record Compiled(
            Source source,
            long sequence,
            Optional<ChaincodeDefinition> definition,
            Map<String, Collection> collections) {}

    /** The policy that writes of a namespace must satisfy, system namespace included. */
    Optional<Policy> endorsementPolicy(WorldState state, String namespace) {
        return namespace.equals(LifecycleNamespace.NAME)
                ? channel.policy(LIFECYCLE_POLICY)
                : find(state, namespace).map(ChaincodeDefinition::endorsement);
    }

    /** The definition of a chaincode; one that can't be understood counts as none. */
    Optional<ChaincodeDefinition> find(WorldState state, String chaincode) {
        Compiled known = compiled(state, chaincode);
        return known == null ? Optional.empty() : known.definition();
    }

    /** A collection that a chaincode defines, or an organisation's implicit one; {@code _lifecycle} has the latter too. */
    Optional<Collection> collection(WorldState state, String chaincode, String collection) {
        Optional<String> owner = ImplicitCollections.owner(collection);
        if (owner.isPresent()) {
            boolean known = chaincode.equals(LifecycleNamespace.NAME)
                    || find(state, chaincode).isPresent();
            return known ? implicit(chaincode, owner.get()) : Optional.empty();
        }
        Compiled known = compiled(state, chaincode);
        return known == null
                ? Optional.empty()
                : Optional.ofNullable(known.collections().get(collection));
    }

    private Optional<Collection> implicit(String chaincode, String mspId) {
        return channel.policy("/Channel/Application/" + mspId + "/Endorsement").map(endorsement -> {
            SignaturePolicyEnvelope members = SignaturePolicyParser.parse("OR('" + mspId + ".member')");
            StaticCollectionConfig config = StaticCollectionConfig.newBuilder()
                    .setName(ImplicitCollections.of(mspId))
                    .setMemberOrgsPolicy(CollectionPolicyConfig.newBuilder().setSignaturePolicy(members))
                    // Fabric's default for a peer of that organisation; others distribute nothing
                    .setMaximumPeerCount(1)
                    .build();
            return new Collection(
                    chaincode, config, SignatureRules.compile(members, channel), Optional.of(endorsement));
        });
    }

    private @Nullable Compiled compiled(WorldState state, String chaincode) {
        Source source = source(state, chaincode);
        if (source == null) {
            return null;
        }
        Compiled known = compiled.get(chaincode);
        if (known == null
                || known.sequence() != channel.sequence()
                || !known.source().equals(source)) {
            known = compile(chaincode, source);
            compiled.put(chaincode, known);
        }
        return known;
    }

    private static @Nullable Source source(WorldState state, String chaincode) {
        StateValue sequence = state.get(LifecycleNamespace.NAME, LifecycleNamespace.sequenceKey(chaincode));
        StateValue endorsement = state.get(LifecycleNamespace.NAME, LifecycleNamespace.endorsementInfoKey(chaincode));
        StateValue validation = state.get(LifecycleNamespace.NAME, LifecycleNamespace.validationInfoKey(chaincode));
        StateValue collections = state.get(LifecycleNamespace.NAME, LifecycleNamespace.collectionsKey(chaincode));
        return sequence == null || endorsement == null || validation == null || collections == null
                ? null
                : new Source(sequence, endorsement, validation, collections);
    }

    private Compiled compile(String chaincode, Source source) {
        long sequence = channel.sequence();
        try {
            Definition definition = LifecycleNamespace.definition(
                    source.sequence().value(),
                    source.endorsement().value(),
                    source.validation().value(),
                    source.collections().value());
            ApplicationPolicy policy = ApplicationPolicy.parseFrom(definition.validationParameter());
            Map<String, Collection> collections = new HashMap<>();
            for (CollectionConfig config : definition.collections().getConfigList()) {
                StaticCollectionConfig collection = config.getStaticCollectionConfig();
                collections.put(collection.getName(), compile(chaincode, collection));
            }
            Optional<ChaincodeDefinition> found = compile(policy)
                    .map(endorsement -> new ChaincodeDefinition(
                            chaincode, definition, LifecycleNamespace.text(policy), endorsement));
            return new Compiled(source, sequence, found, collections);
        } catch (InvalidProtocolBufferException | IllegalArgumentException unusable) {
            return new Compiled(source, sequence, Optional.empty(), Map.of());
        }
    }

    /** Empty if the policy is one of the channel's that the channel does not have. */
    private Optional<Policy> compile(ApplicationPolicy policy) {
        return policy.hasSignaturePolicy()
                ? Optional.of(SignatureRules.compile(policy.getSignaturePolicy(), channel))
                : channel.policy(policy.getChannelConfigPolicyReference());
    }

    private Collection compile(String chaincode, StaticCollectionConfig config) {
        Policy members = SignatureRules.compile(config.getMemberOrgsPolicy().getSignaturePolicy(), channel);
        Optional<Policy> endorsement = config.hasEndorsementPolicy()
                ? Optional.of(compile(config.getEndorsementPolicy())
                        .orElseThrow(() -> new IllegalArgumentException(
                                "collection " + config.getName() + " names a policy that the channel does not have")))
                : Optional.empty();
        return new Collection(chaincode, config, members, endorsement);
    }
}
