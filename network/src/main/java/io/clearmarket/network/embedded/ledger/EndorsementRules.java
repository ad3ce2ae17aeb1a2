package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.msp.MspIdentity;
import io.clearmarket.network.embedded.msp.MspManager;
import io.clearmarket.network.embedded.policy.Policy;
import io.clearmarket.network.embedded.policy.SignatureRules;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
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
            Set<String> keys = new HashSet<>();
            effects.readWrites().stream()
                    .filter(inNamespace -> inNamespace.namespace().equals(namespace))
                    .flatMap(EndorsementRules::writtenKeys)
                    .forEach(keys::add);
            InvalidTransaction.require(
                    endorsed(namespace, keys, policy, signers, state), TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
        }
    }

    /** A key's own policy replaces the chaincode's for that key; a transaction without any written key needs the latter. */
    private boolean endorsed(
            String namespace, Set<String> keys, Policy chaincodePolicy, List<MspIdentity> signers, WorldState state) {
        boolean chaincodePolicyNeeded = keys.isEmpty();
        for (String key : keys) {
            StateValue committed = state.get(namespace, key);
            if (committed == null || committed.policy().isEmpty()) {
                chaincodePolicyNeeded = true;
            } else {
                Optional<Policy> own = keyPolicy(committed.policy());
                if (own.isEmpty() || own.get().evaluateSigners(signers).isPresent()) {
                    return false;
                }
            }
        }
        return !chaincodePolicyNeeded
                || chaincodePolicy.evaluateSigners(signers).isEmpty();
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

    static Stream<String> writtenKeys(NamespaceReadWrites inNamespace) {
        return Stream.concat(
                inNamespace.keys().getWritesList().stream().map(KVWrite::getKey),
                inNamespace.keys().getMetadataWritesList().stream().map(KVMetadataWrite::getKey));
    }
}
