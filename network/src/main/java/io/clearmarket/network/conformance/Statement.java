package io.clearmarket.network.conformance;

import java.util.EnumSet;
import java.util.Set;

/**
 * One claim about what Fabric does.
 *
 * @param id number in fabric-protocol section 9, {@code F} and a number for fabric-facts, {@code A} and a number for a
 *     recorded answer
 * @param text the claim
 * @param variants the chaincode libraries it is tried with
 * @param needs what the network must be able to do
 * @param stage the network it is tried on
 * @param check throws {@link Difference}, or any exception, if it does not hold
 */
record Statement(String id, String text, Set<Variant> variants, Set<Capability> needs, Stage stage, Check check) {
    /** Tries a statement. */
    @FunctionalInterface
    interface Check {
        void run(Rig rig) throws Exception;
    }

    static Statement of(String id, String text, Check check) {
        return new Statement(id, text, Variant.ONLY_BARE, EnumSet.noneOf(Capability.class), Stage.USUAL, check);
    }

    /** The same for every chaincode library. */
    Statement inAllLanguages() {
        return new Statement(id, text, Variant.ALL, needs, stage, check);
    }

    Statement with(Set<Variant> others) {
        return new Statement(id, text, others, needs, stage, check);
    }

    Statement needing(Capability capability) {
        EnumSet<Capability> all = EnumSet.of(capability);
        all.addAll(needs);
        return new Statement(id, text, variants, all, stage, check);
    }

    Statement on(Stage other) {
        return new Statement(id, text, variants, needs, other, check);
    }
}
