package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.peer.TxValidationCode;

/** A block with what a peer adds to it: verdicts and commit hash (fabric-protocol 2.6). */
record CompletedBlock(Block block, ByteString commitHash) {
    private static final int METADATA_ENTRIES = 5;

    static CompletedBlock of(
            Block ordered, List<TxValidationCode> codes, UpdateBatch updates, ByteString previousCommitHash) {
        byte[] filter = new byte[codes.size()];
        for (int i = 0; i < filter.length; i++) {
            filter[i] = (byte) codes.get(i).getNumber();
        }
        ByteString commitHash = CommitHash.next(filter, updates, previousCommitHash);
        ByteString entry = Metadata.newBuilder().setValue(commitHash).build().toByteString();
        return new CompletedBlock(with(ordered, filter, entry), commitHash);
    }

    /** Block 0: its one configuration is valid, and there is no commit hash yet. */
    static Block founding(Block genesis) {
        return with(genesis, new byte[genesis.getData().getDataCount()], ByteString.EMPTY);
    }

    private static Block with(Block ordered, byte[] filter, ByteString commitHash) {
        BlockMetadata.Builder metadata = ordered.getMetadata().toBuilder();
        while (metadata.getMetadataCount() < METADATA_ENTRIES) {
            metadata.addMetadata(ByteString.EMPTY);
        }
        metadata.setMetadata(BlockMetadataIndex.TRANSACTIONS_FILTER_VALUE, ByteString.copyFrom(filter));
        metadata.setMetadata(BlockMetadataIndex.COMMIT_HASH_VALUE, commitHash);
        return ordered.toBuilder().setMetadata(metadata).build();
    }

    /** The transaction filter of a stored block, one byte per envelope. */
    static byte[] filter(Block stored) {
        return stored.getMetadata()
                .getMetadata(BlockMetadataIndex.TRANSACTIONS_FILTER_VALUE)
                .toByteArray();
    }

    /** The verdicts in a stored block. */
    static List<TxValidationCode> codes(Block stored) {
        byte[] filter = filter(stored);
        TxValidationCode[] codes = new TxValidationCode[filter.length];
        for (int i = 0; i < filter.length; i++) {
            codes[i] = TxValidationCode.forNumber(Byte.toUnsignedInt(filter[i]));
        }
        return List.of(codes);
    }

    /** The commit hash in a stored block; empty in block 0. */
    static ByteString commitHash(Block stored) {
        try {
            return Metadata.parseFrom(stored.getMetadata().getMetadata(BlockMetadataIndex.COMMIT_HASH_VALUE))
                    .getValue();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(
                    "unreadable commit hash in block " + stored.getHeader().getNumber(), e);
        }
    }

    /**
     * Refuses what is not the next block of a chain.
     *
     * @throws IllegalArgumentException with both values
     */
    static void requireContinuation(Block block, long number, ByteString previousHash) {
        require(block, "number", number, block.getHeader().getNumber());
        require(
                block,
                "previous hash",
                HexFormat.of().formatHex(previousHash.toByteArray()),
                HexFormat.of().formatHex(block.getHeader().getPreviousHash().toByteArray()));
        byte[] dataHash = BlockHashes.dataHash(block.getData());
        if (!Arrays.equals(dataHash, block.getHeader().getDataHash().toByteArray())) {
            throw new IllegalArgumentException(
                    "block " + number + " does not hold the data that its header's data hash is of");
        }
    }

    private static void require(Block block, String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new IllegalArgumentException("block " + block.getHeader().getNumber()
                    + " does not continue the chain: " + what + " is " + actual + ", expected " + expected);
        }
    }
}
