package io.clearmarket.gateway.epcis.warning;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the rules need of an event about one item, or about something that the item was packed in then.
 *
 * @param eventId as captured
 * @param party who signed it onto the ledger; "" where nobody is known
 * @param time when it happened, by that party's clock, with the offset of the place
 * @param bizStep CBV bare word; "" for none
 * @param disposition CBV bare word; "" for none
 * @param place the read point, else the location; "" for none
 * @param destination the location that it is sent to; "" for none
 * @param position where the place is on earth, if known
 * @param expires the last day on which it may be passed on, from the item's master data
 * @param temperature the limits that the item's master data sets
 * @param readings temperatures in degrees Celsius
 * @param alarm true if a sensor says by itself that something is out of its range
 */
public record ItemEvent(
        String eventId,
        String party,
        OffsetDateTime time,
        String bizStep,
        String disposition,
        String place,
        String destination,
        @Nullable Position position,
        @Nullable LocalDate expires,
        @Nullable Limits temperature,
        List<Double> readings,
        boolean alarm) {
    private static final Set<String> SENDING =
            Set.of("shipping", "departing", "consigning", "staging_outbound", "loading");
    private static final Set<String> GETTING = Set.of("receiving", "accepting", "arriving", "unloading", "collecting");
    private static final Set<String> TRANSPORT =
            Set.of("transporting", "loading", "unloading", "departing", "arriving");
    private static final Set<String> BEGINNING = Set.of("commissioning", "creating_class_instance");
    private static final Set<String> GOING_BACK =
            Set.of("returned", "recalled", "expired", "disposed", "destroyed", "non_sellable_other");
    private static final String SELLING = "retail_selling";

    public ItemEvent {
        readings = List.copyOf(readings);
    }

    /** Degrees Celsius. */
    public record Limits(double min, double max) {
        boolean hold(double value) {
            return value >= min && value <= max;
        }
    }

    /** True if the item leaves, or may leave, the party's hands by it. */
    boolean gives() {
        return SENDING.contains(bizStep) || TRANSPORT.contains(bizStep) || disposition.equals("in_transit");
    }

    /** True if the item comes into the party's hands by it. */
    boolean takes() {
        return GETTING.contains(bizStep) || TRANSPORT.contains(bizStep);
    }

    /** True if the item begins by it. */
    boolean begins() {
        return BEGINNING.contains(bizStep);
    }

    boolean sells() {
        return bizStep.equals(SELLING);
    }

    /** True if a buyer has it after it. */
    boolean isSold() {
        return sells() || disposition.equals("retail_sold");
    }

    /** True if a buyer or another dealer gets it, and not somebody who takes it back or destroys it. */
    boolean passesOn() {
        return (sells() || bizStep.equals("shipping")) && !GOING_BACK.contains(disposition);
    }

    boolean isReturned() {
        return disposition.equals("returned");
    }

    /** True if it only says something of the item, and nothing of where it is: a recall from afar, or what a sensor that is on it measured. */
    boolean isStatement() {
        boolean fromAfar = disposition.equals("recalled") || (bizStep.equals("sensor_reporting") && place.isEmpty());
        return fromAfar && !gives() && !takes() && !sells();
    }

    /** True if the two were told by the same party. */
    boolean sameParty(ItemEvent other) {
        return party.equals(other.party);
    }
}
