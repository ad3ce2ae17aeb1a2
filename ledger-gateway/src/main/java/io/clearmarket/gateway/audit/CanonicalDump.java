package io.clearmarket.gateway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.gateway.chain.EscrowStatus;
import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What both ledgers say about the business, as text that is equal for two runs of the same orders on two fresh systems:
 * a line for each record (kind, id, RFC 8785 JSON) and for each escrow, sorted, with everything by {@link Mask} hidden
 * that is another each time.
 */
public final class CanonicalDump {
    private CanonicalDump() {}

    /** Reads both ledgers; parameters as for {@link ConservationCheck#of}. */
    public static String of(Path networkFile, URI chainRpc, Path deploymentFile, Path readerMsp, String readerMspId) {
        LedgerRecords ledger = LedgerReader.read(networkFile, readerMsp, readerMspId);
        return text(ledger, ChainSide.read(chainRpc, deploymentFile, ledger));
    }

    static String text(LedgerRecords ledger, ChainSide chain) {
        List<String> lines = new ArrayList<>();
        ledger.byKind().forEach((kind, records) -> lines.addAll(lines(kind, records)));
        ledger.all(RecordKind.CONSIGNMENT).forEach((id, value) -> lines.add(escrow(id, value, chain)));
        return lines.stream().sorted().collect(Collectors.joining("\n", "", "\n"));
    }

    private static List<String> lines(RecordKind kind, SortedMap<String, JsonNode> records) {
        return switch (kind) {
            // how often a command was repeated and who approved first is no business; the indexes say nothing of their
            // own
            case RECEIPT, APPROVAL, EVENTERROR, ITEMEVENT, PARTYORDER, DUE, ARBITERDISPUTE, REFERRAL, STATE ->
                List.of();
            // several decisions may be paid by one transaction or by many, as timing has it
            case EVIDENCE ->
                records.values().stream()
                        .map(value -> kind.objectType() + " " + json(value))
                        .distinct()
                        .toList();
            // the shop's own ids stay, even if they look like hashes
            case ORDER, CONSIGNMENT, TERMS, REVIEW, CASE ->
                records.entrySet().stream()
                        .map(record -> line(kind, record.getKey(), withoutId(record.getValue())))
                        .toList();
            case MARKET, PARTY, ITEM, EVENT, DECLARATION, HANDOVER, DEVICE, READINGS, OFFER, OFFERUSE, EXHIBIT ->
                records.entrySet().stream()
                        .map(record -> line(kind, Mask.text(record.getKey()), Mask.of(record.getValue())))
                        .toList();
        };
    }

    /** The masked value without its own id, which the line already begins with. */
    private static JsonNode withoutId(JsonNode value) {
        JsonNode masked = Mask.of(value);
        if (masked instanceof ObjectNode object) {
            object.remove("id");
        }
        return masked;
    }

    private static String line(RecordKind kind, String id, JsonNode masked) {
        return kind.objectType() + " " + id + " " + canonical(masked);
    }

    private static String escrow(String id, JsonNode value, ChainSide chain) {
        Digest escrowId = Json.MAPPER.treeToValue(value, Consignment.class).escrowId();
        EscrowStatus status = chain.statuses().get(escrowId);
        Map<String, Object> shown = new TreeMap<>();
        shown.put(
                "undelivered",
                chain.undelivered().getOrDefault(escrowId, BigInteger.ZERO).toString());
        if (status != null) {
            shown.put("status", status);
        }
        return "chain " + id + " " + canonical(Json.MAPPER.valueToTree(shown));
    }

    private static String json(JsonNode value) {
        return canonical(Mask.of(value));
    }

    private static String canonical(JsonNode value) {
        return new String(CanonicalJson.bytes(value), UTF_8);
    }
}
