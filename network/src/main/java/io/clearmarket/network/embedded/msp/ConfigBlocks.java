package io.clearmarket.network.embedded.msp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;
import org.hyperledger.fabric.protos.common.Payload;

/** Reads the channel's configuration out of a config block. */
public final class ConfigBlocks {
    private ConfigBlocks() {}

    /**
     * The configuration tree.
     *
     * @throws IllegalArgumentException if the block does not hold exactly one CONFIG envelope
     */
    public static Config config(Block block) {
        try {
            return ConfigEnvelope.parseFrom(payload(block).getData()).getConfig();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not a config block: " + e.getMessage(), e);
        }
    }

    /** The configuration in one envelope of a block, if it is a CONFIG transaction. */
    public static Optional<Config> configIn(ByteString envelope) {
        try {
            Payload payload = Payload.parseFrom(Envelope.parseFrom(envelope).getPayload());
            return header(payload).getType() == HeaderType.CONFIG_VALUE
                    ? Optional.of(ConfigEnvelope.parseFrom(payload.getData()).getConfig())
                    : Optional.empty();
        } catch (InvalidProtocolBufferException unreadable) {
            return Optional.empty();
        }
    }

    /** The channel's name. */
    public static String channel(Block block) {
        try {
            return header(payload(block)).getChannelId();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not a config block: " + e.getMessage(), e);
        }
    }

    /**
     * Number of the block whose configuration applies after a block, as its orderer signed it.
     *
     * @throws IllegalArgumentException if the block does not say
     */
    public static long lastConfig(Block block) {
        try {
            Metadata signed = Metadata.parseFrom(block.getMetadata().getMetadata(BlockMetadataIndex.SIGNATURES_VALUE));
            return OrdererBlockMetadata.parseFrom(signed.getValue())
                    .getLastConfig()
                    .getIndex();
        } catch (InvalidProtocolBufferException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "block " + block.getHeader().getNumber() + " does not say where its configuration is", e);
        }
    }

    private static Payload payload(Block block) throws InvalidProtocolBufferException {
        if (block.getData().getDataCount() != 1) {
            throw new IllegalArgumentException(
                    "a config block holds one envelope, not " + block.getData().getDataCount());
        }
        Payload payload =
                Payload.parseFrom(Envelope.parseFrom(block.getData().getData(0)).getPayload());
        if (header(payload).getType() != HeaderType.CONFIG_VALUE) {
            throw new IllegalArgumentException("not a config block: its envelope is of type "
                    + header(payload).getType());
        }
        return payload;
    }

    private static ChannelHeader header(Payload payload) throws InvalidProtocolBufferException {
        return ChannelHeader.parseFrom(payload.getHeader().getChannelHeader());
    }
}
