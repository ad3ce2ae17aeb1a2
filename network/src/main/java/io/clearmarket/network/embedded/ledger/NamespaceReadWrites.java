package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;

/**
 * One namespace of a read-write set.
 *
 * @param collections true if private data collections are touched
 */
record NamespaceReadWrites(String namespace, KVRWSet keys, boolean collections) {
    static List<NamespaceReadWrites> parse(ByteString results) throws InvalidProtocolBufferException {
        List<NamespaceReadWrites> namespaces = new ArrayList<>();
        for (NsReadWriteSet set : TxReadWriteSet.parseFrom(results).getNsRwsetList()) {
            namespaces.add(new NamespaceReadWrites(
                    set.getNamespace(), KVRWSet.parseFrom(set.getRwset()), set.getCollectionHashedRwsetCount() > 0));
        }
        return namespaces;
    }

    boolean writes() {
        return keys.getWritesCount() > 0 || keys.getMetadataWritesCount() > 0;
    }
}
