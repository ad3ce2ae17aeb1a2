package io.clearmarket.gateway.audit;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.EscrowReader;
import io.clearmarket.gateway.chain.EscrowStatus;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.fabric.LedgerTransaction;
import io.clearmarket.gateway.fabric.Write;
import io.clearmarket.gateway.readmodel.MoneyAudit.Line;
import io.clearmarket.gateway.readmodel.MoneyAudit.Part;
import io.clearmarket.wallet.json.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The list of the conservation check's consignments, computed anew from the ledger's records. */
final class ConservationLines {
    /** Newest first. */
    private final List<Consignment> consignments;

    private final SortedMap<String, JsonNode> terms;

    private ConservationLines(List<Consignment> consignments, SortedMap<String, JsonNode> terms) {
        this.consignments = consignments;
        this.terms = terms;
    }

    /** When a consignment's first record was written. */
    private record Created(long block, int transaction, String id) {}

    static ConservationLines of(List<LedgerBlock> blocks) {
        LedgerRecords records = LedgerRecords.of(blocks.size(), Digest.ZERO, blocks);
        SortedMap<String, JsonNode> last = records.all(RecordKind.CONSIGNMENT);
        List<Consignment> newestFirst = created(blocks).stream()
                .sorted(Comparator.comparingLong(Created::block)
                        .thenComparingInt(Created::transaction)
                        .thenComparing(Created::id)
                        .reversed())
                .map(created -> last.get(created.id()))
                .map(value -> Json.MAPPER.treeToValue(value, Consignment.class))
                .toList();
        return new ConservationLines(newestFirst, records.all(RecordKind.TERMS));
    }

    private static List<Created> created(List<LedgerBlock> blocks) {
        Map<String, Created> first = new LinkedHashMap<>();
        for (LedgerBlock block : blocks) {
            for (LedgerTransaction transaction : block.transactions()) {
                for (Write write : transaction.writes()) {
                    if (write.kind() == RecordKind.CONSIGNMENT) {
                        String id = String.join(" ", write.id());
                        first.putIfAbsent(id, new Created(block.number(), transaction.index(), id));
                    }
                }
            }
        }
        return List.copyOf(first.values());
    }

    /**
     * Adds what a part of the list says otherwise.
     *
     * @param before the last consignment of the part before it; null for the first part
     */
    void compare(@Nullable Line before, Part said, Differences differences) {
        int from = before == null ? 0 : 1 + position(before);
        int to = Math.min(from + said.items().size(), consignments.size());
        List<Line> own = consignments.subList(from, to).stream().map(this::line).toList();
        Recheck.compare(
                "consignments after " + (before == null ? "none" : before.id()),
                Json.MAPPER.valueToTree(said.items()),
                Json.MAPPER.valueToTree(own),
                differences);
        differences.requireEqual(
                "consignments", "more of them after " + to, to < consignments.size(), said.next() != null);
    }

    private int position(Line line) {
        return consignments.stream().map(Consignment::id).toList().indexOf(line.id());
    }

    /** Adds what the contract has not seen of what the ledger says was deposited and paid; it may have seen more by now. */
    void compare(EscrowReader contract, Differences differences) {
        List<EscrowStatus> statuses = contract.statuses(
                consignments.stream().map(Consignment::escrowId).toList());
        for (int i = 0; i < statuses.size(); i++) {
            String id = consignments.get(i).id().value();
            Consignment.Ledgered money = consignments.get(i).money();
            EscrowStatus status = statuses.get(i);
            if (!money.deposited().isZero()) {
                differences.requireEqual(id, "deposited on the chain", true, status.deposited());
            }
            differences.requireAtLeast(
                    id,
                    "paid gross on the chain",
                    money.paidGross().units(),
                    status.gross().units());
            differences.requireAtLeast(
                    id,
                    "paid to the payer on the chain",
                    money.paidBuyer().units(),
                    status.payer().units());
        }
    }

    private Line line(Consignment consignment) {
        Consignment.Ledgered money = consignment.money();
        JsonNode signed = terms.get(consignment.id().value());
        return new Line(
                consignment.id(),
                consignment.merchant(),
                consignment.buyer(),
                consignment.asset(),
                money.deposited(),
                money.held(),
                money.gross(),
                money.merchant(),
                money.fee(),
                money.referrer(),
                money.buyer(),
                money.paidGross(),
                money.paidBuyer(),
                money.gross().equals(money.paidGross()) && money.buyer().equals(money.paidBuyer()),
                breaches(
                        consignment,
                        signed == null
                                ? null
                                : Json.MAPPER
                                        .treeToValue(signed, SignedTerms.class)
                                        .terms()));
    }

    /** The rules that do not hold, by the names and in the order that the check gives them. */
    private static List<String> breaches(Consignment consignment, @Nullable Terms terms) {
        Consignment.Ledgered money = consignment.money();
        BigInteger gross = money.gross().units();
        List<String> broken = new ArrayList<>();
        add(broken, "TERMS_MISSING", terms == null);
        add(
                broken,
                "DEPOSITED_NOT_HELD_PLUS_DECIDED",
                !money.deposited().units().equals(ConsignmentRules.accounted(money)));
        add(broken, "GROSS_NOT_SUM_OF_SHARES", !gross.equals(ConsignmentRules.shares(money)));
        if (terms != null) {
            add(
                    broken,
                    "FEE_NOT_AS_AGREED",
                    !money.fee().units().equals(ConsignmentRules.share(gross, terms.feeBps())));
            add(
                    broken,
                    "REFERRAL_NOT_AS_AGREED",
                    !money.referrer().units().equals(ConsignmentRules.share(gross, terms.referralBps())));
            add(
                    broken,
                    "DEPOSIT_NOT_THE_TOTAL",
                    !money.deposited().isZero() && !money.deposited().equals(terms.total()));
        }
        add(
                broken,
                "PAID_MORE_THAN_DECIDED",
                money.paidGross().isMoreThan(money.gross()) || money.paidBuyer().isMoreThan(money.buyer()));
        add(broken, "CLOSED_BUT_HELD", consignment.closed() && !money.held().isZero());
        return broken;
    }

    private static void add(List<String> broken, String rule, boolean isBroken) {
        if (isBroken) {
            broken.add(rule);
        }
    }
}
