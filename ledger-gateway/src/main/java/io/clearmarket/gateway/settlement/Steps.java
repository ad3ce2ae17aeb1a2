package io.clearmarket.gateway.settlement;

/** Is told of each step of settlement; as a rule does nothing. */
@FunctionalInterface
interface Steps {
    void reached(SettlementStep step);
}
