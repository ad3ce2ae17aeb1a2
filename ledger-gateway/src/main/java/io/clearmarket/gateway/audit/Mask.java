package io.clearmarket.gateway.audit;

import io.clearmarket.wallet.json.Json;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hides what differs between two runs of the same business on two fresh systems: keys, whatever was hashed or drawn at
 * random, and ledger times. What is hidden leaves {@code #} behind, so that presence still counts.
 */
final class Mask {
    private static final String HIDDEN = "#";

    /** Certificates, keys and signatures, which are base64 or PEM, and ledger times. */
    private static final Set<String> HIDDEN_MEMBERS = Set.of(
            "certificate",
            "publicKey",
            "buyerSignature",
            "merchantSignature",
            "placedAt",
            "at",
            "since",
            "recordedAt",
            "expiry",
            "payBy",
            "shipBy",
            "deliverBy",
            "inspectUntil",
            "returnShipBy",
            "returnDeliverBy",
            "returnInspectUntil",
            "arbiterBy",
            "appealUntil",
            "stopDate");

    /** The shop's own names of things: many shops' look like hashes. */
    private static final Set<String> KEPT_MEMBERS = Set.of("orderId", "consignmentId", "consignments", "product");

    private static final Pattern OPAQUE =
            Pattern.compile("0x[0-9a-fA-F]+|(?<![0-9a-zA-Z])(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{32})(?![0-9a-zA-Z])");

    private Mask() {}

    /** A copy with hidden values. */
    static JsonNode of(JsonNode value) {
        if (value.isObject()) {
            ObjectNode masked = Json.MAPPER.createObjectNode();
            value.properties()
                    .forEach(member -> masked.set(member.getKey(), member(member.getKey(), member.getValue())));
            return masked;
        }
        if (value.isArray()) {
            ArrayNode masked = Json.MAPPER.createArrayNode();
            value.forEach(each -> masked.add(of(each)));
            return masked;
        }
        return value.isString() ? Json.MAPPER.getNodeFactory().stringNode(text(value.stringValue())) : value;
    }

    /** A text with every hash, address and random id hidden. */
    static String text(String text) {
        return OPAQUE.matcher(text).replaceAll(HIDDEN);
    }

    private static JsonNode member(String name, JsonNode value) {
        if (HIDDEN_MEMBERS.contains(name)) {
            return Json.MAPPER.getNodeFactory().stringNode(HIDDEN);
        }
        return KEPT_MEMBERS.contains(name) ? value : of(value);
    }
}
