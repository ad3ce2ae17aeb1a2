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
    private final SigningIdentity orderer;
    private final SecureRandom random = new SecureRandom();

    BlockAssembler(SigningIdentity orderer) {
        this.orderer = orderer;
    }

    /** @param lastConfig number of the block whose configuration applies after this one */
    Block next(BlockHeader previous, List<BlockCutter.Message> batch, long lastConfig) {
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
                .setMetadata(metadata(header, lastConfig))
                .build();
    }

    private BlockMetadata metadata(BlockHeader header, long lastConfig) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        ByteString configuration = Metadata.newBuilder()
                .setValue(LastConfig.newBuilder().setIndex(lastConfig).build().toByteString())
                .build()
                .toByteString();
        return BlockMetadata.newBuilder()
                .addMetadata(
                        BlockSignatures.sign(header, lastConfig, orderer, nonce).toByteString())
                .addMetadata(configuration)
                .addMetadata(ByteString.EMPTY)
                .addMetadata(ByteString.EMPTY)
                .addMetadata(ByteString.EMPTY)
                .build();
    }
}
