package io.clearmarket.gateway.audit;

import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.gateway.readmodel.MoneyAudit.Conservation;
import io.clearmarket.gateway.readmodel.MoneyAudit.Line;
import io.clearmarket.gateway.readmodel.MoneyAudit.Totals;
import io.clearmarket.wallet.json.Json;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A gateway's conservation check computed anew from the ledger's records. */
final class ConservationRecheck {
    private final LedgerRecords ledger;
    private final SortedMap<String, Totals> totals = new TreeMap<>();
    private final SortedSet<String> differing = new TreeSet<>();

    private ConservationRecheck(LedgerRecords ledger) {
        this.ledger = ledger;
    }

    /** Adds what the gateway said otherwise. */
    static void compare(LedgerRecords ledger, Conservation said, Differences differences) {
        ConservationRecheck own = new ConservationRecheck(ledger);
        SortedMap<String, JsonNode> consignments = ledger.all(RecordKind.CONSIGNMENT);
        consignments.values().forEach(own::add);
        differences.requireEqual("conservation", "checked", (long) consignments.size(), said.checked());
        Recheck.compare(
                "conservation.totals",
                Json.MAPPER.valueToTree(said.totals()),
                Json.MAPPER.valueToTree(own.totals.values()),
                differences);
        differences.requireEqual(
                "conservation",
                "consignments that differ",
                own.differing,
                said.differing().stream()
                        .map(Line::id)
                        .map(ConsignmentId::value)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private void add(JsonNode value) {
        Consignment consignment = Json.MAPPER.treeToValue(value, Consignment.class);
        String id = consignment.id().value();
        Asset asset = consignment.asset();
        totals.merge(asset.caip19(), totals(asset, consignment.money()), ConservationRecheck::plus);
        JsonNode signed = ledger.all(RecordKind.TERMS).get(id);
        Differences wrong = new Differences();
        if (signed != null) {
            new ConsignmentRules(wrong)
                    .check(
                            id,
                            consignment,
                            Json.MAPPER.treeToValue(signed, SignedTerms.class).terms());
        }
        if (signed == null || !wrong.lines().isEmpty()) {
            differing.add(id);
        }
    }

    private static Totals totals(Asset asset, Consignment.Ledgered money) {
        return new Totals(
                asset,
                1,
                money.deposited(),
                money.held(),
                money.gross(),
                money.merchant(),
                money.fee(),
                money.referrer(),
                money.buyer(),
                money.paidGross(),
                money.paidBuyer());
    }

    private static Totals plus(Totals one, Totals other) {
        return new Totals(
                one.asset(),
                one.consignments() + other.consignments(),
                one.deposited().plus(other.deposited()),
                one.held().plus(other.held()),
                one.gross().plus(other.gross()),
                one.merchant().plus(other.merchant()),
                one.fee().plus(other.fee()),
                one.referrer().plus(other.referrer()),
                one.buyer().plus(other.buyer()),
                one.paidGross().plus(other.paidGross()),
                one.paidBuyer().plus(other.paidBuyer()));
    }
}
