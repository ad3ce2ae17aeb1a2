package io.clearmarket.gateway.epcis.graph;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of a lot came into being and how much of it was used up, as far as events tell quantities. What was told in units of one
 * kind (mass, volume, length, area, pieces) is converted to one and added up.
 *
 * @param lot its canonical identifier
 * @param sums one for each kind of unit that was told
 * @param movements what was told, by the events' times
 * @param complete false if there is more than is read at once: the sums are then of what is listed
 */
public record LotBalance(String lot, List<LotSum> sums, List<LotMovement> movements, boolean complete) {
    public LotBalance {
        sums = List.copyOf(sums);
        movements = List.copyOf(movements);
    }

    /** Which way. */
    public enum Direction {
        /** Came into being: the output of a transformation, or commissioned. */
        MADE,
        /** Gone: the input of a transformation, or destroyed or otherwise decommissioned. */
        USED
    }

    /**
     * What was told in one kind of unit.
     *
     * @param uom the UN/CEFACT Recommendation 20 code that all is converted to
     * @param left made less used; below zero where more was used than anybody said was made
     */
    public record LotSum(String uom, BigDecimal made, BigDecimal used, BigDecimal left) {}

    /**
     * What one event says.
     *
     * @param quantity as told
     * @param uom its UN/CEFACT Recommendation 20 code as told; absent for pieces
     * @param converted in the unit of its sum; absent if the unit is not one that is converted, and in no sum then
     * @param convertedUom that unit
     */
    public record LotMovement(
            Direction direction,
            String eventId,
            Instant eventTime,
            @Nullable String by,
            BigDecimal quantity,
            @Nullable String uom,
            @Nullable BigDecimal converted,
            @Nullable String convertedUom) {}
}
