package io.clearmarket.gateway.api;

import io.clearmarket.gateway.testing.DeviceBuyer;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Authenticated requests whose form is wrong: the gateway refuses them itself. */
public final class MalformedRequests {
    private static final String ORDERS = "/api/v1/orders";
    private static final String CANCEL = "/api/v1/consignments/order-0001.1/cancel";

    private final TestHttp anonymous;
    private final TestHttp buyer;
    private final TestHttp device;
    private final DeviceBuyer deviceBuyer;
    private final DeviceBuyer otherBuyer;
    private final TestHttp operator;
    private final List<BadRequest> requests = new ArrayList<>();

    public MalformedRequests(GatewayTestSystem system, DeviceBuyer deviceBuyer, DeviceBuyer otherBuyer) {
        this.anonymous = system.http(null);
        this.buyer = system.http(system.token("buyer"));
        this.operator = system.http(system.token("operator-PlatformMSP"));
        this.device = deviceBuyer.http();
        this.deviceBuyer = deviceBuyer;
        this.otherBuyer = otherBuyer;
    }

    public List<BadRequest> all() {
        json();
        values();
        http();
        signing();
        enrolling();
        return requests;
    }

    private void json() {
        body("no JSON at all", 400, "MALFORMED_JSON", "hello");
        body("JSON cut short", 400, "MALFORMED_JSON", "{\"orderId\":");
        body("a body that is empty", 400, "MALFORMED_JSON", "");
        body("an array for an object", 400, "WRONG_TYPE", "[]");
        body("a member twice", 400, "DUPLICATE_FIELD", "{\"orderId\":\"order-0001\",\"orderId\":\"order-0002\"}");
        body("something after the document", 400, "TRAILING_BYTES", "{} {}");
        body("nesting without end", 400, "TOO_LONG", "{\"a\":".repeat(2_000));
        bytes("bytes that are no UTF-8", 400, "MALFORMED_JSON", new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});
    }

    private void values() {
        post("a member missing", 400, "MISSING_FIELD", CANCEL, "{}");
        post("a member null", 400, "MISSING_FIELD", CANCEL, "{\"version\":null}");
        post("an unknown member", 400, "UNKNOWN_FIELD", CANCEL, "{\"version\":1,\"why\":\"so\"}");
        post("text for a number", 400, "INVALID_VALUE", CANCEL, "{\"version\":\"one\"}");
        add(
                "a truth value for a text",
                400,
                "INVALID_VALUE",
                () -> buyer.post("/api/v1/access-keys", "{\"label\":false}"));
        add(
                "text that no database takes",
                400,
                "INVALID_VALUE",
                () -> buyer.post("/api/v1/access-keys", "{\"label\":\"a\\u0000b\"}"));
        add(
                "text that UTF-8 can't write",
                400,
                "INVALID_VALUE",
                () -> buyer.post("/api/v1/access-keys", "{\"label\":\"\\ud800\"}"));
        add(
                "an instant that no calendar has",
                400,
                "INVALID_VALUE",
                () -> buyer.get("/api/v1/consignments?dueBefore=%2B999999999-12-31T23:59:59Z"));
        add(
                "text that no database takes, in a query",
                400,
                "VALIDATION",
                () -> buyer.post("/epcis/queries", "{\"name\":\"nul\",\"query\":{\"EQ_bizStep\":[\"\\u0000\"]}}"));
        add(
                "a number that is short by its exponent alone, in a query",
                400,
                "VALIDATION",
                () -> buyer.post("/epcis/queries", "{\"name\":\"big\",\"query\":{\"GE_quantity\":[1e999999999]}}"));
        post("a number of an exponent out of range", 400, "INVALID_VALUE", CANCEL, "{\"version\":0e369602762111716}");
        add(
                "null in a list",
                400,
                "MISSING_FIELD",
                () -> device.post(
                        "/api/v1/commands/endorse", "{\"proposal\":\"\",\"signature\":\"\",\"documents\":[null]}"));
        post("a fraction for a whole number", 400, "INVALID_VALUE", CANCEL, "{\"version\":1.5}");
        post("a number beyond 64 bits", 400, "INVALID_VALUE", CANCEL, "{\"version\":99999999999999999999}");
        post("an order id too short", 400, "INVALID_VALUE", ORDERS, "{\"orderId\":\"x\",\"consignments\":[]}");
        post("another id than the path's", 400, "INVALID_VALUE", CANCEL, "{\"version\":1,\"consignmentId\":\"x\"}");
        post("a consignment id that is none", 400, "INVALID_VALUE", "/api/v1/consignments/nonsense/cancel", "{}");
        add(
                "a party id that is none",
                400,
                "INVALID_VALUE",
                () -> operator.post("/api/v1/parties/me/accreditations", "{\"role\":\"CARRIER\"}"));
        post("a role that is none", 400, "INVALID_VALUE", "/api/v1/parties", "{\"role\":\"KING\"}");
        post("an action that is none", 404, "UNKNOWN_ACTION", "/api/v1/consignments/order-0001.1/steal", "{}");
    }

    private void http() {
        add(
                "no command id",
                400,
                "IDEMPOTENCY_KEY_MISSING",
                () -> TestHttp.send(json(buyer, CANCEL)
                        .POST(BodyPublishers.ofString("{\"version\":1}"))
                        .build()));
        add("a command id of the wrong form", 400, "INVALID_VALUE", () -> buyer.post(CANCEL, "{\"version\":1}", "k!"));
        add(
                "text for JSON",
                415,
                "UNSUPPORTED_MEDIA_TYPE",
                () -> TestHttp.send(buyer.request(ORDERS)
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("{}"))
                        .build()));
        add(
                "a method that is not offered",
                405,
                "METHOD_NOT_ALLOWED",
                () -> TestHttp.send(buyer.request(CANCEL).DELETE().build()));
        add(
                "a method that nothing offers",
                405,
                "METHOD_NOT_ALLOWED",
                () -> TestHttp.send(buyer.request(ORDERS)
                        .method("QUERY", BodyPublishers.noBody())
                        .build()));
        add(
                "a method that the server itself refuses",
                405,
                "METHOD_NOT_ALLOWED",
                () -> TestHttp.send(anonymous
                        .request("/api/v1/market")
                        .method("TRACE", BodyPublishers.noBody())
                        .build()));
        add("the address of the server's own errors", 404, "NOT_FOUND", () -> anonymous.get("/error"));
        add(
                "a document for what EPCIS does not have",
                404,
                "NOT_FOUND",
                () -> TestHttp.send(buyer.request("/epcis/nowhere")
                        .POST(BodyPublishers.noBody())
                        .build()));
        add("a parameter without a name", 400, "MALFORMED_REQUEST", () -> buyer.get("/api/v1/orders?=x"));
        add("a parameter without a name, nowhere", 400, "MALFORMED_REQUEST", () -> buyer.get("/%14/x?=x"));
        add("a number that is empty", 400, "INVALID_VALUE", () -> buyer.get("/api/v1/orders?limit="));
        add("a proof of nothing", 400, "INVALID_VALUE", () -> buyer.get("/api/v1/proofs?kind=consignment&id="));
        add(
                "parts that nothing separates",
                400,
                "MALFORMED_REQUEST",
                () -> TestHttp.send(buyer.request("/api/v1/orders?limit=1")
                        .header("Content-Type", "multipart/form-data")
                        .GET()
                        .build()));
        add(
                "a method that is not offered, by somebody who may not write there",
                405,
                "METHOD_NOT_ALLOWED",
                () -> TestHttp.send(buyer.request("/api/v1/market")
                        .PUT(BodyPublishers.noBody())
                        .build()));
        add(
                "a method that is not offered, by nobody",
                405,
                "METHOD_NOT_ALLOWED",
                () -> TestHttp.send(anonymous
                        .request("/api/v1/market")
                        .PUT(BodyPublishers.noBody())
                        .build()));
        add(
                "a query whose name is no text",
                400,
                "QUERY_VALIDATION",
                () -> buyer.post("/epcis/queries", "{\"name\":false,\"query\":{}}"));
        add("a path that leads nowhere", 404, "NOT_FOUND", () -> buyer.get("/api/v1/nowhere"));
        add("a path that is coded to escape", 400, "MALFORMED_REQUEST", () -> buyer.get("/api/v1/commands/..%2f..%2f"));
        add("a body too long, announced", 413, "TOO_LONG", () -> buyer.post(ORDERS, " ".repeat(600_000)));
        add(
                "a body too long, in chunks",
                413,
                "TOO_LONG",
                () -> TestHttp.send(json(buyer, ORDERS)
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(
                                ("{\"a\":\"" + "x".repeat(600_000) + "\"}").getBytes(StandardCharsets.UTF_8))))
                        .build()));
        add(
                "a command without a managed identity",
                403,
                "NO_MANAGED_IDENTITY",
                () -> device.post(CANCEL, "{\"version\":1}"));
        add(
                "a transaction of nobody",
                404,
                "UNKNOWN_TRANSACTION",
                () -> buyer.get("/api/v1/commands/" + "0".repeat(64)));
    }

    private void signing() {
        String prepare = "/api/v1/commands/prepare";
        String pem = deviceBuyer.identity().certificatePem();
        add(
                "a function that is none",
                400,
                "UNKNOWN_COMMAND",
                () -> device.post(prepare, Map.of("function", "rob", "command", Map.of(), "certificate", pem)));
        add(
                "a certificate that is none",
                400,
                "INVALID_VALUE",
                () -> device.post(
                        prepare, Map.of("function", "cancel", "command", Map.of(), "certificate", "-----BEGIN")));
        add(
                "another party's certificate",
                403,
                "NOT_YOURS",
                () -> device.post(
                        prepare,
                        Map.of(
                                "function",
                                "cancel",
                                "command",
                                Map.of(),
                                "certificate",
                                otherBuyer.identity().certificatePem())));
        add(
                "a proposal that is not base64",
                400,
                "INVALID_VALUE",
                () -> device.post("/api/v1/commands/endorse", Map.of("proposal", "%%%", "signature", "")));
        add(
                "a proposal of noise",
                400,
                "MALFORMED_TRANSACTION",
                () -> device.post("/api/v1/commands/endorse", Map.of("proposal", "AAECAwQ=", "signature", "AAECAwQ=")));
        add(
                "a transaction of noise",
                400,
                "MALFORMED_TRANSACTION",
                () -> device.post(
                        "/api/v1/commands/submit", Map.of("transaction", "AAECAwQ=", "signature", "AAECAwQ=")));
        add(
                "a wait without end",
                400,
                "MALFORMED_TRANSACTION",
                () -> device.post("/api/v1/commands/submit", Map.of("transaction", "", "signature", "", "wait", 59)));
        add(
                "a wait too long",
                400,
                "INVALID_VALUE",
                () -> device.post("/api/v1/commands/submit", Map.of("transaction", "", "signature", "", "wait", 61)));
    }

    private void enrolling() {
        String path = "/api/v1/enrolments";
        add(
                "a CSR that is none",
                400,
                "INVALID_VALUE",
                () -> buyer.post(path, Map.of("csr", "hello", "role", "buyer")));
        add("a role that nobody has", 400, "INVALID_VALUE", () -> buyer.post(path, Map.of("csr", "", "role", "king")));
        add(
                "a role not for the asking",
                403,
                "NOT_ALLOWED",
                () -> buyer.post(path, Map.of("csr", "", "role", "arbiter")));
        add(
                "a role that nobody is enrolled in",
                400,
                "INVALID_VALUE",
                () -> operator.post(path, Map.of("csr", "", "role", "operator")));
        add("metrics for a buyer", 403, "NOT_ALLOWED", () -> buyer.get("/actuator/metrics"));
    }

    private void body(String name, int status, String code, String body) {
        post(name, status, code, ORDERS, body);
    }

    private void post(String name, int status, String code, String path, String body) {
        add(name, status, code, () -> buyer.post(path, body));
    }

    private void bytes(String name, int status, String code, byte[] body) {
        add(
                name,
                status,
                code,
                () -> TestHttp.send(json(buyer, ORDERS)
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(BodyPublishers.ofByteArray(body))
                        .build()));
    }

    private void add(String name, int status, String code, Supplier<Answer> request) {
        requests.add(new BadRequest(name, status, code, request));
    }

    private static HttpRequest.Builder json(TestHttp http, String path) {
        return http.request(path).header("Content-Type", "application/json");
    }
}
