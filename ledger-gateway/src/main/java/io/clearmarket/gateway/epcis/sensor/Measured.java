package io.clearmarket.gateway.epcis.sensor;

import io.clearmarket.chaincode.api.Digest;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * What a device measured and signed.
 *
 * @param device its id on the ledger
 * @param batch SHA-256 of the signed batch's text, under which anybody can ask for it
 * @param readings by time
 */
public record Measured(Digest device, Digest batch, List<Reading> readings) {
    public Measured {
        readings = List.copyOf(readings);
    }

    /**
     * One reading.
     *
     * @param type what was measured, a word of GS1's vocabulary such as {@code Temperature}
     * @param unit by UN/CEFACT Recommendation 20, such as {@code CEL}
     */
    public record Reading(Instant time, String type, BigDecimal value, String unit) {}
}
