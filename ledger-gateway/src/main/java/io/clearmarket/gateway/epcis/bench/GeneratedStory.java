package io.clearmarket.gateway.epcis.bench;

import io.clearmarket.gateway.epcis.warning.CustodyChange;
import io.clearmarket.gateway.epcis.warning.Position;
import io.clearmarket.gateway.epcis.warning.Warning;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An item's story, and what is wrong with it by the generator's own knowledge.
 *
 * @param told everything that was captured, in the order in which it was
 * @param custody what the ledger says of who has it, by time
 * @param places where the places are
 * @param maker the party that brought item and lot into being
 * @param wrong the kinds of warning that are due; none for an honest one
 * @param cheat what was done, in words; "" for an honest one
 * @param lotExpires the last day of the lot that it is of, where its maker told it of the lot and not of the item; else null
 */
record GeneratedStory(
        List<Told> told,
        List<CustodyChange> custody,
        Map<String, Position> places,
        String maker,
        Set<Warning.Kind> wrong,
        String cheat,
        @Nullable LocalDate lotExpires) {
    GeneratedStory {
        told = List.copyOf(told);
        custody = List.copyOf(custody);
        places = Map.copyOf(places);
        wrong = Set.copyOf(wrong);
    }

    /**
     * An event as it was captured.
     *
     * @param recordedAt when
     * @param declaredAt when its party declared it to be in error; null if it did not
     */
    record Told(
            String eventId,
            String party,
            ObjectNode event,
            Instant recordedAt,
            @Nullable Instant declaredAt) {
        /** True if the repository has it at that time and it is not in error. */
        boolean holdsAt(Instant time) {
            return !recordedAt.isAfter(time) && (declaredAt == null || declaredAt.isAfter(time));
        }
    }
}
