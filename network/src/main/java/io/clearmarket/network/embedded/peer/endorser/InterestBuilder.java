package io.clearmarket.network.embedded.peer.endorser;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.ledger.Simulator;
import io.clearmarket.network.embedded.peer.system.SystemChaincodes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.peer.ChaincodeCall;
import org.hyperledger.fabric.protos.peer.ChaincodeInterest;

/** Which policies a read-write set will be judged by, so that a gateway can choose endorsers (fabric-protocol 1.6). */
final class InterestBuilder {
    private final PeerLedger ledger;

    InterestBuilder(PeerLedger ledger) {
        this.ledger = ledger;
    }

    ChaincodeInterest of(TxReadWriteSet rwset, UnpackedProposal proposal) {
        ChaincodeInterest.Builder interest = ChaincodeInterest.newBuilder();
        // a second look at the state: key policies are read beside the transaction, not by it
        try (Simulator committed = ledger.simulate(proposal.transactionId())) {
            for (NsReadWriteSet namespace : rwset.getNsRwsetList()) {
                if (!SystemChaincodes.isSystem(namespace.getNamespace())) {
                    interest.addChaincodes(call(namespace, committed));
                }
            }
        }
        // a caller that touches no state of its own is not in the set, yet is judged by its policy all the same
        boolean touched = interest.getChaincodesList().stream()
                .anyMatch(call -> call.getName().equals(proposal.chaincode()));
        if (!touched && !SystemChaincodes.isSystem(proposal.chaincode())) {
            interest.addChaincodes(ChaincodeCall.newBuilder().setName(proposal.chaincode()));
        }
        return interest.build();
    }

    private static ChaincodeCall call(NsReadWriteSet namespace, Simulator committed) {
        ChaincodeCall.Builder call = ChaincodeCall.newBuilder().setName(namespace.getNamespace());
        List<SignaturePolicyEnvelope> keyPolicies = new ArrayList<>();
        boolean allKeysHavePolicies = true;
        Set<String> written = writtenKeys(namespace);
        for (String key : written) {
            ByteString policy = keyPolicy(namespace.getNamespace(), key, committed);
            try {
                if (policy.isEmpty()) {
                    allKeysHavePolicies = false;
                } else {
                    keyPolicies.add(SignaturePolicyEnvelope.parseFrom(policy));
                }
            } catch (InvalidProtocolBufferException unreadable) {
                allKeysHavePolicies = false;
            }
        }
        return call.addAllKeyPolicies(keyPolicies)
                .setDisregardNamespacePolicy(allKeysHavePolicies && !written.isEmpty())
                .build();
    }

    private static Set<String> writtenKeys(NsReadWriteSet namespace) {
        Set<String> keys = new HashSet<>();
        try {
            KVRWSet set = KVRWSet.parseFrom(namespace.getRwset());
            set.getWritesList().forEach(write -> keys.add(write.getKey()));
            set.getMetadataWritesList().forEach(write -> keys.add(write.getKey()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("own read-write set does not parse", e);
        }
        return keys;
    }

    private static ByteString keyPolicy(String namespace, String key, Simulator committed) {
        try {
            ByteString policy = committed.getValidationParameter(namespace, key);
            return policy == null ? ByteString.EMPTY : policy;
        } catch (Simulator.Refused refused) {
            return ByteString.EMPTY;
        }
    }
}
