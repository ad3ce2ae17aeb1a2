package io.clearmarket.network.embedded;

import java.util.ArrayList;
import java.util.List;

/**
 * A channel: who is on it, what runs on it, how its blocks are cut.
 *
 * @param name lower-case letter, then letters, digits, dots or hyphens
 * @param mspIds the organisations whose peers join, in the order of preference
 * @param chaincodes defined on the channel at start
 * @param batch when blocks are cut, as founded; a configuration update changes it
 */
public record ChannelSettings(
        String name, List<String> mspIds, List<ChaincodeConfig> chaincodes, NetworkConfig.Batch batch) {
    public ChannelSettings {
        mspIds = List.copyOf(mspIds);
        chaincodes = List.copyOf(chaincodes);
        if (mspIds.isEmpty()) {
            throw new IllegalArgumentException("channel " + name + " has no organisation");
        }
    }

    /** A channel of these organisations, with quick blocks and no chaincode yet. */
    public static ChannelSettings of(String name, List<String> mspIds) {
        return new ChannelSettings(name, mspIds, List.of(), NetworkConfig.Batch.QUICK);
    }

    /** The same with one chaincode more. */
    public ChannelSettings with(ChaincodeConfig chaincode) {
        List<ChaincodeConfig> more = new ArrayList<>(chaincodes);
        more.add(chaincode);
        return new ChannelSettings(name, mspIds, more, batch);
    }
}
