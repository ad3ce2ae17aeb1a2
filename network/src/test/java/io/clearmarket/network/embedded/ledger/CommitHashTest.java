package io.clearmarket.network.embedded.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.Digests;
import java.util.HexFormat;
import java.util.List;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.junit.jupiter.api.Test;

class CommitHashTest {
    private static NamespaceReadWrites writes(String namespace, KVWrite... writes) {
        return new NamespaceReadWrites(
                namespace, KVRWSet.newBuilder().addAllWrites(List.of(writes)).build(), List.of());
    }

    private static KVWrite put(String key, String value) {
        return KVWrite.newBuilder()
                .setKey(key)
                .setValue(ByteString.copyFromUtf8(value))
                .build();
    }

    /**
     * Encoded by hand after fabric-protocol 2.7: the namespace only on its first item, keys in order, the version as length
     * bytes with minimal numbers (300 = 02 012c, 0 = 00, 1 = 01 01).
     */
    @Test
    void covers_filter_updates_and_the_previous_hash() {
        UpdateBatch updates = new UpdateBatch(WorldState.EMPTY);
        KVWrite deletion = KVWrite.newBuilder().setKey("b").setIsDelete(true).build();
        updates.apply(List.of(writes("n", put("c", "V"))), new Version(300, 0));
        updates.apply(List.of(writes("m", put("a", "W")), writes("n", deletion)), new Version(300, 1));
        String items = "0a10" + "0a016d" + "1a0161" + "2a0157" + "3205" + "02012c0101"
                + "0a0f" + "0a016e" + "1a0162" + "2001" + "3205" + "02012c0101"
                + "0a0c" + "1a0163" + "2a0156" + "3204" + "02012c00";
        byte[] expected = Digests.sha256(HexFormat.of().parseHex("03" + "000b00" + items), new byte[] {7});
        assertThat(CommitHash.next(new byte[] {0, 11, 0}, updates, ByteString.copyFrom(new byte[] {7})))
                .isEqualTo(ByteString.copyFrom(expected));
    }

    @Test
    void differs_with_the_filter_alone() {
        UpdateBatch none = new UpdateBatch(WorldState.EMPTY);
        assertThat(CommitHash.next(new byte[] {0}, none, ByteString.EMPTY))
                .isNotEqualTo(CommitHash.next(new byte[] {11}, none, ByteString.EMPTY));
    }
}
