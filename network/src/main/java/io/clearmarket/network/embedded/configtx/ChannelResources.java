package io.clearmarket.network.embedded.configtx;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.msp.ChannelMsps;
import io.clearmarket.network.embedded.msp.ConfigBlocks;
import io.clearmarket.network.embedded.msp.MspException;
import io.clearmarket.network.embedded.msp.MspIdentity;
import io.clearmarket.network.embedded.msp.MspManager;
import io.clearmarket.network.embedded.policy.ChannelPolicies;
import io.clearmarket.network.embedded.policy.Policy;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigUpdateEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;

/**
 * A channel's configuration as one node knows it, with the MSPs and policies that follow from it: as of the newest config block
 * that the node has. Whoever asks gets the present answer; a change takes effect for all of it at once.
 */
public final class ChannelResources implements MspManager {
    private final String channel;
    private volatile Bundle bundle;

    private record Bundle(Config config, long block, ChannelMsps msps, ChannelPolicies policies) {
        static Bundle of(Config config, long block) {
            ChannelMsps msps = ChannelMsps.fromConfig(config);
            return new Bundle(config, block, msps, ChannelPolicies.fromConfig(config, msps));
        }
    }

    private ChannelResources(String channel, Bundle bundle) {
        this.channel = channel;
        this.bundle = bundle;
    }

    /** @throws IllegalArgumentException if it is no config block, or asks for what this version does not do */
    public static ChannelResources of(Block configBlock) {
        return new ChannelResources(
                ConfigBlocks.channel(configBlock),
                Bundle.of(
                        ConfigBlocks.config(configBlock),
                        configBlock.getHeader().getNumber()));
    }

    public String channel() {
        return channel;
    }

    public Config config() {
        return bundle.config();
    }

    /** Number of the block that holds it. */
    public long block() {
        return bundle.block();
    }

    /** How many updates there have been. */
    public long sequence() {
        return bundle.config().getSequence();
    }

    /** A policy by path, such as {@code /Channel/Application/Writers}. */
    public Optional<Policy> policy(String path) {
        return bundle.policies().at(path);
    }

    @Override
    public MspIdentity deserialize(ByteString serializedIdentity) throws MspException {
        return bundle.msps().deserialize(serializedIdentity);
    }

    @Override
    public Set<String> mspIds() {
        return bundle.msps().mspIds();
    }

    /**
     * What a CONFIG_UPDATE makes of the present configuration (Fabric's ProposeConfigUpdate).
     *
     * @throws RefusedUpdate if it may not be made, or leads to a configuration that cannot be used
     */
    public ConfigEnvelope propose(Envelope update) throws RefusedUpdate {
        Config next;
        try {
            next = rules().apply(updateIn(update));
        } catch (RefusedUpdate e) {
            throw e.within("error authorizing update");
        }
        requireUsable(next);
        return ConfigEnvelope.newBuilder().setConfig(next).setLastUpdate(update).build();
    }

    private static void requireUsable(Config config) throws RefusedUpdate {
        try {
            ChannelPolicies.fromConfig(config, ChannelMsps.fromConfig(config));
        } catch (IllegalArgumentException e) {
            throw new RefusedUpdate(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Whether a proposed configuration is what its update makes of the present one (Fabric's Validate).
     *
     * @throws RefusedUpdate if it is not
     */
    public void validate(ConfigEnvelope proposed) throws RefusedUpdate {
        long sequence = proposed.getConfig().getSequence();
        if (sequence != sequence() + 1) {
            throw new RefusedUpdate(
                    "config currently at sequence " + sequence() + ", cannot validate config at sequence " + sequence);
        }
        if (!propose(proposed.getLastUpdate())
                .getConfig()
                .getChannelGroup()
                .equals(proposed.getConfig().getChannelGroup())) {
            throw new RefusedUpdate("ConfigEnvelope LastUpdate did not produce the supplied config result");
        }
    }

    /** Takes over a configuration that was validated and is in this block. */
    public void replace(Config next, long block) {
        bundle = Bundle.of(next, block);
    }

    private UpdateRules rules() {
        Bundle present = bundle;
        return new UpdateRules(channel, present.config(), present.policies());
    }

    private static ConfigUpdateEnvelope updateIn(Envelope envelope) throws RefusedUpdate {
        try {
            Payload payload = Payload.parseFrom(envelope.getPayload());
            int type = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader())
                    .getType();
            if (type != HeaderType.CONFIG_UPDATE_VALUE) {
                throw new RefusedUpdate("error converting envelope to config update: invalid type "
                        + HeaderType.forNumber(type) + ", expected CONFIG_UPDATE");
            }
            return ConfigUpdateEnvelope.parseFrom(payload.getData());
        } catch (InvalidProtocolBufferException e) {
            throw new RefusedUpdate("error converting envelope to config update: " + e.getMessage());
        }
    }
}
