package io.clearmarket.gateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Conversion;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.PartyBinding;
import io.clearmarket.chaincode.api.Tender;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.EscrowChain.Authorization;
import io.clearmarket.gateway.testing.DeviceBuyer;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.gateway.testing.TestMarket;
import io.clearmarket.wallet.eip712.Eip712;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.PersonalMessage;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.identity.Keys;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.p256.P256;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.security.KeyPair;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** What the Java wallet says about the bytes of a real order, and about keys, texts and hashes. */
final class ClientVectors {
    private static final Eip712.Domain TOKEN = new Eip712.Domain(
            "Some Dollar", "2", 31337, EthAddress.parse("0x000000000000000000000000000000000000700e"));

    private final DeviceBuyer buyer;
    private final Terms terms;
    private final Map<String, Object> json = new LinkedHashMap<>();

    private ClientVectors(DeviceBuyer buyer, Terms terms) {
        this.buyer = buyer;
        this.terms = terms;
    }

    /** From a new order on the system. */
    static ClientVectors of(GatewayTestSystem system) {
        TestMarket market = TestMarket.get();
        DeviceBuyer buyer = DeviceBuyer.enrol(system);
        Terms terms = market.terms(
                TestMarket.newOrder(), buyer.party(), buyer.ethKey().address());
        ClientVectors vectors = new ClientVectors(buyer, terms);
        vectors.addOrder(market);
        vectors.addTerms();
        vectors.addKeys();
        vectors.json.put("canonical", canonical());
        vectors.json.put("tenders", tenders());
        return vectors;
    }

    Map<String, Object> json() {
        return json;
    }

    Secp256k1Key wallet() {
        return buyer.ethKey();
    }

    byte[] personalDigest() {
        return PersonalMessage.digest(PartyBinding.message(GatewayTestSystem.LEDGER, buyer.party()));
    }

    byte[] depositDigest() {
        return new Authorization(
                        TOKEN,
                        terms.escrow().payer(),
                        terms.escrow().contract(),
                        terms.total(),
                        terms.payBy().getEpochSecond(),
                        EscrowTypes.escrowId(terms))
                .digest();
    }

    private void addOrder(TestMarket market) {
        Command order =
                new Command.PlaceOrder(buyer.newId(), terms.orderId(), List.of(market.signed(terms, buyer.identity())));
        Answer prepared = buyer.prepare(order);
        Answer endorsed = buyer.endorse(prepared);
        byte[] proposal = Base64.getDecoder().decode(prepared.text("proposal"));
        byte[] transaction = Base64.getDecoder().decode(endorsed.text("transaction"));
        json.put("shown", List.of(ShownVector.ofProposal(proposal), ShownVector.ofTransaction(transaction)));
        json.put("changed", ShownVector.changed(proposal, transaction));
        json.put("otherProposal", buyer.prepare(order).text("proposal"));
    }

    private void addTerms() {
        json.put(
                "terms",
                Map.of(
                        "terms", terms,
                        "hash", terms.hash(),
                        "escrowId", EscrowTypes.escrowId(terms),
                        "token", Map.of("name", TOKEN.name(), "version", TOKEN.version()),
                        "digest", HexFormat.of().formatHex(depositDigest())));
        json.put(
                "wallet",
                Map.of(
                        "key", HexFormat.of().formatHex(wallet().privateKey()),
                        "address", wallet().address().lower(),
                        "party", buyer.party(),
                        "ledger", GatewayTestSystem.LEDGER,
                        "personal", HexFormat.of().formatHex(personalDigest()),
                        "typedData", typedData()));
    }

    /** As {@code GET /api/v1/deposits/{id}/authorization} gives it. */
    private Map<String, Object> typedData() {
        return Map.of(
                "types",
                Map.of(
                        "EIP712Domain",
                        members("string name", "string version", "uint256 chainId", "address verifyingContract"),
                        "ReceiveWithAuthorization",
                        members(
                                "address from",
                                "address to",
                                "uint256 value",
                                "uint256 validAfter",
                                "uint256 validBefore",
                                "bytes32 nonce")),
                "primaryType",
                "ReceiveWithAuthorization",
                "domain",
                Map.of(
                        "name", TOKEN.name(),
                        "version", TOKEN.version(),
                        "chainId", TOKEN.chainId(),
                        "verifyingContract", TOKEN.verifyingContract()),
                "message",
                Map.of(
                        "from", terms.escrow().payer(),
                        "to", terms.escrow().contract(),
                        "value", terms.total(),
                        "validAfter", "0",
                        "validBefore", Long.toString(terms.payBy().getEpochSecond()),
                        "nonce", "0x" + EscrowTypes.escrowId(terms)));
    }

    private static List<Map<String, String>> members(String... typesAndNames) {
        return List.of(typesAndNames).stream()
                .map(member -> member.split(" ", 2))
                .map(member -> Map.of("type", member[0], "name", member[1]))
                .toList();
    }

    private void addKeys() {
        KeyPair pair = P256.generate();
        byte[] bytes = "signed by Java".getBytes(UTF_8);
        byte[] signature = P256.sign(pair.getPrivate(), bytes);
        json.put(
                "p256",
                Map.of(
                        "spki", Keys.subjectPublicKeyInfo(pair.getPublic()),
                        "party", PartyId.of(pair.getPublic()),
                        "bytes", bytes,
                        "signature", signature,
                        "highS", ShownVector.withHigherS(signature),
                        "certificate", buyer.identity().certificatePem(),
                        "certificateParty", buyer.party()));
    }

    /** Tenders of random totals, part of which went each way. */
    private static List<Map<String, Object>> tenders() {
        Random random = new Random(1);
        return Stream.generate(() -> {
                    BigInteger total = new BigInteger(1 + random.nextInt(62), random).add(BigInteger.ONE);
                    BigInteger gross = new BigInteger(70, random).mod(total.add(BigInteger.ONE));
                    BigInteger buyer =
                            new BigInteger(70, random).mod(total.subtract(gross).add(BigInteger.ONE));
                    BigDecimal rate = BigDecimal.valueOf(1 + random.nextInt(999_999), random.nextInt(15) - 4);
                    Tender tender = Conversion.tender("EUR", rate, 6, 2, new Amount(total), "test");
                    return Map.<String, Object>of(
                            "tender",
                            tender,
                            "total",
                            total.toString(),
                            "gross",
                            gross.toString(),
                            "buyer",
                            buyer.toString(),
                            "parts",
                            Conversion.inTender(tender, new Amount(total), new Amount(gross), new Amount(buyer)));
                })
                .limit(200)
                .toList();
    }

    private static List<Map<String, Object>> canonical() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("\u20ac", "Euro\u2028");
        members.put("\r", "return");
        members.put("\ud83d\ude00", "smile \u0001\u007f\"\\");
        members.put("\ufb33", List.of(true, false, Map.of()));
        members.put("1", List.of(0, -1, 9_007_199_254_740_991L, new BigDecimal("0.000001"), new BigDecimal("1e-7")));
        members.put("a", List.of(4.5, new BigDecimal("1.25e10")));
        return List.of(members, Map.of("z", "", "A", List.of())).stream()
                .<Map<String, Object>>map(
                        value -> Map.of("value", value, "canonical", new String(CanonicalJson.bytes(value), UTF_8)))
                .toList();
    }
}
