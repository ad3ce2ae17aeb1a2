package io.clearmarket.gateway.epcis.warning;

import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.gateway.epcis.store.EpcisProjection;
import io.clearmarket.gateway.epcis.warning.ItemWarnings.Change;
import io.clearmarket.gateway.epcis.warning.Warning.Kind;
import io.clearmarket.gateway.events.BlockProjection;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.fabric.LedgerTransaction;
import io.clearmarket.gateway.fabric.Write;
import io.clearmarket.gateway.readmodel.ItemEventLog;
import io.clearmarket.wallet.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Judges again, with every block, the items that it is about, and tells what came and what went of their warnings: to whoever has the
 * item, who sold and bought it, and who signed the events behind it. A late or corrected event may take a warning away.
 */
@Component
@Order(WarningProjection.ORDER)
class WarningProjection implements BlockProjection {
    static final int ORDER = EpcisProjection.ORDER + 1;

    /** A new warning. */
    static final String WARNED = "item.warning";

    /** A new warning that is a recall: a notice to whoever has the item. */
    static final String RECALLED = "item.recalled";

    /** What was warned of is not so by what is known now. */
    static final String WITHDRAWN = "item.warning_withdrawn";

    private final StoryStore stories;
    private final AffectedItems affected;
    private final ItemWarnings warnings;
    private final ItemEventLog log;

    WarningProjection(JdbcClient database, StoryStore stories, ItemWarnings warnings, ItemEventLog log) {
        this.stories = stories;
        this.affected = new AffectedItems(database);
        this.warnings = warnings;
        this.log = log;
    }

    @Override
    public void apply(LedgerBlock block) {
        Map<String, Integer> events = new LinkedHashMap<>();
        Map<String, Integer> items = new LinkedHashMap<>();
        Map<Integer, Instant> times = new LinkedHashMap<>();
        for (LedgerTransaction transaction : block.transactions()) {
            times.put(transaction.index(), transaction.timestamp());
            for (Write write : transaction.writes()) {
                if (write.kind() == RecordKind.EVENT || write.kind() == RecordKind.DECLARATION) {
                    events.put(write.id().getFirst(), transaction.index());
                } else if (write.kind() == RecordKind.ITEM) {
                    items.put(write.id().getFirst(), transaction.index());
                }
            }
        }
        if (!events.isEmpty()) {
            affected.of(events).forEach((item, index) -> items.merge(item, index, Math::max));
        }
        if (!items.isEmpty()) {
            changes(items.keySet())
                    .forEach(change -> tell(change, block.number(), items.getOrDefault(change.item(), 0), times));
        }
    }

    private List<Change> changes(Set<String> items) {
        Map<String, Set<Warning>> kept = warnings.kept(items);
        List<Change> changes = new ArrayList<>();
        stories.warnings(items).forEach((item, now) -> {
            Set<Warning> before = kept.getOrDefault(item, Set.of());
            Set<Warning> found = new HashSet<>();
            for (Warning warning : now) {
                if (found.add(warning) && !before.contains(warning)) {
                    changes.add(new Change(item, warning, false));
                }
            }
            before.stream()
                    .filter(warning -> !found.contains(warning))
                    .sorted((a, b) -> a.toString().compareTo(b.toString()))
                    .forEach(warning -> changes.add(new Change(item, warning, true)));
        });
        return changes;
    }

    private void tell(Change change, long block, int index, Map<Integer, Instant> times) {
        warnings.write(change, block, index, times.getOrDefault(index, Instant.EPOCH));
        ObjectNode data = Json.MAPPER.createObjectNode();
        data.put("item", change.item());
        data.put("warning", change.warning().kind().name());
        change.warning().eventIds().forEach(data.putArray("events")::add);
        Set<String> parties = warnings.parties(change.warning().eventIds());
        log.append(block, index, type(change), change.item(), parties, data);
    }

    private static String type(Change change) {
        if (change.withdrawn()) {
            return WITHDRAWN;
        }
        return change.warning().kind() == Kind.RECALLED ? RECALLED : WARNED;
    }

    @Override
    public void reset() {
        warnings.clear();
    }
}
