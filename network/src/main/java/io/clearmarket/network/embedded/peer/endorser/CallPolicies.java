package io.clearmarket.network.embedded.peer.endorser;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.ledger.PrivateSimulator;
import io.clearmarket.network.embedded.ledger.Simulator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.ledger.rwset.CollectionHashedReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.CollectionPvtReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxPvtReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.peer.ChaincodeCall;

/**
 * What one namespace of a read-write set asks of endorsers (Fabric's buildChaincodeInterest): one call for its public keys
 * with the key policies of all keys, and one for each collection that needs a general policy or was read.
 */
final class CallPolicies {
    private final NsReadWriteSet namespace;
    private final TxPvtReadWriteSet plaintext;
    private final Simulator committed;
    private final List<SignaturePolicyEnvelope> keyPolicies = new ArrayList<>();

    CallPolicies(NsReadWriteSet namespace, TxPvtReadWriteSet plaintext, Simulator committed) {
        this.namespace = namespace;
        this.plaintext = plaintext;
        this.committed = committed;
    }

    List<ChaincodeCall> calls(Set<PrivateSimulator.Name> read) {
        Set<String> publicKeys = writtenKeys(namespace.getRwset());
        boolean chaincodePolicyNeeded = false;
        for (String key : publicKeys) {
            chaincodePolicyNeeded |= !hasOwnPolicy("", key);
        }
        boolean written = !publicKeys.isEmpty();
        List<ChaincodeCall> calls = new ArrayList<>();
        for (CollectionHashedReadWriteSet collection : namespace.getCollectionHashedRwsetList()) {
            String name = collection.getCollectionName();
            boolean valuesRead = read.contains(new PrivateSimulator.Name(namespace.getNamespace(), name));
            boolean policyNeeded = valuesRead;
            for (String key : privateKeys(name)) {
                written = true;
                policyNeeded |= !hasOwnPolicy(name, key);
            }
            if (policyNeeded) {
                calls.add(call().addCollectionNames(name)
                        .setNoPrivateReads(!valuesRead)
                        .build());
            }
        }
        // a namespace that is only read is judged by its chaincode's policy
        chaincodePolicyNeeded |= !written;
        if (chaincodePolicyNeeded || !keyPolicies.isEmpty()) {
            calls.add(call().addAllKeyPolicies(keyPolicies)
                    .setDisregardNamespacePolicy(!chaincodePolicyNeeded)
                    .build());
        }
        return calls;
    }

    private ChaincodeCall.Builder call() {
        return ChaincodeCall.newBuilder().setName(namespace.getNamespace());
    }

    private List<String> privateKeys(String collection) {
        return plaintext.getNsPvtRwsetList().stream()
                .filter(set -> set.getNamespace().equals(namespace.getNamespace()))
                .flatMap(set -> set.getCollectionPvtRwsetList().stream())
                .filter(set -> set.getCollectionName().equals(collection))
                .map(CollectionPvtReadWriteSet::getRwset)
                .flatMap(set -> writtenKeys(set).stream())
                .toList();
    }

    /** Notes the key's policy if it has one. */
    private boolean hasOwnPolicy(String collection, String key) {
        try {
            ByteString policy = collection.isEmpty()
                    ? committed.getValidationParameter(namespace.getNamespace(), key)
                    : committed.privateData().getValidationParameter(namespace.getNamespace(), collection, key);
            if (policy == null) {
                return false;
            }
            keyPolicies.add(SignaturePolicyEnvelope.parseFrom(policy));
            return true;
        } catch (Simulator.Refused | InvalidProtocolBufferException unusable) {
            return false;
        }
    }

    private static Set<String> writtenKeys(ByteString keyValueSet) {
        Set<String> keys = new HashSet<>();
        try {
            KVRWSet set = KVRWSet.parseFrom(keyValueSet);
            set.getWritesList().forEach(write -> keys.add(write.getKey()));
            set.getMetadataWritesList().forEach(write -> keys.add(write.getKey()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("own read-write set does not parse", e);
        }
        return keys;
    }
}
