package io.clearmarket.network.embedded.msp;

import com.google.protobuf.InvalidProtocolBufferException;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
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

    /** The channel's name. */
    public static String channel(Block block) {
        try {
            return header(payload(block)).getChannelId();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not a config block: " + e.getMessage(), e);
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
