package io.clearmarket.network.embedded.ledger;

import io.clearmarket.network.embedded.policy.Policy;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.StaticCollectionConfig;

/**
 * A private data collection of a chaincode, as the channel agreed on it.
 *
 * @param chaincode whose it is
 * @param config its definition
 * @param members whom the data may be given to: peers are asked for their own identity, creators for theirs
 * @param endorsement who must endorse its writes; empty where the chaincode's policy does
 */
public record Collection(
        String chaincode, StaticCollectionConfig config, Policy members, Optional<Policy> endorsement) {

    public String name() {
        return config.getName();
    }

    /** Block-to-live, in blocks after the one that wrote a value; 0 keeps it for ever. */
    public long blockToLive() {
        return config.getBlockToLive();
    }

    /** Fabric's words for a collection that a chaincode does not have. */
    static Simulator.Refused undefined(String chaincode, String collection) {
        return new Simulator.Refused("collection [" + collection
                + "] not defined in the collection config for chaincode [" + chaincode + "]");
    }
}
