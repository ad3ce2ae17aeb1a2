package io.clearmarket.network.embedded.genesis;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.clearmarket.network.embedded.ledger.BlockHashes;
import io.clearmarket.wallet.Digests;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.LastConfig;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;

/** Block 0 of a channel (fabric-protocol 6.2): one unsigned CONFIG envelope; trust in it comes from elsewhere. */
public final class GenesisBlock {
    private static final int NONCE_BYTES = 24;

    private GenesisBlock() {}

    /** A new founding block; its nonce is random, so make it once and give the same block to every node. */
    public static Block build(ChannelConfig config, Instant createdAt) {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        Payload payload = Payload.newBuilder()
                .setHeader(Header.newBuilder()
                        .setChannelHeader(
                                channelHeader(config, createdAt, nonce).toByteString())
                        .setSignatureHeader(SignatureHeader.newBuilder()
                                .setNonce(ByteString.copyFrom(nonce))
                                .build()
                                .toByteString()))
                .setData(ConfigEnvelope.newBuilder()
                        .setConfig(Config.newBuilder().setChannelGroup(ConfigTree.of(config)))
                        .build()
                        .toByteString())
                .build();
        BlockData data = BlockData.newBuilder()
                .addData(Envelope.newBuilder()
                        .setPayload(payload.toByteString())
                        .build()
                        .toByteString())
                .build();
        return Block.newBuilder()
                .setHeader(BlockHeader.newBuilder()
                        .setNumber(0)
                        .setDataHash(ByteString.copyFrom(BlockHashes.dataHash(data))))
                .setData(data)
                .setMetadata(metadata())
                .build();
    }

    private static ChannelHeader channelHeader(ChannelConfig config, Instant createdAt, byte[] nonce) {
        // the creator is empty, so the id is the hash of the nonce alone
        byte[] id = Digests.sha256(nonce);
        return ChannelHeader.newBuilder()
                .setType(HeaderType.CONFIG_VALUE)
                .setVersion(1)
                .setTimestamp(Timestamp.newBuilder()
                        .setSeconds(createdAt.getEpochSecond())
                        .setNanos(createdAt.getNano()))
                .setChannelId(config.channel())
                .setTxId(HexFormat.of().formatHex(id))
                .build();
    }

    private static BlockMetadata metadata() {
        LastConfig lastConfig = LastConfig.newBuilder().setIndex(0).build();
        ByteString signatures = Metadata.newBuilder()
                .setValue(OrdererBlockMetadata.newBuilder()
                        .setLastConfig(lastConfig)
                        .build()
                        .toByteString())
                .build()
                .toByteString();
        ByteString config = Metadata.newBuilder()
                .setValue(lastConfig.toByteString())
                .build()
                .toByteString();
        return BlockMetadata.newBuilder()
                .addMetadata(signatures)
                .addMetadata(config)
                .addMetadata(ByteString.EMPTY)
                .addMetadata(ByteString.EMPTY)
                .addMetadata(ByteString.EMPTY)
                .build();
    }
}
