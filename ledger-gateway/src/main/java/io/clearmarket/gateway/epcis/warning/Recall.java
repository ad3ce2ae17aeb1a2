package io.clearmarket.gateway.epcis.warning;

import java.time.OffsetDateTime;
import java.util.Set;

/**
 * Somebody calls back the item, its lot, or something that it was made of.
 *
 * @param eventId the EPCIS event of disposition {@code recalled}
 * @param party who says so
 * @param makers who brought into being what is called back
 */
public record Recall(String eventId, OffsetDateTime time, String party, Set<String> makers) {
    public Recall {
        makers = Set.copyOf(makers);
    }

    /** True if it counts: nobody can call back what others made. */
    public boolean isByMaker() {
        return makers.contains(party);
    }
}
