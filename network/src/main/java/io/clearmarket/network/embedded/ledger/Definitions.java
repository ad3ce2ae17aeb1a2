package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.ledger.PeerLedger.ChaincodeDefinition;
import io.clearmarket.network.embedded.msp.MspManager;
import io.clearmarket.network.embedded.policy.ChannelPolicies;
import io.clearmarket.network.embedded.policy.Policy;
import io.clearmarket.network.embedded.policy.SignatureRules;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hyperledger.fabric.protos.peer.ApplicationPolicy;
import org.jspecify.annotations.Nullable;

/** The chaincode definitions in a state, compiled once per committed version. */
final class Definitions {
    private static final String LIFECYCLE_POLICY = "/Channel/Application/LifecycleEndorsement";

    private final MspManager msps;
    private final ChannelPolicies policies;
    private final Map<String, Compiled> compiled = new ConcurrentHashMap<>();

    Definitions(MspManager msps, ChannelPolicies policies) {
        this.msps = msps;
        this.policies = policies;
    }

    /** Where a definition stands in the state. */
    private record Source(StateValue sequence, StateValue endorsement, StateValue validation) {}

    private record Compiled(Source source, Optional<ChaincodeDefinition> definition) {}

    /** The policy that writes of a namespace must satisfy, system namespace included. */
    Optional<Policy> endorsementPolicy(WorldState state, String namespace) {
        return namespace.equals(LifecycleNamespace.NAME)
                ? policies.at(LIFECYCLE_POLICY)
                : find(state, namespace).map(ChaincodeDefinition::endorsement);
    }

    /** The definition of a chaincode; one that can't be understood counts as none. */
    Optional<ChaincodeDefinition> find(WorldState state, String chaincode) {
        Source source = source(state, chaincode);
        if (source == null) {
            return Optional.empty();
        }
        Compiled known = compiled.get(chaincode);
        if (known == null || !known.source().equals(source)) {
            known = new Compiled(source, compile(chaincode, source));
            compiled.put(chaincode, known);
        }
        return known.definition();
    }

    private static @Nullable Source source(WorldState state, String chaincode) {
        StateValue sequence = state.get(LifecycleNamespace.NAME, LifecycleNamespace.sequenceKey(chaincode));
        StateValue endorsement = state.get(LifecycleNamespace.NAME, LifecycleNamespace.endorsementInfoKey(chaincode));
        StateValue validation = state.get(LifecycleNamespace.NAME, LifecycleNamespace.validationInfoKey(chaincode));
        return sequence == null || endorsement == null || validation == null
                ? null
                : new Source(sequence, endorsement, validation);
    }

    private Optional<ChaincodeDefinition> compile(String chaincode, Source source) {
        try {
            ApplicationPolicy policy =
                    LifecycleNamespace.policy(source.validation().value());
            Optional<Policy> endorsement = policy.hasSignaturePolicy()
                    ? Optional.of(SignatureRules.compile(policy.getSignaturePolicy(), msps))
                    : policies.at(policy.getChannelConfigPolicyReference());
            if (endorsement.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new ChaincodeDefinition(
                    chaincode,
                    LifecycleNamespace.version(source.endorsement().value()),
                    LifecycleNamespace.sequence(source.sequence().value()),
                    LifecycleNamespace.text(policy),
                    endorsement.get()));
        } catch (InvalidProtocolBufferException | IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }
}
