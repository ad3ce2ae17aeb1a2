package io.clearmarket.gateway.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.Digests;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.junit.jupiter.api.Test;

class BlockHashesTest {
    @Test
    void header_hashes_are_fabrics_own() {
        BlockHeader first = header(0, ByteString.EMPTY, sha256(""));
        assertThat(BlockHashes.header(first).hex())
                .isEqualTo("9cae6f5c10756febc407bba95fc23853774c1f65f10354895bfdab6443d66ed3");
        BlockHeader another =
                header(128, ByteString.copyFrom(BlockHashes.header(first).bytes()), sha256("abc"));
        assertThat(BlockHashes.header(another).hex())
                .isEqualTo("c3412111da7d3cf7b2b02fe6a55d8fae64478a1234548e722bf8c1906aa893bd");
    }

    @Test
    void a_transaction_changed_after_ordering_no_longer_matches_the_header() {
        BlockData data = BlockData.newBuilder()
                .addData(ByteString.copyFromUtf8("ab"))
                .addData(ByteString.copyFromUtf8("c"))
                .build();
        Block block = Block.newBuilder()
                .setHeader(header(1, ByteString.EMPTY, sha256("abc")))
                .setData(data)
                .build();
        assertThat(BlockHashes.dataMatchesHeader(block)).isTrue();
        Block changed = block.toBuilder()
                .setData(data.toBuilder().setData(1, ByteString.copyFromUtf8("d")))
                .build();
        assertThat(BlockHashes.dataMatchesHeader(changed)).isFalse();
    }

    private static BlockHeader header(long number, ByteString previous, byte[] data) {
        return BlockHeader.newBuilder()
                .setNumber(number)
                .setPreviousHash(previous)
                .setDataHash(ByteString.copyFrom(data))
                .build();
    }

    private static byte[] sha256(String text) {
        byte[] digest = Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
        assertThat(HexFormat.of().formatHex(digest)).hasSize(64);
        return digest;
    }
}
