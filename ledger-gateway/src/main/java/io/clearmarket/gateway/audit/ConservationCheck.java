package io.clearmarket.gateway.audit;

import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.EscrowStatus;
import io.clearmarket.wallet.json.Json;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Whether both ledgers account for all money, recomputed from blocks and contract alone. Both are read one after the other,
 * so it is exact only while nothing is under way.
 */
public final class ConservationCheck {
    private final LedgerRecords ledger;
    private final ChainSide chain;
    private final Differences differences = new Differences();
    private final ConsignmentRules rules = new ConsignmentRules(differences);
    private final SortedMap<String, AssetSums> sums = new TreeMap<>();

    private ConservationCheck(LedgerRecords ledger, ChainSide chain) {
        this.ledger = ledger;
        this.chain = chain;
    }

    /**
     * Reads both ledgers and compares them.
     *
     * @param networkFile {@code network.json}
     * @param deploymentFile where the contracts are
     * @param readerMsp MSP folder of who reads the auditor's peer
     * @param readerMspId that reader's organisation
     */
    public static CheckResult of(
            Path networkFile, URI chainRpc, Path deploymentFile, Path readerMsp, String readerMspId) {
        LedgerRecords ledger = LedgerReader.read(networkFile, readerMsp, readerMspId);
        return run(ledger, ChainSide.read(chainRpc, deploymentFile, ledger));
    }

    static CheckResult run(LedgerRecords ledger, ChainSide chain) {
        return new ConservationCheck(ledger, chain).run();
    }

    private CheckResult run() {
        SortedMap<String, JsonNode> consignments = ledger.all(RecordKind.CONSIGNMENT);
        consignments.forEach(this::check);
        for (String id : ledger.all(RecordKind.TERMS).keySet()) {
            if (!consignments.containsKey(id)) {
                differences.add(id, "consignment of the terms", "a record", "none");
            }
        }
        SortedMap<String, CheckResult.Sums> totals = new TreeMap<>();
        sums.forEach((asset, sum) -> totals.put(asset, sum.against(chain)));
        totals.forEach((asset, sum) -> differences.requireAtLeast(
                asset,
                "contract's balance, of held + pending + claimable",
                sum.held().add(sum.pending()).add(sum.claimable()),
                sum.balance()));
        return new CheckResult(
                ledger.height(), ledger.hash(), chain.block(), consignments.size(), totals, differences.lines());
    }

    private void check(String id, JsonNode value) {
        requireNoNegative(id, value.path("money"));
        Consignment consignment = parsed(id, value, Consignment.class);
        JsonNode signed = ledger.all(RecordKind.TERMS).get(id);
        if (signed == null) {
            differences.add(id, "terms of the consignment", "a record", "none");
            return;
        }
        SignedTerms terms = parsed(id, signed, SignedTerms.class);
        if (consignment != null && terms != null) {
            check(id, consignment, terms.terms());
        }
    }

    private void check(String id, Consignment consignment, Terms terms) {
        rules.check(id, consignment, terms);
        differences.requireEqual(
                id, "chain of the terms", chain.chainId(), terms.escrow().chainId());
        differences.requireEqual(
                id, "contract of the terms", chain.contract(), terms.escrow().contract());
        EscrowStatus status = chain.statuses().get(consignment.escrowId());
        rules.checkChain(id, consignment.money(), status);
        Asset asset = consignment.asset();
        sums.computeIfAbsent(asset.caip19(), name -> new AssetSums(asset)).add(consignment.money(), status);
    }

    /** Looks at the text, since no {@code Amount} can be negative and a record with one would only be unreadable. */
    private void requireNoNegative(String id, JsonNode money) {
        for (Map.Entry<String, JsonNode> member : money.properties()) {
            JsonNode value = member.getValue();
            if (value.isString() && value.stringValue().startsWith("-")) {
                differences.add(id, member.getKey(), "no negative amount", value.stringValue());
            } else if (value.isArray()) {
                value.forEach(each -> requireNoNegative(id, each));
            }
        }
    }

    private <T> @Nullable T parsed(String id, JsonNode value, Class<T> type) {
        try {
            return Json.MAPPER.treeToValue(value, type);
        } catch (JacksonException e) {
            differences.add(id, "record", "a " + type.getSimpleName(), e.getOriginalMessage());
            return null;
        }
    }
}
