package io.clearmarket.gateway.audit;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Money;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.EscrowStatus;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One accepted consignment of 1003 units, paid but for what the buyer gets back, on two ledgers that agree. */
final class LedgersFixture {
    static final String ORDER = "e481f51cbdc54678b7cc49136f2d6af7";
    static final String ID = ORDER + ".1";
    static final long CHAIN = 31337;
    static final EthAddress CONTRACT = EthAddress.parse("0x" + "c0".repeat(20));
    static final EthAddress TOKEN = EthAddress.parse("0x" + "70".repeat(20));

    final Terms terms;
    final ObjectNode consignment;
    EscrowStatus status = new EscrowStatus(Amount.of(903), Amount.ZERO, true, false, false, false);
    long balance = 100 + 7;
    long claimable = 7;

    LedgersFixture() {
        this("11", "2026-01-01T00:00:00Z");
    }

    /** @param run two hex digits that every key, hash and random number of the run is made of */
    LedgersFixture(String run, String time) {
        Instant at = Instant.parse(time);
        this.terms = terms(run, at);
        this.consignment = Json.MAPPER.valueToTree(new Consignment(
                terms.consignmentId(),
                terms.orderId(),
                terms.buyer(),
                terms.merchant(),
                terms.asset(),
                terms.hash(),
                EscrowTypes.escrowId(terms),
                5,
                Consignment.Goods.DELIVERED,
                money(at),
                new Consignment.Deadlines(null, null, null, null, null, null, null, null, null, terms.stopDate()),
                null,
                null,
                List.of(),
                List.of(),
                List.of(1),
                List.of(),
                true));
    }

    /** 903 to the merchant's side (3 % and 1 %, rounded down) and 100 back to the buyer. */
    private static Consignment.Ledgered money(Instant at) {
        return new Consignment.Ledgered(
                Amount.of(1003),
                Amount.ZERO,
                Amount.of(903),
                Amount.of(867),
                Amount.of(27),
                Amount.of(9),
                Amount.of(100),
                Amount.of(903),
                Amount.ZERO,
                List.of(
                        new Consignment.Decision(1, "accept", Amount.of(903), Amount.ZERO, at),
                        new Consignment.Decision(2, "refund", Amount.of(903), Amount.of(100), at)));
    }

    private static Terms terms(String run, Instant at) {
        EthAddress somebody = EthAddress.parse("0x" + run.repeat(20));
        PartyId party = new PartyId(run.repeat(32));
        return new Terms(
                1,
                "clearmarket:test:market",
                new OrderId(ORDER),
                1,
                party,
                party,
                List.of(party),
                List.of(new Terms.Line(
                        1, "a".repeat(32), "09520000000004", 1, Amount.of(1003), Amount.ZERO, Amount.of(1003))),
                new Money(Amount.of(1003), "BRL"),
                Asset.erc20(CHAIN, TOKEN),
                Amount.of(1003),
                new Terms.Quote(1, 1, "par", at, at),
                new Terms.EscrowTerms(
                        CHAIN,
                        CONTRACT,
                        somebody,
                        somebody,
                        somebody,
                        somebody,
                        new Digest(run.repeat(32)),
                        new Digest(run.repeat(32))),
                300,
                100,
                new Terms.Timers(1, 1, 1, 1, 1, 1, 1, 1),
                at,
                at,
                "none");
    }

    ObjectNode money() {
        return (ObjectNode) consignment.get("money");
    }

    ObjectNode decision(int number) {
        return (ObjectNode) money().get("decisions").get(number - 1);
    }

    LedgersFixture with(Consumer<LedgersFixture> change) {
        change.accept(this);
        return this;
    }

    LedgerRecords ledger() {
        SortedMap<String, JsonNode> signed = new TreeMap<>();
        signed.put(ID, Json.MAPPER.valueToTree(new SignedTerms(terms, "YnV5ZXI=", "bWVyY2hhbnQ=")));
        SortedMap<String, JsonNode> consignments = new TreeMap<>();
        consignments.put(ID, consignment);
        return new LedgerRecords(
                9, Digest.ZERO, Map.of(RecordKind.TERMS, signed, RecordKind.CONSIGNMENT, consignments));
    }

    ChainSide chain() {
        return new ChainSide(
                CHAIN,
                CONTRACT,
                50,
                Map.of(EscrowTypes.escrowId(terms), status),
                Map.of(TOKEN, BigInteger.valueOf(balance)),
                Map.of(TOKEN, BigInteger.valueOf(claimable)),
                Map.of());
    }

    List<String> differences() {
        return ConservationCheck.run(ledger(), chain()).differences();
    }
}
