package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.msp.MspIdentity;
import io.clearmarket.network.embedded.msp.MspManager;
import io.clearmarket.network.embedded.policy.Policy;
import io.clearmarket.network.embedded.policy.SignatureRules;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.peer.TxValidationCode;

/** Who must have endorsed: chaincode policies by namespace and key-level policies (fabric-protocol 5.1 #13, 5.3). */
final class EndorsementRules {
    private static final int CACHED_POLICIES = 1_000;

    private final MspManager msps;
    private final Definitions definitions;
    private final Map<ByteString, Optional<Policy>> keyPolicies = new ConcurrentHashMap<>();

    EndorsementRules(MspManager msps, Definitions definitions) {
        this.msps = msps;
        this.definitions = definitions;
    }

    /** Check 13, for the invoked chaincode and for every namespace that is written. */
    void check(EndorsedAction.Effects effects, List<MspIdentity> signers, WorldState state) throws InvalidTransaction {
        Set<String> namespaces = new LinkedHashSet<>();
        namespaces.add(effects.chaincode());
        for (NamespaceReadWrites inNamespace : effects.readWrites()) {
            if (inNamespace.writes()) {
                namespaces.add(inNamespace.namespace());
            }
        }
        for (String namespace : namespaces) {
            Policy policy = definitions
                    .endorsementPolicy(state, namespace)
                    .orElseThrow(() -> new InvalidTransaction(TxValidationCode.INVALID_CHAINCODE));
            List<NamespaceReadWrites> written = effects.readWrites().stream()
                    .filter(inNamespace -> inNamespace.namespace().equals(namespace))
                    .toList();
            InvalidTransaction.require(
                    endorsed(written, policy, signers, state), TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
        }
    }

    /**
     * A key's own policy replaces the others for that key; else a collection's keys need the collection's policy, if it has
     * one, and all the rest the chaincode's, as does a transaction without any written key.
     */
    private boolean endorsed(
            List<NamespaceReadWrites> written, Policy chaincodePolicy, List<MspIdentity> signers, WorldState state) {
        boolean nothingChecked = true;
        boolean chaincodePolicyNeeded = false;
        for (NamespaceReadWrites inNamespace : written) {
            Needed keys = ofKeys(inNamespace.writtenPublicKeys(), signers, state);
            nothingChecked &= keys == Needed.NOTHING;
            chaincodePolicyNeeded |= keys == Needed.GENERAL;
            if (keys == Needed.UNSATISFIABLE) {
                return false;
            }
            for (CollectionReadWrites collection : inNamespace.collections()) {
                Needed hashes = ofKeys(collection.writtenKeys(), signers, state);
                nothingChecked &= hashes == Needed.NOTHING;
                if (hashes == Needed.UNSATISFIABLE) {
                    return false;
                }
                if (hashes == Needed.GENERAL) {
                    Optional<Collection> defined =
                            definitions.collection(state, inNamespace.namespace(), collection.name());
                    if (defined.isEmpty() || !satisfied(defined.get().endorsement(), signers)) {
                        return false;
                    }
                    chaincodePolicyNeeded |= defined.get().endorsement().isEmpty();
                }
            }
        }
        return !(nothingChecked || chaincodePolicyNeeded)
                || chaincodePolicy.evaluateSigners(signers).isEmpty();
    }

    /** What keys with a common general policy still need after those with a policy of their own were judged by it. */
    private enum Needed {
        NOTHING,
        OWN_POLICIES,
        GENERAL,
        UNSATISFIABLE
    }

    private Needed ofKeys(Stream<StateKey> keys, List<MspIdentity> signers, WorldState state) {
        Needed needed = Needed.NOTHING;
        for (StateKey key : (Iterable<StateKey>) keys::iterator) {
            StateValue committed = state.get(key.namespace(), key.key());
            if (committed == null || committed.policy().isEmpty()) {
                needed = Needed.GENERAL;
            } else {
                Optional<Policy> own = keyPolicy(committed.policy());
                if (own.isEmpty() || own.get().evaluateSigners(signers).isPresent()) {
                    return Needed.UNSATISFIABLE;
                }
                needed = needed == Needed.GENERAL ? needed : Needed.OWN_POLICIES;
            }
        }
        return needed;
    }

    private static boolean satisfied(Optional<Policy> policy, List<MspIdentity> signers) {
        return policy.isEmpty() || policy.get().evaluateSigners(signers).isEmpty();
    }

    /** Empty if the bytes are no policy: such a key can't be written any more, as in Fabric. */
    private Optional<Policy> keyPolicy(ByteString bytes) {
        if (keyPolicies.size() >= CACHED_POLICIES) {
            keyPolicies.clear();
        }
        return keyPolicies.computeIfAbsent(bytes, b -> {
            try {
                return Optional.of(SignatureRules.compile(SignaturePolicyEnvelope.parseFrom(b), msps));
            } catch (InvalidProtocolBufferException | IllegalArgumentException unusable) {
                return Optional.empty();
            }
        });
    }
}
