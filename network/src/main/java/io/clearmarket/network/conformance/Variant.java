package io.clearmarket.network.conformance;

import java.util.EnumSet;
import java.util.Set;

/** The chaincode library that a statement is tried with. */
enum Variant {
    /** The bare Java shim. */
    BARE("bare"),
    /** Java's contract API. */
    CONTRACT("rig"),
    /** Node's fabric-shim. */
    NODE("node");

    /** What chaincodes can show in any language. */
    static final Set<Variant> ALL = EnumSet.allOf(Variant.class);

    static final Set<Variant> ONLY_BARE = EnumSet.of(BARE);
    static final Set<Variant> ONLY_CONTRACT = EnumSet.of(CONTRACT);

    private final String chaincode;

    Variant(String chaincode) {
        this.chaincode = chaincode;
    }

    /** The chaincode's name on the channel. */
    String chaincode() {
        return chaincode;
    }
}
