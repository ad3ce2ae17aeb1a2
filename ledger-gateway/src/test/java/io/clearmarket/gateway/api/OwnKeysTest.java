package io.clearmarket.gateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.fabric.LedgerClient;
import io.clearmarket.gateway.testing.DeviceBuyer;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.gateway.testing.TestMarket;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import io.clearmarket.wallet.p256.P256;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Orders whose buyer's keys exist only in this process; every request goes through HTTP. */
class OwnKeysTest {
    private static GatewayTestSystem system;
    private static TestMarket market;
    private static DeviceBuyer buyer;

    @BeforeAll
    static void open() {
        system = GatewayTestSystem.get();
        market = TestMarket.get();
        buyer = DeviceBuyer.enrol(system);
    }

    @Test
    void an_order_is_recorded_under_the_key_that_signed_it_and_nobody_else_can_accept() {
        Terms terms = place(buyer);
        String path = "/api/v1/consignments/" + terms.consignmentId();
        assertThat(onLedger(RecordKind.ORDER, terms.orderId().value(), Records.Order.class)
                        .buyer())
                .isEqualTo(buyer.party());
        Answer funded = system.http(system.token("auditor"))
                .post(path + "/record-deposit", Map.of("evidence", market.deposit(terms)));
        assertThat(funded.status()).as(funded.toString()).isEqualTo(200);

        Consignment held = consignment(terms);
        for (String other : List.of("buyer", "merchant", "carrier", "arbiter", "operator-PlatformMSP")) {
            Answer refused = system.http(system.token(other)).post(path + "/accept", accept(held));
            assertThat(refused.status()).as(refused.toString()).isEqualTo(403);
            assertThat(refused.code()).isIn("WRONG_PARTY", "NOT_REGISTERED");
        }
        assertThat(DeviceBuyer.enrol(system).execute(acceptance(held)).code()).isEqualTo("WRONG_PARTY");
        assertThat(consignment(terms)).isEqualTo(held);

        Answer accepted = buyer.execute(acceptance(held));
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(200);
        assertThat(consignment(terms).money().gross()).isEqualTo(terms.total());
    }

    @Test
    void a_transaction_of_another_party_is_not_passed_on() {
        DeviceBuyer other = DeviceBuyer.enrol(system);
        Answer prepared = buyer.prepare(placing(terms(buyer)));
        String proposal = prepared.text("proposal");
        Answer refused = other.http()
                .post("/api/v1/commands/endorse", Map.of("proposal", proposal, "signature", buyer.sign(proposal)));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("NOT_YOURS");
    }

    @Test
    void a_signature_by_another_key_is_refused_at_either_step() {
        Answer prepared = buyer.prepare(placing(terms(buyer)));
        String proposal = prepared.text("proposal");
        byte[] forged =
                P256.sign(P256.generate().getPrivate(), Base64.getDecoder().decode(proposal));
        Answer refused = buyer.http()
                .post(
                        "/api/v1/commands/endorse",
                        Map.of(
                                "proposal",
                                proposal,
                                "signature",
                                Base64.getEncoder().encodeToString(forged)));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("BAD_SIGNATURE");

        Answer endorsed = buyer.endorse(prepared);
        Answer notOrdered = buyer.http()
                .post(
                        "/api/v1/commands/submit",
                        Map.of("transaction", endorsed.text("transaction"), "signature", buyer.sign(proposal)));
        assertThat(notOrdered.code()).isEqualTo("BAD_SIGNATURE");
    }

    @Test
    void the_raw_signatures_of_a_browser_are_taken() {
        Answer prepared = buyer.prepare(placing(terms(buyer)));
        String proposal = prepared.text("proposal");
        String raw =
                Base64.getEncoder().encodeToString(p1363(Base64.getDecoder().decode(buyer.sign(proposal))));
        Answer endorsed = buyer.http().post("/api/v1/commands/endorse", Map.of("proposal", proposal, "signature", raw));
        assertThat(endorsed.status()).as(endorsed.toString()).isEqualTo(200);
        assertThat(endorsed.body().path("result").path("repeated").asBoolean()).isFalse();
        assertThat(buyer.submit(endorsed).text("status")).isEqualTo("committed");
    }

    @Test
    void documents_come_with_a_proposal_and_are_kept_once_it_is_endorsed() {
        Answer prepared = buyer.prepare(placing(terms(buyer)));
        byte[] document = ("terms of " + prepared.text("transactionId")).getBytes(UTF_8);
        String path = "/api/v1/documents/" + Digest.sha256(document);

        assertThat(endorseWith(prepared, "AAAA", document).code()).isEqualTo("BAD_SIGNATURE");
        assertThat(buyer.http().get(path).status()).isEqualTo(404);

        String signature = buyer.sign(prepared.text("proposal"));
        assertThat(endorseWith(prepared, signature, document).status()).isEqualTo(200);
        assertThat(buyer.http().get(path).status()).isEqualTo(200);
        assertThat(DeviceBuyer.enrol(system).http().get(path).status()).isEqualTo(404);
    }

    private Answer endorseWith(Answer prepared, String signature, byte[] document) {
        return buyer.http()
                .post(
                        "/api/v1/commands/endorse",
                        Map.of(
                                "proposal",
                                prepared.text("proposal"),
                                "signature",
                                signature,
                                "documents",
                                List.of(Map.of(
                                        "mediaType",
                                        "text/plain",
                                        "content",
                                        Base64.getEncoder().encodeToString(document)))));
    }

    @Test
    void submitting_twice_answers_twice_the_same() {
        Answer endorsed = buyer.endorse(buyer.prepare(placing(terms(buyer))));
        Answer first = buyer.submit(endorsed);
        assertThat(first.text("status")).isEqualTo("committed");
        assertThat(buyer.submit(endorsed)).isEqualTo(first);
        assertThat(buyer.http().get("/api/v1/commands/" + first.text("transactionId")))
                .isEqualTo(first);
        assertThat(DeviceBuyer.enrol(system)
                        .http()
                        .get("/api/v1/commands/" + first.text("transactionId"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_managed_identity_repeats_a_command_without_a_second_effect() {
        Terms terms = terms(
                system.person("buyer").party(), system.person("buyer").ethKey().address());
        Map<String, Object> order = Map.of(
                "orderId",
                terms.orderId(),
                "consignments",
                List.of(market.signed(terms, system.person("buyer").signer())));
        String key = UUID.randomUUID().toString();
        Answer first = system.http(system.token("buyer")).post("/api/v1/orders", order, key);
        assertThat(first.status()).as(first.toString()).isEqualTo(200);
        assertThat(system.http(system.token("buyer")).post("/api/v1/orders", order, "\"" + key + "\""))
                .isEqualTo(first);
        Answer otherContent = system.http(system.token("buyer"))
                .post("/api/v1/orders", Map.of("orderId", "another-order", "consignments", List.of()), key);
        assertThat(otherContent.code()).isEqualTo("COMMAND_ID_REUSED");
        assertThat(system.http(system.token("buyer"))
                        .post("/api/v1/orders", order)
                        .code())
                .isEqualTo("ORDER_EXISTS");
    }

    private static Terms place(DeviceBuyer by) {
        Terms terms = terms(by);
        Answer placed = by.execute(placing(terms));
        assertThat(placed.status()).as(placed.toString()).isEqualTo(200);
        return terms;
    }

    private static Terms terms(DeviceBuyer by) {
        return terms(by.party(), by.ethKey().address());
    }

    private static Terms terms(PartyId party, EthAddress payer) {
        return market.terms(TestMarket.newOrder(), party, payer);
    }

    private static Command placing(Terms terms) {
        OrderId id = terms.orderId();
        return new Command.PlaceOrder(buyer.newId(), id, List.of(market.signed(terms, buyer.identity())));
    }

    private static Command acceptance(Consignment held) {
        return new Command.Accept(buyer.newId(), held.id(), held.version(), Command.Part.ALL);
    }

    private static Map<String, Object> accept(Consignment held) {
        return Map.of("version", held.version(), "part", Map.of("lines", List.of()));
    }

    private static Consignment consignment(Terms terms) {
        return onLedger(RecordKind.CONSIGNMENT, terms.consignmentId().value(), Consignment.class);
    }

    /** What the gateway's own peer says. */
    private static <T> T onLedger(RecordKind kind, String id, Class<T> type) {
        LedgerClient ledger = system.context().getBean(LedgerClient.class);
        return Json.MAPPER.readValue(ledger.evaluate("PlatformMSP", "get", List.of(kind.objectType(), id)), type);
    }

    private static byte[] p1363(byte[] der) {
        byte[] raw = new byte[64];
        int r = der[3];
        copyRight(der, 4, r, raw, 32);
        copyRight(der, 6 + r, der[5 + r], raw, 64);
        return raw;
    }

    /** Without the sign byte that DER may put in front, right-aligned. */
    private static void copyRight(byte[] from, int at, int length, byte[] to, int end) {
        int taken = Math.min(length, 32);
        System.arraycopy(from, at + length - taken, to, end - taken, taken);
    }
}
