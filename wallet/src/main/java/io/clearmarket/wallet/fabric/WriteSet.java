package io.clearmarket.wallet.fabric;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.ShownText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.HashedRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;

/** What a transaction would write, by namespace. */
final class WriteSet {
    private WriteSet() {}

    /**
     * Keys by namespace, in the order written. A deleted key is followed by {@code (deleted)}; a composite key is shown as
     * {@code type/attribute/attribute}; a private collection counts its hashed writes.
     */
    static SortedMap<String, List<String>> keys(ByteString results) {
        SortedMap<String, List<String>> keys = new TreeMap<>();
        TxReadWriteSet set = Strictly.parse(TxReadWriteSet.parser(), results, "the read-write set");
        for (NsReadWriteSet namespace : set.getNsRwsetList()) {
            List<String> written = new ArrayList<>();
            KVRWSet publicSet = Strictly.parse(
                    KVRWSet.parser(), namespace.getRwset(), "the read-write set of " + namespace.getNamespace());
            publicSet
                    .getWritesList()
                    .forEach(write -> written.add(shown(write.getKey()) + (write.getIsDelete() ? " (deleted)" : "")));
            publicSet.getMetadataWritesList().forEach(write -> written.add(shown(write.getKey()) + " (metadata)"));
            namespace.getCollectionHashedRwsetList().forEach(collection -> {
                HashedRWSet hashed = Strictly.parse(
                        HashedRWSet.parser(), collection.getHashedRwset(), "a collection's read-write set");
                int writes = hashed.getHashedWritesCount() + hashed.getMetadataWritesCount();
                if (writes > 0) {
                    written.add("collection " + ShownText.of(collection.getCollectionName()) + ": " + writes
                            + " private writes");
                }
            });
            if (!written.isEmpty()) {
                keys.computeIfAbsent(ShownText.of(namespace.getNamespace()), none -> new ArrayList<>())
                        .addAll(written);
            }
        }
        keys.replaceAll((namespace, written) -> List.copyOf(written));
        return Collections.unmodifiableSortedMap(keys);
    }

    private static String shown(String key) {
        boolean composite = key.length() > 2 && key.charAt(0) == 0 && key.charAt(key.length() - 1) == 0;
        return ShownText.of(composite ? key.substring(1, key.length() - 1).replace('\0', '/') : key);
    }
}
