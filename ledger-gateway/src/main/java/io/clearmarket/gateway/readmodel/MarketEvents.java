package io.clearmarket.gateway.readmodel;

import io.clearmarket.chaincode.api.DomainEvent;
import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a transaction means to people, told from the records before and after it: one transaction may both fund an escrow
 * and decide it (a late deposit), and accepting goods is also a decision about money.
 */
public final class MarketEvents {
    /** The ledger accepted evidence of a deposit. */
    public static final String DEPOSIT_SEEN = "deposit.seen";

    /** Money is held for the consignment. */
    public static final String CONSIGNMENT_FUNDED = "consignment.funded";

    /** The merchant handed the goods to the carrier. */
    public static final String CONSIGNMENT_SHIPPED = "consignment.shipped";

    /** The carrier handed the goods to the buyer. */
    public static final String CONSIGNMENT_DELIVERED = "consignment.delivered";

    /** The ledger said who gets what; nothing says yet that it was paid. */
    public static final String CONSIGNMENT_DECIDED = "consignment.decided";

    /** A payout was seen on the settlement chain. */
    public static final String CONSIGNMENT_PAID = "consignment.paid";

    private MarketEvents() {}

    /** The event types of a transaction: the chaincode's own word first, then what its effect adds to it, each once. */
    static List<String> types(DomainEvent event, @Nullable JsonNode before, @Nullable JsonNode after) {
        Set<String> types = new LinkedHashSet<>();
        types.add(event.type());
        if (event.command().equals("recordDeposit")) {
            types.add(DEPOSIT_SEEN);
        }
        if (after != null) {
            addEffects(types, before, after);
        }
        return List.copyOf(types);
    }

    private static void addEffects(Set<String> types, @Nullable JsonNode before, JsonNode after) {
        if (more(before, after, "held")) {
            types.add(CONSIGNMENT_FUNDED);
        }
        String goods = after.path("goods").asString("");
        if (before != null && !goods.equals(before.path("goods").asString(""))) {
            switch (goods) {
                case "SHIPPED" -> types.add(CONSIGNMENT_SHIPPED);
                case "DELIVERED" -> types.add(CONSIGNMENT_DELIVERED);
                default -> {
                    // returns are told in the chaincode's own words
                }
            }
        }
        if (decisions(after) > (before == null ? 0 : decisions(before))) {
            types.add(CONSIGNMENT_DECIDED);
        }
        if (more(before, after, "paidGross") || more(before, after, "paidBuyer")) {
            types.add(CONSIGNMENT_PAID);
        }
    }

    private static int decisions(JsonNode consignment) {
        return consignment.path("money").path("decisions").size();
    }

    private static boolean more(@Nullable JsonNode before, JsonNode after, String amount) {
        return units(after, amount).compareTo(before == null ? BigInteger.ZERO : units(before, amount)) > 0;
    }

    private static BigInteger units(JsonNode consignment, String amount) {
        return new BigInteger(consignment.path("money").path(amount).asString("0"));
    }
}
