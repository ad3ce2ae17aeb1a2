package io.clearmarket.gateway.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.HandOver;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.testing.DeviceBuyer;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.gateway.testing.TestMarket;
import io.clearmarket.gateway.testing.Trade;
import io.clearmarket.wallet.ca.Csr;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import io.clearmarket.wallet.p256.P256;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Claims of items and hand-overs of them, over HTTP, by devices that sign for themselves, on the embedded ledger. */
class OwnershipTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static GatewayTestSystem system;
    private static TestHttp anonymous;
    private static DeviceBuyer owner;

    /** An item that stays with the owner, who may hand it on. */
    private static Epc kept;

    /** One whose sale is not over. */
    private static Epc inspected;

    @BeforeAll
    static void open() {
        system = GatewayTestSystem.get();
        TestMarket.get();
        anonymous = system.http(null);
        owner = DeviceBuyer.enrol(system);
        kept = bought();
        Trade trade = ordered().fund().ship().deliver();
        trade.seenBy("merchant");
        inspected = trade.epc();
    }

    @Test
    void the_custodians_key_is_let_in_and_a_strangers_learns_nothing_about_who_has_it() {
        Epc epc = kept;
        JsonNode claimed = claim(owner.keys(), epc).body();
        assertThat(claimed.path("custodian").asBoolean()).isTrue();
        assertThat(claimed.path("inOpenConsignment").asBoolean(true)).isFalse();
        assertThat(claimed.path("party").asString()).isEqualTo(owner.party().value());
        String token = claimed.path("admitted").path("token").asString();
        assertThat(system.http(token).get("/api/v1/consignments").status()).isEqualTo(200);

        Answer stranger = claim(P256.generate(), epc);
        assertThat(stranger.status()).isEqualTo(201);
        assertThat(stranger.body().path("custodian").asBoolean(true)).isFalse();
        assertThat(stranger.body().propertyNames()).containsExactlyInAnyOrder("party", "custodian");
    }

    @Test
    void a_challenge_counts_once_for_its_item_and_its_purpose() {
        Epc epc = kept;
        String challenge = challenge(epc);
        String csr = Csr.create(owner.keys(), "clearmarket-own-" + challenge).toPem();
        Map<String, Object> claim = Map.of("epc", epc, "csr", csr);
        assertThat(anonymous.post("/api/v1/ownership/claims", claim).status()).isEqualTo(201);
        assertThat(anonymous.post("/api/v1/ownership/claims", claim).code()).isEqualTo("STALE_CHALLENGE");

        String forOther = Csr.create(owner.keys(), "clearmarket-own-" + challenge(inspected))
                .toPem();
        assertThat(anonymous
                        .post("/api/v1/ownership/claims", Map.of("epc", epc, "csr", forOther))
                        .code())
                .isEqualTo("STALE_CHALLENGE");
        String toTake =
                Csr.create(owner.keys(), "clearmarket-take-" + challenge(epc)).toPem();
        assertThat(anonymous
                        .post("/api/v1/ownership/claims", Map.of("epc", epc, "csr", toTake))
                        .code())
                .isEqualTo("STALE_CHALLENGE");
        assertThat(anonymous
                        .post("/api/v1/ownership/challenges", Map.of("epc", Epc.of(Trade.GTIN, "never-seen")))
                        .code())
                .isEqualTo("UNKNOWN_ITEM");
    }

    @Test
    void an_item_passes_by_the_takers_word_and_the_owners_and_by_nothing_less() {
        Epc epc = bought();
        Answer made = offered(epc);
        String id = made.text("id");
        assertThat(made.text("url")).endsWith("/own/01/" + Trade.GTIN + "/21/" + serial(epc) + "#" + id);
        assertThat(offered(epc).text("id")).as("the same again").isEqualTo(id);
        assertThat(anonymous.get("/api/v1/transfers/" + id + "/offer").text("status"))
                .isEqualTo("OPEN");

        DeviceBuyer taker = asking(id, epc);
        HandOver handOver = handOver(epc, taker.party());
        String word = taker.sign(base64(handOver.canonicalBytes()));
        assertThat(take(taker, id, handOver, word).text("status")).isEqualTo("WANTED");
        Command.RecordHandOver alone = new Command.RecordHandOver(taker.newId(), handOver, word);
        assertThat(taker.execute(alone).code()).as("the taker alone").isEqualTo("BAD_PARTY_SIGNATURE");

        DeviceBuyer late = asking(id, epc);
        JsonNode shown = owner.http().get("/api/v1/transfers/" + id).body();
        JsonNode wants = shown.path("takers").path(0);
        assertThat(wants.path("party").asString()).isEqualTo(taker.party().value());
        assertThat(choose(id, taker.party()).text("status")).isEqualTo("CHOSEN");
        assertThat(choose(id, late.party()).code()).isEqualTo("TRANSFER_TAKEN");
        HandOver second = handOver(epc, late.party());
        assertThat(take(late, id, second, late.sign(base64(second.canonicalBytes())))
                        .code())
                .isEqualTo("TRANSFER_TAKEN");
        assertThat(claimTransfer(P256.generate(), id, epc).code()).isEqualTo("TRANSFER_TAKEN");

        HandOver asShown = Json.MAPPER.treeToValue(wants.path("handOver"), HandOver.class);
        assertThat(asShown).isEqualTo(handOver);
        assertThat(owner.execute(new Command.RecordHandOver(
                                owner.newId(), asShown, wants.path("signature").asString()))
                        .status())
                .isEqualTo(200);
        await(
                () -> anonymous.get("/api/v1/transfers/" + id + "/offer"),
                it -> it.text("status").equals("DONE"));

        assertThat(claim(taker.keys(), epc).body().path("custodian").asBoolean())
                .isTrue();
        assertThat(claim(owner.keys(), epc).body().path("custodian").asBoolean(true))
                .isFalse();
        assertThat(owner.http().post("/api/v1/transfers", Map.of("epc", epc)).code())
                .isEqualTo("ITEM_NOT_IN_CUSTODY");
        assertThat(claimTransfer(taker.keys(), id, epc).text("status")).isEqualTo("DONE");
        assertThat(withdraw(id).code()).isEqualTo("TRANSFER_DONE");
    }

    @Test
    void an_item_whose_sale_is_not_over_can_not_be_offered() {
        JsonNode claimed = claim(owner.keys(), inspected).body();
        assertThat(claimed.path("custodian").asBoolean()).isTrue();
        assertThat(claimed.path("inOpenConsignment").asBoolean()).isTrue();
        assertThat(owner.http()
                        .post("/api/v1/transfers", Map.of("epc", inspected))
                        .code())
                .isEqualTo("ITEM_IN_OPEN_CONSIGNMENT");
    }

    @Test
    void what_ran_out_or_was_called_off_takes_nobody_and_its_words_are_forgotten() {
        Epc epc = kept;
        String id = offered(epc).text("id");
        DeviceBuyer taker = asking(id, epc);
        HandOver handOver = handOver(epc, taker.party());
        String word = taker.sign(base64(handOver.canonicalBytes()));
        assertThat(take(taker, id, handOver, word).status()).isEqualTo(201);
        expire(id);
        assertThat(take(asking(offered(epc).text("id"), epc), id, handOver, word)
                        .code())
                .isEqualTo("TRANSFER_EXPIRED");
        assertThat(choose(id, taker.party()).code()).isEqualTo("TRANSFER_EXPIRED");

        String next = offered(epc).text("id");
        assertThat(next).isNotEqualTo(id);
        assertThat(take(taker, next, handOver, word).status()).isEqualTo(201);
        assertThat(TestHttp.send(taker.http()
                                .request("/api/v1/transfers/" + next)
                                .method("DELETE", BodyPublishers.noBody())
                                .build())
                        .code())
                .isEqualTo("UNKNOWN_TRANSFER");
        assertThat(withdraw(next).status()).isEqualTo(204);
        assertThat(owner.http().get("/api/v1/transfers/" + next).body().path("takers"))
                .isEmpty();
        assertThat(take(taker, next, handOver, word).code()).isEqualTo("TRANSFER_WITHDRAWN");
        assertThat(choose(next, taker.party()).code()).isEqualTo("TRANSFER_WITHDRAWN");
        assertThat(taker.http().get("/api/v1/transfers/" + next).code()).isEqualTo("UNKNOWN_TRANSFER");
        Map<String, Object> late = Map.of("epc", epc, "expiresAt", Instant.now().plus(40, ChronoUnit.DAYS));
        assertThat(owner.http().post("/api/v1/transfers", late).code()).isEqualTo("INVALID_VALUE");
    }

    @Test
    void a_word_is_kept_only_if_the_ledger_would_take_it() {
        Epc epc = kept;
        String id = offered(epc).text("id");
        DeviceBuyer taker = asking(id, epc);
        HandOver right = handOver(epc, taker.party());
        String signature = taker.sign(base64(right.canonicalBytes()));
        PartyId self = taker.party();
        List<HandOver> wrong = List.of(
                new HandOver("other", right.epcs(), right.from(), self, right.at(), right.nonce()),
                new HandOver(right.ledger(), List.of(inspected.uri()), right.from(), self, right.at(), right.nonce()),
                new HandOver(right.ledger(), right.epcs(), self, self, right.at(), right.nonce()),
                new HandOver(right.ledger(), right.epcs(), right.from(), owner.party(), right.at(), right.nonce()),
                new HandOver(
                        right.ledger(),
                        right.epcs(),
                        right.from(),
                        self,
                        right.at().plus(2, ChronoUnit.DAYS),
                        right.nonce()));
        wrong.forEach(handOver -> assertThat(take(taker, id, handOver, taker.sign(base64(handOver.canonicalBytes())))
                        .code())
                .as(handOver.toString())
                .isEqualTo("INVALID_VALUE"));
        assertThat(take(taker, id, right, owner.sign(base64(right.canonicalBytes())))
                        .code())
                .isEqualTo("BAD_PARTY_SIGNATURE");
        assertThat(take(taker, id, right, "no base64").code()).isEqualTo("BAD_PARTY_SIGNATURE");
        assertThat(take(owner, id, right, signature).code()).isEqualTo("OWN_TRANSFER");
        KeyPair unknown = P256.generate();
        TestHttp unregistered = system.http(claimTransfer(unknown, id, epc)
                .body()
                .path("admitted")
                .path("token")
                .asString());
        HandOver theirs = handOver(epc, PartyId.of(unknown.getPublic()));
        String given = base64(P256.sign(unknown.getPrivate(), theirs.canonicalBytes()));
        assertThat(unregistered
                        .post("/api/v1/transfers/" + id + "/takers", Map.of("handOver", theirs, "signature", given))
                        .code())
                .isEqualTo("NOT_REGISTERED");
        assertThat(choose(id, taker.party()).code()).isEqualTo("UNKNOWN_TAKER");
        assertThat(take(taker, id, right, signature).status()).isEqualTo(201);
    }

    /** An order of the owner's, placed; not moved on. */
    private static Trade ordered() {
        Terms terms = TestMarket.get()
                .terms(TestMarket.newOrder(), owner.party(), owner.ethKey().address());
        assertThat(owner.execute(new Command.PlaceOrder(
                                owner.newId(),
                                terms.orderId(),
                                List.of(TestMarket.get().signed(terms, owner.identity()))))
                        .status())
                .isEqualTo(200);
        return Trade.of(terms, UUID.randomUUID().toString().substring(0, 12));
    }

    /** An item that the owner bought, has and has accepted. */
    private static Epc bought() {
        Trade trade = ordered().fund().ship().deliver();
        assertThat(owner.execute(new Command.Accept(owner.newId(), trade.id(), 4, Command.Part.ALL))
                        .status())
                .isEqualTo(200);
        trade.goOnFrom(5).seenBy("merchant");
        return trade.epc();
    }

    private static Answer offered(Epc epc) {
        Answer made = owner.http().post("/api/v1/transfers", Map.of("epc", epc));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made;
    }

    /** Somebody with a key of their own who opened the link and registered. */
    private static DeviceBuyer asking(String id, Epc epc) {
        KeyPair keys = P256.generate();
        Answer claimed = claimTransfer(keys, id, epc);
        assertThat(claimed.text("from")).isEqualTo(owner.party().value());
        DeviceBuyer taker = DeviceBuyer.admitted(system, keys, claimed.body().path("admitted"));
        await(() -> taker.http().get("/api/v1/parties/" + taker.party()), it -> it.status() == 200);
        return taker;
    }

    private static HandOver handOver(Epc epc, PartyId to) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return new HandOver(
                GatewayTestSystem.LEDGER,
                List.of(epc.uri()),
                owner.party(),
                to,
                now,
                Digest.sha256(UUID.randomUUID().toString()));
    }

    private static Answer take(DeviceBuyer taker, String id, HandOver handOver, String signature) {
        return taker.http()
                .post("/api/v1/transfers/" + id + "/takers", Map.of("handOver", handOver, "signature", signature));
    }

    private static Answer choose(String id, PartyId taker) {
        return owner.http().post("/api/v1/transfers/" + id + "/choice", Map.of("party", taker));
    }

    private static Answer withdraw(String id) {
        return TestHttp.send(owner.http()
                .request("/api/v1/transfers/" + id)
                .method("DELETE", BodyPublishers.noBody())
                .build());
    }

    private static Answer claim(KeyPair keys, Epc epc) {
        String csr = Csr.create(keys, "clearmarket-own-" + challenge(epc)).toPem();
        return anonymous.post("/api/v1/ownership/claims", Map.of("epc", epc, "csr", csr));
    }

    private static Answer claimTransfer(KeyPair keys, String id, Epc epc) {
        String csr = Csr.create(keys, "clearmarket-take-" + challenge(epc)).toPem();
        return anonymous.post("/api/v1/transfers/" + id + "/claims", Map.of("csr", csr));
    }

    private static String challenge(Epc epc) {
        return anonymous
                .post("/api/v1/ownership/challenges", Map.of("epc", epc))
                .text("challenge");
    }

    private static void expire(String id) {
        system.context()
                .getBean(JdbcClient.class)
                .sql("update ownership_transfer set expires_at = now() - interval '1 second' where id = ?")
                .param(id)
                .update();
    }

    private static String serial(Epc epc) {
        return epc.uri().substring(epc.uri().lastIndexOf('/') + 1);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private interface Question {
        Answer ask();
    }

    private static void await(Question question, Predicate<Answer> condition) {
        Instant end = Instant.now().plus(PATIENCE);
        for (Answer answer = question.ask(); !condition.test(answer); answer = question.ask()) {
            assertThat(Instant.now()).as(answer.toString()).isBefore(end);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
