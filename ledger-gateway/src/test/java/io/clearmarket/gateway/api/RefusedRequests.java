package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.GatewayTestSystem.Person;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.gateway.testing.TestMarket;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Well-formed requests by real parties that the chaincode refuses, each with another code. */
final class RefusedRequests {
    private final GatewayTestSystem system;
    private final TestMarket market;
    private final Person buyer;
    private final Terms unpaid;
    private final Terms paid;
    private final List<BadRequest> requests = new ArrayList<>();

    /** Places the two orders that the requests are about, and pays one. */
    RefusedRequests(GatewayTestSystem system, TestMarket market) {
        this.system = system;
        this.market = market;
        this.buyer = system.person("buyer");
        this.unpaid = placed();
        this.paid = placed();
        require(post("auditor", at(paid, "record-deposit"), Map.of("evidence", market.deposit(paid))));
    }

    List<BadRequest> all() {
        parties();
        terms();
        consignments();
        evidence();
        return requests;
    }

    private void parties() {
        refused(403, "NOT_REGISTERED", () -> order("operator-PlatformMSP", market.signed(fresh(), buyer.signer())));
        refused(
                409,
                "ALREADY_REGISTERED",
                () -> post("buyer", "/api/v1/parties", registration("BUYER", "0x" + "0".repeat(40), "")));
        refused(
                403,
                "WRONG_ROLE",
                () -> post("merchant", "/api/v1/parties", registration("BUYER", "0x" + "0".repeat(40), "")));
        refused(
                422,
                "BAD_ADDRESS_SIGNATURE",
                () -> post(
                        "operator-AuditMSP",
                        "/api/v1/parties",
                        registration("OPERATOR", "0x" + "0".repeat(39) + "1", "0x00")));
        refused(
                409,
                "WRONG_MARKET_VERSION",
                () -> post("operator-AuditMSP", "/api/v1/market/approvals", Map.of("config", market.config())));
        refused(
                422,
                "ALREADY_ACCREDITED",
                () -> accredit(system.person("carrier").party().value()));
        refused(404, "UNKNOWN_PARTY", () -> accredit("ab".repeat(32)));
    }

    private void terms() {
        changed("TERMS_WRONG_LEDGER", terms -> terms.put("ledger", "another:ledger"));
        changed("TERMS_WRONG_ORDER", terms -> terms.put("consignment", 2));
        changed("TERMS_WRONG_CONTRACT", terms -> escrow(terms).put("chainId", 1));
        changed("TERMS_WRONG_ATTESTERS", terms -> escrow(terms).put("attesters", "0".repeat(64)));
        changed("TERMS_WRONG_ADDRESS", terms -> escrow(terms).put("payer", "0x" + "0".repeat(39) + "2"));
        changed("TERMS_UNKNOWN_ASSET", terms -> terms.put("asset", "eip155:31337/erc20:0x" + "0".repeat(39) + "3"));
        changed("TERMS_AMOUNTS_DIFFER", terms -> terms.put("total", "1"));
        changed("TERMS_FEES_TOO_HIGH", terms -> {
            escrow(terms).put("feeReceiver", "0x" + "0".repeat(39) + "4");
            terms.put("feeBps", 10_001);
        });
        changed("TERMS_BAD_ARBITERS", terms -> terms.putArray("arbiters").add("cd".repeat(32)));
        changed("TERMS_BAD_TIMERS", terms -> ((ObjectNode) terms.get("timers")).put("shipWithin", 0));
        changed("TERMS_STOP_DATE_TOO_EARLY", terms -> terms.set("stopDate", terms.get("payBy")));
        changed(
                "TERMS_QUOTE_EXPIRED",
                terms -> ((ObjectNode) terms.get("quote")).put("expiry", "2026-01-01T00:00:00Z"));
        changed("TERMS_BAD_GTIN", terms -> ((ObjectNode) terms.get("lines").get(0)).put("gtin", "09521234123454"));
        refused(
                422,
                "BAD_PARTY_SIGNATURE",
                () -> order(
                        "buyer", market.signed(fresh(), system.person("carrier").signer())));
        refused(409, "ORDER_EXISTS", () -> order("buyer", market.signed(paid, buyer.signer())));
        refused(422, "TERMS_SAME_MERCHANT_TWICE", () -> {
            Terms first = fresh();
            Terms second = changed(first, terms -> terms.put("consignment", 2));
            return post(
                    "buyer",
                    "/api/v1/orders",
                    Map.of(
                            "orderId", first.orderId(),
                            "consignments",
                                    List.of(
                                            market.signed(first, buyer.signer()),
                                            market.signed(second, buyer.signer()))));
        });
    }

    private void consignments() {
        Map<String, Object> all = Map.of("version", 1, "part", Map.of("lines", List.of()));
        refused(
                404,
                "UNKNOWN_CONSIGNMENT",
                () -> post("buyer", "/api/v1/consignments/order-none.1/cancel", Map.of("version", 1)));
        refused(403, "WRONG_PARTY", () -> post("carrier", at(unpaid, "cancel"), Map.of("version", 1)));
        refused(409, "WRONG_VERSION", () -> post("buyer", at(unpaid, "cancel"), Map.of("version", 9)));
        refused(409, "NOT_DEPOSITED", () -> post("buyer", at(unpaid, "accept"), all));
        refused(409, "ALREADY_DEPOSITED", () -> post("buyer", at(paid, "cancel"), Map.of("version", 2)));
        refused(
                409,
                "WRONG_STATE",
                () -> post("buyer", at(paid, "dispute"), Map.of("version", 2, "reason", "0".repeat(64))));
        refused(409, "TOO_EARLY", () -> post("auditor", at(unpaid, "expire-unpaid"), Map.of()));
        refused(
                422,
                "AMOUNT_ZERO",
                () -> post("buyer", at(paid, "accept"), part(Map.of("amount", "0", "lines", List.of()))));
        refused(
                422,
                "AMOUNT_TOO_LARGE",
                () -> post("buyer", at(paid, "accept"), part(Map.of("amount", "125001", "lines", List.of()))));
        refused(422, "UNKNOWN_LINE", () -> post("buyer", at(paid, "accept"), part(Map.of("lines", List.of(7)))));
        refused(
                409,
                "LINE_NOT_ACCEPTED",
                () -> post(
                        "buyer",
                        "/api/v1/reviews",
                        Map.of("consignmentId", paid.consignmentId(), "line", 1, "score", 5, "text", "0".repeat(64))));
    }

    private void evidence() {
        Evidence.Seen seen = market.deposit(unpaid).seen();
        Secp256k1Key stranger = Secp256k1Key.generate();
        deposit("EVIDENCE_UNKNOWN_ATTESTER", market.attested(seen, market.auditAttester(), stranger));
        deposit("EVIDENCE_QUORUM_MISSING", market.attested(seen, market.auditAttester()));
        deposit(
                "EVIDENCE_REQUIRED_ATTESTER_MISSING",
                market.attested(seen, market.platformAttester(), market.merchantsAttester()));
        deposit("EVIDENCE_WRONG_KIND", seen, fact -> fact.put("kind", "PAID"));
        deposit("EVIDENCE_WRONG_CONTRACT", seen, fact -> fact.put("chainId", 1));
        deposit("EVIDENCE_WRONG_ESCROW", seen, fact -> fact.put("escrowId", "0".repeat(64)));
        deposit("EVIDENCE_WRONG_AMOUNT", seen, fact -> fact.put("deposited", "1"));
    }

    private void deposit(String code, Evidence.Seen seen, Consumer<ObjectNode> change) {
        ObjectNode fact = Json.MAPPER.valueToTree(seen);
        change.accept(fact);
        Evidence.Seen changed = Json.MAPPER.treeToValue(fact, Evidence.Seen.class);
        deposit(code, market.attested(changed, market.auditAttester(), market.platformAttester()));
    }

    private void deposit(String code, Evidence evidence) {
        refused(422, code, () -> post("auditor", at(unpaid, "record-deposit"), Map.of("evidence", evidence)));
    }

    private void changed(String code, Consumer<ObjectNode> change) {
        refused(422, code, () -> {
            Terms terms = changed(fresh(), change);
            return order("buyer", market.signed(terms, buyer.signer()));
        });
    }

    private static Terms changed(Terms terms, Consumer<ObjectNode> change) {
        ObjectNode tree = Json.MAPPER.valueToTree(terms);
        change.accept(tree);
        return Json.MAPPER.treeToValue(tree, Terms.class);
    }

    private void refused(int status, String code, Supplier<Answer> request) {
        requests.add(new BadRequest("chaincode says " + code, status, code, request));
    }

    private Terms placed() {
        Terms terms = fresh();
        require(order("buyer", market.signed(terms, buyer.signer())));
        return terms;
    }

    private Terms fresh() {
        return market.terms(TestMarket.newOrder(), buyer.party(), buyer.ethKey().address());
    }

    private Answer order(String by, SignedTerms signed) {
        return post(by, "/api/v1/orders", Map.of("orderId", signed.terms().orderId(), "consignments", List.of(signed)));
    }

    private Answer accredit(String party) {
        return post("operator-AuditMSP", "/api/v1/parties/" + party + "/accreditations", Map.of("role", "CARRIER"));
    }

    private Answer post(String by, String path, Object body) {
        TestHttp http = system.http(system.token(by));
        return http.post(path, body);
    }

    private static ObjectNode escrow(ObjectNode terms) {
        return (ObjectNode) terms.get("escrow");
    }

    private static Map<String, Object> part(Map<String, Object> part) {
        return Map.of("version", 2, "part", part);
    }

    private static Map<String, Object> registration(String role, String address, String signature) {
        return Map.of("role", role, "address", address, "addressSignature", signature);
    }

    private static String at(Terms terms, String action) {
        return "/api/v1/consignments/" + terms.consignmentId() + "/" + action;
    }

    private static void require(Answer answer) {
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.toString());
        }
    }
}
