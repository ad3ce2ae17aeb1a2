package io.clearmarket.network.embedded.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.Digests;
import java.util.HexFormat;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.junit.jupiter.api.Test;

/** The vectors of fabric-protocol 2.2, made with Go's encoding/asn1. */
class BlockHashesTest {
    private static final String HASH_0 = "9cae6f5c10756febc407bba95fc23853774c1f65f10354895bfdab6443d66ed3";

    private static BlockHeader header(long number, String previous, String data) {
        return BlockHeader.newBuilder()
                .setNumber(number)
                .setPreviousHash(ByteString.fromHex(previous))
                .setDataHash(ByteString.copyFrom(
                        Digests.sha256(ByteString.copyFromUtf8(data).toByteArray())))
                .build();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void block_0_has_a_zero_byte_as_number_and_an_empty_previous_hash() {
        BlockHeader header = header(0, "", "");
        assertThat(hex(BlockHashes.headerDer(header)))
                .isEqualTo("302702010004000420e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(hex(BlockHashes.headerHash(header))).isEqualTo(HASH_0);
    }

    @Test
    void block_128_needs_two_bytes_for_its_number() {
        BlockHeader header = header(128, HASH_0, "abc");
        assertThat(hex(BlockHashes.headerDer(header)))
                .isEqualTo("30480202008004209cae6f5c10756febc407bba95fc23853774c1f65f10354895bfdab6443d66ed30420"
                        + "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(hex(BlockHashes.headerHash(header)))
                .isEqualTo("c3412111da7d3cf7b2b02fe6a55d8fae64478a1234548e722bf8c1906aa893bd");
    }

    @Test
    void numbers_above_the_signed_range_stay_positive() {
        assertThat(hex(BlockHashes.headerDer(header(-1, "", "")))).startsWith("302f020900ffffffffffffffff0400");
    }

    @Test
    void data_hash_is_over_the_concatenated_envelopes() {
        BlockData data = BlockData.newBuilder()
                .addData(ByteString.copyFromUtf8("a"))
                .addData(ByteString.copyFromUtf8("bc"))
                .build();
        assertThat(hex(BlockHashes.dataHash(data)))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
