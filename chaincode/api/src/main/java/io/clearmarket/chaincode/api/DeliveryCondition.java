package io.clearmarket.chaincode.api;

import io.clearmarket.wallet.identity.PartyId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an EPCIS event about the goods does to the money, as buyer and merchant agreed.
 *
 * @param effect what it does
 * @param share of the deposit that goes back, in basis points: 1 to 10,000 for {@link Effect#REFUND}, else 0
 * @param witnesses by whom the event must be recorded, one of them; never by who would gain alone
 * @param expected what the event must say
 * @param standsFor seconds that the event must have stood uncorrected on the ledger
 */
public record DeliveryCondition(
        Effect effect,
        @Within(least = 0, most = Limits.ALL_BPS) int share,
        @Count(least = 1, most = Limits.WITNESSES) List<PartyId> witnesses,
        Expected expected,
        @Within(least = 0, most = Limits.TEN_YEARS) long standsFor) {
    public DeliveryCondition {
        witnesses = List.copyOf(witnesses);
    }

    /** What an event does. */
    public enum Effect {
        /** All that is held goes to the merchant's side. */
        RELEASE,
        /** A share of the deposit goes back to the buyer, or what is left of it. */
        REFUND,
        /** A dispute opens. */
        FREEZE
    }

    /**
     * What an event must say; at least one is present, and all that are must hold.
     *
     * @param bizStep such as {@code arriving}, or {@code sensor_reporting}
     * @param disposition such as {@code non_conformant}, which a temperature that was not held makes of goods (CBV 2.0, section 7.2)
     * @param place the event's read point or business location
     */
    public record Expected(
            @Form(EpcisRecord.WORD) @Nullable String bizStep,
            @Form(EpcisRecord.WORD) @Nullable String disposition,
            @Form(EpcisRecord.LOCATION) @Nullable String place) {}
}
