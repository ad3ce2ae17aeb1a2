package io.clearmarket.network.embedded.msp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;

/** The MSPs that a channel's configuration defines (fabric-protocol section 7). */
public final class ChannelMsps implements MspManager {
    private static final int CACHED_IDENTITIES = 5_000;

    private final Map<String, Msp> msps;
    private final Map<ByteString, MspIdentity> identities = new ConcurrentHashMap<>();

    private ChannelMsps(Map<String, Msp> msps) {
        this.msps = msps;
    }

    /**
     * The MSPs of every organisation, application and orderer, in a config block.
     *
     * @throws IllegalArgumentException if it is no config block or asks for what this version does not do
     */
    public static ChannelMsps fromConfig(Block configBlock) {
        return fromConfig(ConfigBlocks.config(configBlock));
    }

    /** The same of a configuration. */
    public static ChannelMsps fromConfig(Config config) {
        Map<String, Msp> msps = new LinkedHashMap<>();
        collect(config.getChannelGroup(), msps);
        return new ChannelMsps(msps);
    }

    private static void collect(ConfigGroup group, Map<String, Msp> into) {
        ConfigValue value = group.getValuesMap().get("MSP");
        if (value != null) {
            Msp msp = parse(value);
            into.put(msp.id(), msp);
        }
        group.getGroupsMap().values().forEach(child -> collect(child, into));
    }

    private static Msp parse(ConfigValue value) {
        try {
            MSPConfig config = MSPConfig.parseFrom(value.getValue());
            return Msp.from(FabricMSPConfig.parseFrom(config.getConfig()));
        } catch (InvalidProtocolBufferException | MspException e) {
            throw new IllegalArgumentException("unusable MSP configuration: " + e.getMessage(), e);
        }
    }

    @Override
    public Set<String> mspIds() {
        return Set.copyOf(msps.keySet());
    }

    @Override
    public MspIdentity deserialize(ByteString serializedIdentity) throws MspException {
        MspIdentity known = identities.get(serializedIdentity);
        if (known != null) {
            return known;
        }
        MspIdentity identity = read(serializedIdentity);
        if (identities.size() >= CACHED_IDENTITIES) {
            // a plain restart of the cache: certificates are few, and only good ones get here
            identities.clear();
        }
        identities.put(serializedIdentity, identity);
        return identity;
    }

    private MspIdentity read(ByteString serializedIdentity) throws MspException {
        SerializedIdentity serialized;
        try {
            serialized = SerializedIdentity.parseFrom(serializedIdentity);
        } catch (InvalidProtocolBufferException e) {
            throw new MspException("could not deserialize a SerializedIdentity: " + e.getMessage());
        }
        Msp msp = msps.get(serialized.getMspid());
        if (msp == null) {
            throw new MspException("MSP " + serialized.getMspid() + " is unknown");
        }
        return msp.identity(Msp.certificate(serialized.getIdBytes()));
    }
}
