package io.clearmarket.gateway.fabric;

import com.google.protobuf.ByteString;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.wallet.Digests;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockHeader;

/** Fabric's hashes of blocks. */
final class BlockHashes {
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;

    private BlockHashes() {}

    /** SHA-256 of the header's DER, {@code SEQUENCE { INTEGER number, OCTET STRING previous, OCTET STRING data }}. */
    static Digest header(BlockHeader header) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        element(content, INTEGER, BigInteger.valueOf(header.getNumber()).toByteArray());
        element(content, OCTET_STRING, header.getPreviousHash().toByteArray());
        element(content, OCTET_STRING, header.getDataHash().toByteArray());
        ByteArrayOutputStream sequence = new ByteArrayOutputStream();
        element(sequence, SEQUENCE, content.toByteArray());
        return Digest.of(Digests.sha256(sequence.toByteArray()));
    }

    /** True if the block's transactions are those that its header speaks for. */
    static boolean dataMatchesHeader(Block block) {
        byte[][] entries = block.getData().getDataList().stream()
                .map(ByteString::toByteArray)
                .toArray(byte[][]::new);
        return block.getHeader().getDataHash().equals(ByteString.copyFrom(Digests.sha256(entries)));
    }

    /** All lengths here are below 128, so one byte tells them. */
    private static void element(ByteArrayOutputStream out, int tag, byte[] content) {
        out.write(tag);
        out.write(content.length);
        out.writeBytes(content);
    }
}
