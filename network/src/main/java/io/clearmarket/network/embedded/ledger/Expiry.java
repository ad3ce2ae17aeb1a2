package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.hyperledger.fabric.protos.peer.CollectionConfig;

/**
 * When hashes of collections with a block-to-live leave the state: what block b wrote with block-to-live n goes when block
 * b+n+1 is committed, unless it was written again since. Every peer does it, members or not; the commit hash does not
 * show it, as in Fabric. Worked out of the state alone, so a ledger that begins from a snapshot needs nothing more.
 */
final class Expiry {
    private final Map<String, Lives> known = new HashMap<>();

    /** A chaincode's block-to-live by collection, and the state value that it was read from. */
    private record Lives(StateValue source, Map<String, Long> byCollection) {}

    /** The state after a block without what expires with that block. */
    WorldState after(long block, WorldState state) {
        WorldState rest = state;
        Iterator<SortedTree.Entry<StateValue>> definitions = state.from(LifecycleNamespace.NAME, "");
        while (definitions.hasNext()) {
            SortedTree.Entry<StateValue> field = definitions.next();
            String chaincode = LifecycleNamespace.chaincodeOfCollections(field.key());
            if (!chaincode.isEmpty()) {
                for (Map.Entry<String, Long> life :
                        lives(chaincode, field.value()).entrySet()) {
                    rest = without(rest, HashedKeys.namespace(chaincode, life.getKey()), block - life.getValue() - 1);
                }
            }
        }
        return rest;
    }

    private static WorldState without(WorldState state, String space, long writtenUpTo) {
        WorldState rest = state;
        Iterator<SortedTree.Entry<StateValue>> hashes = state.from(space, "");
        while (writtenUpTo >= 0 && hashes.hasNext()) {
            SortedTree.Entry<StateValue> hash = hashes.next();
            if (hash.value().version().block() <= writtenUpTo) {
                rest = rest.with(new StateKey(space, hash.key()), null);
            }
        }
        return rest;
    }

    /** 0 for ever. */
    long blockToLive(WorldState state, String chaincode, String collection) {
        StateValue source = state.get(LifecycleNamespace.NAME, LifecycleNamespace.collectionsKey(chaincode));
        return source == null ? 0 : lives(chaincode, source).getOrDefault(collection, 0L);
    }

    private Map<String, Long> lives(String chaincode, StateValue source) {
        Lives lives = known.get(chaincode);
        if (lives == null || !lives.source().equals(source)) {
            lives = new Lives(source, parse(source));
            known.put(chaincode, lives);
        }
        return lives.byCollection();
    }

    /** Only the collections that do not live for ever. */
    private static Map<String, Long> parse(StateValue source) {
        Map<String, Long> lives = new HashMap<>();
        try {
            for (CollectionConfig config :
                    LifecycleNamespace.collections(source.value()).getConfigList()) {
                long blocks = config.getStaticCollectionConfig().getBlockToLive();
                if (blocks > 0) {
                    lives.put(config.getStaticCollectionConfig().getName(), blocks);
                }
            }
        } catch (InvalidProtocolBufferException unusable) {
            return Map.of();
        }
        return lives;
    }
}
