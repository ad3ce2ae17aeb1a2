package io.clearmarket.network.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose work processor time was. */
enum Part {
    CLIENT,
    PEERS,
    CHAINCODE,
    ORDERER,
    /** gRPC, Netty and TLS of all of them, as far as it is done on threads of its own. */
    TRANSPORT,
    /** Compilers, garbage collector, and what could not be told. */
    JVM;

    /** By the beginning of a class's name. What several parts use (signatures, policies) stands here for none. */
    private static final List<Map.Entry<String, Part>> OWNERS = List.of(
            Map.entry("io.clearmarket.network.bench.PutChaincode", CHAINCODE),
            Map.entry("org.hyperledger.fabric.shim.", CHAINCODE),
            Map.entry("io.clearmarket.network.junit.HostedChaincode", CHAINCODE),
            Map.entry("io.clearmarket.network.embedded.orderer.", ORDERER),
            Map.entry("io.clearmarket.network.embedded.peer.", PEERS),
            Map.entry("io.clearmarket.network.embedded.ledger.", PEERS),
            Map.entry("org.hyperledger.fabric.client.", CLIENT),
            Map.entry("io.clearmarket.network.bench.", CLIENT),
            Map.entry("io.grpc.", TRANSPORT));

    /**
     * Whose a stack is: the innermost frame that only one part has decides.
     *
     * @param classes names of the frames' classes, innermost first
     */
    static Part of(List<String> classes) {
        Part found = JVM;
        for (String name : classes) {
            Part owner = owner(name);
            // transport is what nobody else has called and who calls nobody else
            if (owner == TRANSPORT) {
                found = TRANSPORT;
            } else if (owner != null) {
                return owner;
            }
        }
        return found;
    }

    private static @Nullable Part owner(String className) {
        for (Map.Entry<String, Part> owner : OWNERS) {
            if (className.startsWith(owner.getKey())) {
                return owner.getValue();
            }
        }
        return null;
    }

    /** In small letters, for figures. */
    String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }
}
