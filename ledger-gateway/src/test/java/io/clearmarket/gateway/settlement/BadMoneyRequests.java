package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.api.BadRequest;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.wallet.eth.EthAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Authenticated requests for money that nobody may get, on a consignment that is funded and one that is not. */
final class BadMoneyRequests {
    private static final long HELD = 400;

    private final MoneyTestMarket market;
    private final Terms funded;
    private final Terms unpaid;
    private final Evidence byCabal;
    private final List<BadRequest> requests = new ArrayList<>();

    private BadMoneyRequests(MoneyTestMarket market, Terms funded, Terms unpaid) {
        this.market = market;
        this.funded = funded;
        this.unpaid = unpaid;
        DepositEvidence deposit = new DepositEvidence(market);
        this.byCabal = deposit.signed(deposit.seen(funded), "PlatformMSP", "MerchantsMSP");
    }

    static List<BadRequest> of(MoneyTestMarket market) {
        Terms funded = market.place("order-bad-funded", HELD);
        market.deposit(funded);
        market.await(
                funded,
                "the deposit on the ledger",
                it -> it.money().held().units().longValueExact() == HELD);
        BadMoneyRequests bad = new BadMoneyRequests(market, funded, market.place("order-bad-unpaid", HELD + 1));
        bad.decisions();
        bad.evidence();
        bad.deposits();
        bad.testMoney();
        return bad.requests;
    }

    private void decisions() {
        act("more than is held", "buyer", "accept", part("401"), 422, "AMOUNT_TOO_LARGE");
        act("a negative amount", "buyer", "accept", part("-1"), 400, "INVALID_VALUE");
        act("nothing", "buyer", "accept", part("0"), 422, "AMOUNT_ZERO");
        act("the merchant accepts for the buyer", "merchant", "accept", part("400"), 403, "WRONG_PARTY");
        act("the buyer refunds for the merchant", "buyer", "refund", part("400"), 403, "WRONG_PARTY");
        act("the arbiter rules where nothing is disputed", "arbiter", "rule", ruling(), 403, "WRONG_PARTY");
        act("an old version", "buyer", "accept", with(part("1"), "version", 1), 409, "WRONG_VERSION");
        act(
                "an unknown member beside the amount",
                "buyer",
                "accept",
                with(part("1"), "to", "me"),
                400,
                "UNKNOWN_FIELD");
    }

    private void evidence() {
        DepositEvidence deposit = new DepositEvidence(market);
        add(
                "evidence of another consignment's deposit",
                422,
                "EVIDENCE_WRONG_ESCROW",
                () -> deposit.record(unpaid, byCabal, "bad-evidence"));
    }

    private void deposits() {
        deposit(
                "an authorization of another amount",
                market.depositRequest(unpaid, funded),
                400,
                "DEPOSIT_NOT_AUTHORIZED");
        deposit(
                "of an unknown consignment",
                with(market.depositRequest(unpaid), "consignmentId", new ConsignmentId("order-nobody-knows.1")),
                404,
                "UNKNOWN_CONSIGNMENT");
        deposit(
                "an authorization that ends too early",
                with(
                        market.depositRequest(unpaid),
                        "authorization",
                        Map.of("validAfter", 0, "validBefore", 1, "signature", "0x00")),
                400,
                "DEPOSIT_WRONG_VALIDITY");
    }

    private void testMoney() {
        Map<String, Object> zero = Map.of("address", EthAddress.ZERO, "amount", "1");
        add(
                "test money for the address zero",
                422,
                "ADDRESS_ZERO",
                () -> market.http("buyer").post("/api/v1/development/faucet", zero));
        add(
                "test money for some, and the address zero",
                422,
                "ADDRESS_ZERO",
                () -> market.http("buyer")
                        .post(
                                "/api/v1/development/faucet/grants",
                                Map.of("grants", List.of(with(zero, "key", "bad-grant")))));
    }

    private static Map<String, Object> part(String amount) {
        return Map.of("version", 2, "part", Map.of("amount", amount, "lines", List.of()));
    }

    private static Map<String, Object> ruling() {
        return Map.of("version", 2, "toMerchant", "400", "toBuyer", "0", "reasons", "00".repeat(32));
    }

    private static Map<String, Object> with(Map<String, Object> body, String member, Object value) {
        Map<String, Object> more = new HashMap<>(body);
        more.put(member, value);
        return more;
    }

    private void act(String name, String who, String action, Map<String, Object> body, int status, String code) {
        String path = "/api/v1/consignments/" + funded.consignmentId() + "/" + action;
        add(name, status, code, () -> market.http(who).post(path, body));
    }

    private void deposit(String name, Map<String, Object> body, int status, String code) {
        add("a deposit: " + name, status, code, () -> market.http("buyer").post("/api/v1/deposits", body));
    }

    private void add(String name, int status, String code, Supplier<Answer> request) {
        requests.add(new BadRequest(name, status, code, request));
    }
}
