package io.clearmarket.gateway.epcis.warning;

import java.time.Instant;

/**
 * The ledger says that an item came from one party's hands into another's: by a hand-over that both sides signed, or by a step of its
 * consignment.
 *
 * @param from who had it; "" where nobody is known
 * @param to who has it from then on
 * @param at ledger time
 * @param sale true if it came to a buyer by an order
 */
public record CustodyChange(String from, String to, Instant at, boolean sale) {}
