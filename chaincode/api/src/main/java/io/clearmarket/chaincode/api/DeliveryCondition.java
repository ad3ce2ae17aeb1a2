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
     * @param disposition such as {@code non_conformant} (CBV 2.0, section 7.2)
     * @param place the event's read point or business location
     * @param range in which sensors measured, or outside of which; absent for none, as in terms of the time before there were any
     */
    public record Expected(
            @Form(EpcisRecord.WORD) @Nullable String bizStep,
            @Form(EpcisRecord.WORD) @Nullable String disposition,
            @Form(EpcisRecord.LOCATION) @Nullable String place,
            @Nullable Range range) {
        /** What says nothing of sensors. */
        public Expected(@Nullable String bizStep, @Nullable String disposition, @Nullable String place) {
            this(bizStep, disposition, place, null);
        }
    }

    /**
     * Where readings of a kind must lie. An event without such a reading in this very unit meets no range.
     *
     * @param type GS1's word for what is measured, such as {@code Temperature}
     * @param unit code of UN/CEFACT Recommendation 20, such as {@code CEL}
     * @param least in thousandths of the unit; absent for no bound
     * @param greatest likewise; at least one of both is present
     * @param kept true: least and greatest reading are within; false: one of them is not
     */
    public record Range(
            @Form(EpcisRecord.MEASUREMENT) String type,
            @Form(EpcisRecord.UNIT) String unit,

            @Within(least = -Limits.READING, most = Limits.READING) @Nullable
            Long least,

            @Within(least = -Limits.READING, most = Limits.READING) @Nullable
            Long greatest,

            boolean kept) {}
}
