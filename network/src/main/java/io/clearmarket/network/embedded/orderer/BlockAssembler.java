package io.clearmarket.network.embedded.orderer;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.ledger.BlockHashes;
import io.clearmarket.network.embedded.ledger.BlockSignatures;
import io.clearmarket.network.embedded.msp.SigningIdentity;
import java.security.SecureRandom;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.LastConfig;
import org.hyperledger.fabric.protos.common.Metadata;

/** Makes the next block of the chain and signs it as the orderer (fabric-protocol 2.6). */
final class BlockAssembler {
    private static final int NONCE_BYTES = 24;
    /** This version takes no configuration updates, so block 0 is the last configuration for ever. */
    private static final LastConfig LAST_CONFIG =
            LastConfig.newBuilder().setIndex(0).build();

    private final SigningIdentity orderer;
    private final SecureRandom random = new SecureRandom();

    BlockAssembler(SigningIdentity orderer) {
        this.orderer = orderer;
    }

    Block next(BlockHeader previous, List<BlockCutter.Message> batch) {
        BlockData data = BlockData.newBuilder()
                .addAllData(batch.stream().map(BlockCutter.Message::envelope).toList())
                .build();
        BlockHeader header = BlockHeader.newBuilder()
                .setNumber(previous.getNumber() + 1)
                .setPreviousHash(ByteString.copyFrom(BlockHashes.headerHash(previous)))
                .setDataHash(ByteString.copyFrom(BlockHashes.dataHash(data)))
                .build();
        return Block.newBuilder()
                .setHeader(header)
                .setData(data)
                .setMetadata(metadata(header))
                .build();
    }

    private BlockMetadata metadata(BlockHeader header) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        ByteString lastConfig = Metadata.newBuilder()
                .setValue(LAST_CONFIG.toByteString())
                .build()
                .toByteString();
        return BlockMetadata.newBuilder()
                .addMetadata(BlockSignatures.sign(header, LAST_CONFIG.getIndex(), orderer, nonce)
                        .toByteString())
                .addMetadata(lastConfig)
                .addMetadata(ByteString.EMPTY)
                .addMetadata(ByteString.EMPTY)
                .addMetadata(ByteString.EMPTY)
                .build();
    }
}
