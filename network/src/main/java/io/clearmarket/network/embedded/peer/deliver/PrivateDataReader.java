package io.clearmarket.network.embedded.peer.deliver;

import io.clearmarket.network.embedded.ledger.Collection;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.policy.Policy.SignedData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.ledger.rwset.NsPvtReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxPvtReadWriteSet;

/**
 * The private data of blocks, as far as this peer has it and one caller may see it: of a collection with memberOnlyRead only
 * members are told (core/peer/deliverevents.go).
 */
record PrivateDataReader(PeerLedger ledger, SignedData caller) {
    /** By the transaction's index in the block. */
    Map<Long, TxPvtReadWriteSet> of(long block) {
        Map<Long, TxPvtReadWriteSet> visible = new TreeMap<>();
        ledger.privateData().ofBlock(block).forEach((transaction, set) -> {
            TxPvtReadWriteSet allowed = allowed(set);
            if (allowed.getNsPvtRwsetCount() > 0) {
                visible.put((long) transaction, allowed);
            }
        });
        return visible;
    }

    private TxPvtReadWriteSet allowed(TxPvtReadWriteSet set) {
        TxPvtReadWriteSet.Builder allowed = TxPvtReadWriteSet.newBuilder().setDataModel(set.getDataModel());
        for (NsPvtReadWriteSet namespace : set.getNsPvtRwsetList()) {
            NsPvtReadWriteSet.Builder visible = NsPvtReadWriteSet.newBuilder().setNamespace(namespace.getNamespace());
            namespace.getCollectionPvtRwsetList().stream()
                    .filter(collection -> mayRead(namespace.getNamespace(), collection.getCollectionName()))
                    .forEach(visible::addCollectionPvtRwset);
            if (visible.getCollectionPvtRwsetCount() > 0) {
                allowed.addNsPvtRwset(visible);
            }
        }
        return allowed.build();
    }

    private boolean mayRead(String chaincode, String name) {
        Optional<Collection> collection = ledger.collection(chaincode, name);
        return collection.isPresent()
                && (!collection.get().config().getMemberOnlyRead()
                        || collection.get().members().evaluate(List.of(caller)).isEmpty());
    }
}
