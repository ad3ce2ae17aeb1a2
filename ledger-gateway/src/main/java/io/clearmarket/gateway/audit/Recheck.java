package io.clearmarket.gateway.audit;

import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.ChainLog;
import io.clearmarket.gateway.chain.EscrowReader;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.fabric.LedgerSnapshot;
import io.clearmarket.gateway.finance.Delta;
import io.clearmarket.gateway.finance.Solvency;
import io.clearmarket.gateway.finance.SolvencyCheck;
import io.clearmarket.gateway.finance.Statement;
import io.clearmarket.gateway.finance.Statement.Evm;
import io.clearmarket.gateway.finance.Statement.Movement;
import io.clearmarket.gateway.finance.StatementGas;
import io.clearmarket.gateway.finance.StatementMaker;
import io.clearmarket.gateway.readmodel.AsOf;
import io.clearmarket.gateway.readmodel.MoneyAudit.Conservation;
import io.clearmarket.gateway.readmodel.MoneyAudit.Escrow;
import io.clearmarket.gateway.readmodel.MoneyAudit.Hit;
import io.clearmarket.gateway.readmodel.MoneyAudit.Line;
import io.clearmarket.gateway.readmodel.MoneyAudit.Part;
import io.clearmarket.wallet.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Answers of a gateway computed anew from one's own peer and one's own node of the settlement chain, at the blocks that the
 * answer names. What the gateway said and what comes out here are compared member by member.
 */
public final class Recheck {
    private final LedgerSnapshot ledger;
    private final EscrowReader contract;

    /**
     * @param ledger read from one's own peer
     * @param contract through one's own node
     */
    public Recheck(LedgerSnapshot ledger, EscrowReader contract) {
        this.ledger = ledger;
        this.contract = contract;
    }

    /**
     * All blocks of a peer, verified to be a chain.
     *
     * @param networkFile {@code network.json}
     * @param peerMspId whose peer is asked
     * @param readerMsp MSP folder of who asks
     */
    public static LedgerSnapshot ledger(Path networkFile, String peerMspId, Path readerMsp, String readerMspId) {
        return LedgerReader.snapshot(networkFile, peerMspId, readerMsp, readerMspId);
    }

    /**
     * @param said the gateway's answer about one asset, or about all
     * @return what differs, a line each; none if all is as it said
     */
    public List<String> of(Solvency said, @Nullable Asset asset) {
        Differences differences = new Differences();
        if (!sameBlock(said.ledger(), differences)) {
            return differences.lines();
        }
        if (contract.finalizedBlock().number() < said.chain().number()) {
            differences.add("chain", "final block", said.chain().number(), "not final at this node");
            return differences.lines();
        }
        differences.requireEqual(
                "chain",
                "hash of block " + said.chain().number(),
                said.chain().hash(),
                contract.block(said.chain().number()).hash());
        Solvency own = SolvencyCheck.of(said.ledger(), escrows(said.ledger(), asset), contract, said.chain());
        compare("solvency", Json.MAPPER.valueToTree(said), Json.MAPPER.valueToTree(own), differences);
        return differences.lines();
    }

    /** Likewise of a statement; each payout's shares are also compared with what the contract's own log says. */
    public List<String> of(Statement said) {
        Differences differences = new Differences();
        if (!sameBlock(said.asOf(), differences)) {
            return differences.lines();
        }
        BlockHistory history = new BlockHistory(upTo(said.asOf()));
        Statement own = new StatementMaker(history, said.asOf()).of(said.merchant(), said.from(), said.to());
        compare(
                "statement",
                Json.MAPPER.valueToTree(said),
                Json.MAPPER.valueToTree(StatementGas.added(own, contract)),
                differences);
        checkLogs(said, history.terms(said.merchant()), differences);
        return differences.lines();
    }

    /**
     * Likewise of the conservation check, from the ledger alone.
     *
     * @param asOf the block that the answer names
     */
    public List<String> of(Conservation said, AsOf asOf) {
        Differences differences = new Differences();
        if (sameBlock(asOf, differences)) {
            ConservationRecheck.compare(LedgerRecords.of(asOf.block() + 1, asOf.hash(), upTo(asOf)), said, differences);
        }
        return differences.lines();
    }

    /**
     * Likewise of the check's consignments, from the ledger and the contract's state now, which may be ahead of the ledger and never behind it.
     *
     * @param parts of the list, one after the other from its beginning
     */
    public List<String> of(List<Part> parts) {
        Differences differences = new Differences();
        Line before = null;
        ConservationLines own = null;
        AsOf at = null;
        for (Part part : parts) {
            if (!sameBlock(part.asOf(), differences)) {
                return differences.lines();
            }
            if (own == null || !part.asOf().equals(at)) {
                own = ConservationLines.of(upTo(part.asOf()));
                at = part.asOf();
            }
            own.compare(before, part, differences);
            before = part.items().isEmpty() ? before : part.items().getLast();
        }
        if (own != null) {
            own.compare(contract, differences);
        }
        return differences.lines();
    }

    /**
     * Likewise of a search, from the ledger alone.
     *
     * @param text what was searched for
     * @param asOf the block that the answer names
     */
    public List<String> of(String text, List<Hit> said, AsOf asOf) {
        Differences differences = new Differences();
        if (sameBlock(asOf, differences)) {
            List<LedgerBlock> blocks = upTo(asOf);
            SearchRecheck.compare(
                    LedgerRecords.of(asOf.block() + 1, asOf.hash(), blocks), blocks, text, said, differences);
        }
        return differences.lines();
    }

    private void checkLogs(Statement said, Map<ConsignmentId, Terms> terms, Differences differences) {
        long upTo = contract.finalizedBlock().number();
        Map<String, List<ChainLog>> histories = new TreeMap<>();
        said.accounts()
                .forEach(account -> account.movements().forEach(movement -> {
                    Terms agreed = terms.get(movement.consignment());
                    if (movement.evm() != null && agreed != null) {
                        List<ChainLog> history = histories.computeIfAbsent(
                                movement.consignment().value(),
                                id -> contract.history(EscrowTypes.escrowId(agreed), upTo));
                        checkLog(movement, movement.evm(), history, differences);
                    }
                }));
    }

    private boolean sameBlock(AsOf asOf, Differences differences) {
        if (asOf.block() >= ledger.height()) {
            differences.add(
                    "ledger", "block " + asOf.block(), "known to this peer", "only " + ledger.height() + " blocks");
            return false;
        }
        Digest own = ledger.blocks().get(Math.toIntExact(asOf.block())).hash();
        differences.requireEqual("ledger", "hash of block " + asOf.block(), asOf.hash(), own);
        return asOf.hash().equals(own);
    }

    private List<LedgerBlock> upTo(AsOf asOf) {
        return ledger.blocks().subList(0, Math.toIntExact(asOf.block() + 1));
    }

    private List<Escrow> escrows(AsOf asOf, @Nullable Asset asset) {
        LedgerRecords records = LedgerRecords.of(asOf.block() + 1, asOf.hash(), upTo(asOf));
        SortedMap<String, JsonNode> signed = records.all(RecordKind.TERMS);
        List<Escrow> escrows = new ArrayList<>();
        records.all(RecordKind.CONSIGNMENT).forEach((id, value) -> {
            Consignment consignment = Json.MAPPER.treeToValue(value, Consignment.class);
            JsonNode terms = signed.get(id);
            if (terms != null && (asset == null || consignment.asset().equals(asset))) {
                escrows.add(escrow(
                        consignment,
                        Json.MAPPER.treeToValue(terms, SignedTerms.class).terms()));
            }
        });
        return escrows;
    }

    private static Escrow escrow(Consignment consignment, Terms terms) {
        Consignment.Ledgered money = consignment.money();
        return new Escrow(
                consignment.id(),
                consignment.escrowId(),
                consignment.asset(),
                terms.total(),
                money.deposited(),
                money.held(),
                money.gross().plus(money.buyer()),
                money.paidGross(),
                money.paidBuyer());
    }

    private static void checkLog(Movement movement, Evm evm, List<ChainLog> history, Differences differences) {
        String subject = movement.consignment() + " " + evm.transaction() + ":" + evm.logIndex();
        ChainLog log = history.stream()
                .filter(each -> each.ref().transaction().equals(evm.transaction())
                        && each.ref().logIndex() == evm.logIndex())
                .findFirst()
                .orElse(null);
        if (log == null) {
            differences.add(subject, "log of the contract", "there", "not at this node");
            return;
        }
        switch (log) {
            case ChainLog.Deposited deposited ->
                differences.requireEqual(subject, "deposited", Delta.of(deposited.total()), movement.deposited());
            case ChainLog.Settled settled -> shares(subject, settled.shares(), movement, differences);
            case ChainLog.PaidDirect direct -> shares(subject, direct.shares(), movement, differences);
            case ChainLog.SplitDirect split -> shares(subject, split.shares(), movement, differences);
            case ChainLog.RefundedDirect refund ->
                differences.requireEqual(subject, "buyer", Delta.of(refund.payerShare()), movement.buyer());
            case ChainLog.Reclaimed reclaimed ->
                differences.requireEqual(subject, "buyer", Delta.of(reclaimed.payerShare()), movement.buyer());
            case ChainLog.Skipped other -> noMoney(subject, other, differences);
            case ChainLog.Voided other -> noMoney(subject, other, differences);
            case ChainLog.Claimable other -> noMoney(subject, other, differences);
            case ChainLog.Claimed other -> noMoney(subject, other, differences);
            case ChainLog.Other other -> noMoney(subject, other, differences);
        }
    }

    private static void noMoney(String subject, ChainLog log, Differences differences) {
        differences.add(
                subject, "kind of log", "one that moves money", log.getClass().getSimpleName());
    }

    private static void shares(String subject, ChainLog.Shares shares, Movement movement, Differences differences) {
        differences.requireEqual(subject, "merchant", Delta.of(shares.merchant()), movement.merchant());
        differences.requireEqual(subject, "fee", Delta.of(shares.fee()), movement.fee());
        differences.requireEqual(subject, "referral", Delta.of(shares.referral()), movement.referral());
        differences.requireEqual(subject, "buyer", Delta.of(shares.payer()), movement.buyer());
    }

    /** Names each member that differs: what was computed here is expected, what the gateway said is found. */
    static void compare(String where, JsonNode said, JsonNode own, Differences differences) {
        if (said.equals(own)) {
            return;
        }
        if (said.isObject() && own.isObject()) {
            TreeSet<String> names = new TreeSet<>(said.propertyNames());
            names.addAll(own.propertyNames());
            names.forEach(name -> compare(where + "." + name, said.path(name), own.path(name), differences));
        } else if (said.isArray() && own.isArray()) {
            for (int i = 0; i < Math.max(said.size(), own.size()); i++) {
                compare(where + "[" + i + "]", said.path(i), own.path(i), differences);
            }
        } else {
            differences.add(where, "the gateway's answer", shown(own), shown(said));
        }
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "nothing" : value.toString();
    }
}
