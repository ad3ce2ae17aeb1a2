package io.clearmarket.chaincode.api;

import org.jspecify.annotations.Nullable;

/**
 * The form of a stored record. A kind of record whose form or meaning has changed carries its member {@code schema}; absent means 1. The
 * record's own constructor takes every earlier form and makes it the current one, so every reader, chaincode or gateway, upgrades what it
 * reads, and what is written is current. Nothing is rewritten in place.
 */
public final class Schema {
    private Schema() {}

    /**
     * The schema that a record was written in.
     *
     * @param kind for the message
     * @param given what the stored record says; absent means 1
     * @param current the newest that this code knows
     * @throws InvalidValue if it was written by newer code: to guess at it could make two endorsers differ
     */
    static int of(String kind, @Nullable Integer given, int current) {
        int schema = given == null ? 1 : given;
        if (schema < 1 || schema > current) {
            throw new InvalidValue(
                    kind + ".schema",
                    Integer.toString(schema),
                    "1 to " + current + "; a newer record needs the chaincode that wrote it");
        }
        return schema;
    }
}
