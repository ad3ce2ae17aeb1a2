package io.clearmarket.gateway.audit;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.readmodel.MoneyAudit;
import io.clearmarket.gateway.readmodel.MoneyAudit.Hit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A gateway's search, as {@link MoneyAudit#search} promises it, done anew over the ledger's records and transactions. */
final class SearchRecheck {
    private final LedgerRecords records;
    private final String wanted;
    private final String hex;
    private final Set<Hit> found = new HashSet<>();

    private SearchRecheck(LedgerRecords records, String wanted) {
        this.records = records;
        this.wanted = wanted;
        this.hex = wanted.startsWith("0x") ? wanted.substring(2).toLowerCase(Locale.ROOT) : wanted;
    }

    /** Adds what the gateway found and is not there, and what is there and it did not find; of more than it answers with it may leave some out. */
    static void compare(
            LedgerRecords records, List<LedgerBlock> blocks, String text, List<Hit> said, Differences differences) {
        SearchRecheck own = new SearchRecheck(records, text.strip());
        own.records();
        own.transactions(blocks);
        Set<Hit> missing = new HashSet<>(own.found);
        said.forEach(missing::remove);
        int leftOut = Math.max(0, own.found.size() - MoneyAudit.MOST_HITS);
        if (missing.size() > leftOut) {
            names(missing).forEach(hit -> differences.add("search", "on the ledger", hit, "nothing"));
        }
        Set<Hit> invented = new HashSet<>(said);
        invented.removeAll(own.found);
        names(invented).forEach(hit -> differences.add("search", "on the ledger", "nothing", hit));
        differences.requireEqual("search", "answers, each once", new HashSet<>(said).size(), said.size());
    }

    private void records() {
        records.all(RecordKind.CONSIGNMENT).forEach((id, value) -> {
            if (isMeant(id)
                    || text(value, "orderId").equals(wanted)
                    || text(value, "escrowId").equals(hex)) {
                add("consignment", id, id);
            }
        });
        records.all(RecordKind.ORDER).keySet().stream().filter(this::isMeant).forEach(id -> add("order", id, null));
        records.all(RecordKind.PARTY).forEach((id, value) -> {
            if (isMeant(id) || text(value, "address").equalsIgnoreCase(wanted)) {
                add("party", id, null);
            }
        });
        records.all(RecordKind.ITEM).forEach((id, value) -> {
            if (isMeant(id)) {
                add("item", id, value.path("consignmentId").asStringOpt().orElse(null));
            }
        });
        records.all(RecordKind.EVENT).forEach((id, value) -> {
            if (isMeant(id) || text(value.path("event"), "document").equals(hex)) {
                add("event", id, null);
            }
        });
        records.all(RecordKind.EVIDENCE).forEach((id, value) -> {
            String[] parts = id.split(" ", -1);
            if (parts[1].equals(hex)) {
                add("evidence", String.join("/", parts), text(value, "consignmentId"));
            }
        });
    }

    private void transactions(List<LedgerBlock> blocks) {
        blocks.stream()
                .flatMap(block -> block.transactions().stream())
                .filter(transaction -> !transaction.id().isEmpty() && isMeant(transaction.id()))
                .forEach(transaction -> {
                    ConsignmentId about = transaction.event() == null
                            ? null
                            : transaction.event().consignmentId();
                    add("transaction", transaction.id(), about == null ? null : about.value());
                });
    }

    private boolean isMeant(String id) {
        return wanted.length() < MoneyAudit.SHORTEST_PREFIX ? id.equals(wanted) : id.startsWith(wanted);
    }

    private void add(String kind, String id, @Nullable String about) {
        found.add(new Hit(kind, id, about == null ? null : new ConsignmentId(about)));
    }

    private static String text(JsonNode value, String member) {
        return value.path(member).asString("");
    }

    private static Set<String> names(Set<Hit> hits) {
        return hits.stream()
                .map(hit -> hit.kind() + " " + hit.id() + (hit.about() == null ? "" : " about " + hit.about()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
