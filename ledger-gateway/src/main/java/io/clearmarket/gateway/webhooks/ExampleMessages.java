package io.clearmarket.gateway.webhooks;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.wallet.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages as a shop's developer wants them on demand: of the form of the real ones, about an order that does not exist, with
 * whatever fields they like.
 */
public final class ExampleMessages {
    private static final String PARTY = "5a".repeat(32);
    private static final String NOTHING = "0";
    private static final String TOTAL = "1250000";
    private static final List<String> MEMBERS = List.of("type", "timestamp", "data", "number", "previous");

    /** Of each type the command behind it and how the goods stand after it; the money follows from the type. */
    private static final Map<String, List<String>> KNOWN = known();

    private ExampleMessages() {}

    private static Map<String, List<String>> known() {
        Map<String, List<String>> known = new LinkedHashMap<>();
        known.put("order.placed", List.of("placeOrder", "PLACED"));
        known.put("deposit.seen", List.of("recordDeposit", "PLACED"));
        known.put("consignment.funded", List.of("recordDeposit", "PLACED"));
        known.put("consignment.shipped", List.of("ship", "SHIPPED"));
        known.put("consignment.delivered", List.of("deliver", "DELIVERED"));
        known.put("consignment.accepted", List.of("accept", "ACCEPTED"));
        known.put("consignment.decided", List.of("accept", "ACCEPTED"));
        known.put("consignment.paid", List.of("recordPaid", "ACCEPTED"));
        known.put("consignment.cancelled", List.of("cancelFunded", "CANCELLED"));
        known.put("consignment.refunded", List.of("refund", "DELIVERED"));
        known.put("consignment.disputed", List.of("dispute", "DISPUTED"));
        known.put("item.warning", List.of("recordEvent", "DELIVERED"));
        known.put("item.recalled", List.of("recordEvent", "DELIVERED"));
        known.put("review.recorded", List.of("recordReview", "ACCEPTED"));
        known.put("review.answered", List.of("answerReview", "ACCEPTED"));
        return known;
    }

    /** The types that there are examples of. */
    public static List<String> types() {
        return List.copyOf(KNOWN.keySet());
    }

    /**
     * An example.
     *
     * @param overrides values by path in the message, such as {@code data.data.money.held}: JSON, or else text
     * @throws InvalidWebhook if there is no example of that type, or a path leads through something that is no object
     */
    public static Message of(String type, Instant at, Map<String, String> overrides) {
        List<String> known = KNOWN.get(type);
        if (known == null) {
            throw new InvalidWebhook("there is no example of type \"" + type + "\"; there are " + types());
        }
        ObjectNode message = Json.MAPPER.createObjectNode();
        message.put("type", type);
        message.put("timestamp", at.truncatedTo(ChronoUnit.MILLIS).toString());
        message.set("data", event(type, at, known));
        overrides.forEach((path, value) -> set(message, path, value));
        JsonNode number = message.path("number");
        JsonNode previous = message.path("previous");
        return Message.of(
                message.path("data").path("position").asString("0.0.0"),
                message.path("type").asString(type),
                instant(message.path("timestamp").asString("")),
                message.path("data"),
                number.isIntegralNumber() ? number.longValue() : 1,
                previous.isString() ? new Digest(previous.stringValue()) : Digest.ZERO);
    }

    private static ObjectNode event(String type, Instant at, List<String> known) {
        ObjectNode event = Json.MAPPER.createObjectNode();
        event.put("position", "0.0.0");
        event.put("type", type);
        event.put("transactionId", "0".repeat(64));
        event.put("command", known.get(0));
        event.put("commandId", "example");
        event.put("by", PARTY);
        event.put("at", at.truncatedTo(ChronoUnit.MILLIS).toString());
        event.put("orderId", "example-order");
        event.put("consignmentId", "example-order.1");
        ObjectNode data = event.putObject("data");
        if (type.startsWith("item.")) {
            return aboutItem(event, data, type);
        }
        data.put("goods", known.get(1));
        data.put("version", 1);
        data.put("closed", false);
        data.set("money", money(type));
        return event;
    }

    private static ObjectNode aboutItem(ObjectNode event, ObjectNode data, String type) {
        data.put("item", "https://id.gs1.org/01/09521234123453/21/A-1");
        data.put("warning", type.equals("item.recalled") ? "RECALLED" : "SALE_AFTER_SALE");
        data.putArray("events").add("urn:uuid:00000000-0000-4000-8000-000000000000");
        return event;
    }

    private static ObjectNode money(String type) {
        boolean placed = type.equals("order.placed");
        boolean paid = type.equals("consignment.paid");
        boolean decided = paid || type.equals("consignment.decided") || type.equals("consignment.accepted");
        ObjectNode money = Json.MAPPER.createObjectNode();
        money.put("deposited", placed ? NOTHING : TOTAL);
        money.put("held", placed || decided ? NOTHING : TOTAL);
        money.put("gross", decided ? TOTAL : NOTHING);
        money.put("buyer", NOTHING);
        money.put("paidGross", paid ? TOTAL : NOTHING);
        money.put("paidBuyer", NOTHING);
        return money;
    }

    private static void set(ObjectNode message, String path, String value) {
        ObjectNode at = message;
        String[] names = path.split("\\.", -1);
        if (!MEMBERS.contains(names[0])) {
            throw new InvalidWebhook("a message has no \"" + names[0] + "\"; it has " + MEMBERS);
        }
        for (int i = 0; i < names.length - 1; i++) {
            JsonNode next = at.path(names[i]);
            if (next.isMissingNode()) {
                next = at.putObject(names[i]);
            }
            if (!(next instanceof ObjectNode object)) {
                throw new InvalidWebhook(path + " leads through \"" + names[i] + "\", which is no object");
            }
            at = object;
        }
        at.set(names[names.length - 1], parsed(value));
    }

    private static JsonNode parsed(String value) {
        try {
            return Json.MAPPER.readTree(value);
        } catch (JacksonException text) {
            return Json.MAPPER.getNodeFactory().stringNode(value);
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidWebhook("timestamp is \"" + text + "\", not an instant such as 2026-11-26T12:00:00Z");
        }
    }
}
