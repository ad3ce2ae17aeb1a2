package io.clearmarket.network.embedded.ledger;

import java.util.Optional;

/** The collections that every chaincode has without defining them: one per organisation of the channel. */
public final class ImplicitCollections {
    private static final String PREFIX = "_implicit_org_";

    private ImplicitCollections() {}

    /** The organisation's own collection, {@code _implicit_org_<MSP id>}. */
    public static String of(String mspId) {
        return PREFIX + mspId;
    }

    /** The organisation whose collection this is; empty for a collection that a chaincode defines. */
    public static Optional<String> owner(String collection) {
        return collection.startsWith(PREFIX) ? Optional.of(collection.substring(PREFIX.length())) : Optional.empty();
    }
}
