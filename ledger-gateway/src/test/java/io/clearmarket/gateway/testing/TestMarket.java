package io.clearmarket.gateway.testing;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.DeliveryCondition;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.Money;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.PartyBinding;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.testing.GatewayTestSystem.Person;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Keccak;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A market in force on the system under test, with its parties registered through the API. There is no settlement chain:
 * the test holds the attesters' keys and attests deposits itself.
 */
public final class TestMarket {
    private static final long CHAIN = 31337;
    private static final EthAddress ESCROW = EthAddress.parse("0x00000000000000000000000000000000000e5c0e");
    private static final Asset ASSET =
            Asset.erc20(CHAIN, EthAddress.parse("0x000000000000000000000000000000000000700e"));
    private static final long DAY = Duration.ofDays(1).toSeconds();
    private static final long PRICE = 1_250;

    private static @Nullable TestMarket shared;

    private final GatewayTestSystem system;
    private final Secp256k1Key platformAttester = Secp256k1Key.generate();
    private final Secp256k1Key merchantsAttester = Secp256k1Key.generate();
    private final Secp256k1Key auditAttester = Secp256k1Key.generate();
    private final MarketConfig config = new MarketConfig(
            1,
            GatewayTestSystem.LEDGER,
            CHAIN,
            ESCROW,
            List.of(
                    new MarketConfig.Attester("PlatformMSP", platformAttester.address()),
                    new MarketConfig.Attester("MerchantsMSP", merchantsAttester.address()),
                    new MarketConfig.Attester("AuditMSP", auditAttester.address())),
            "AuditMSP",
            3600,
            2,
            List.of(ASSET));

    private TestMarket(GatewayTestSystem system) {
        this.system = system;
    }

    /** The one of this JVM. */
    public static synchronized TestMarket get() {
        if (shared == null) {
            TestMarket market = new TestMarket(GatewayTestSystem.get());
            market.open();
            shared = market;
        }
        return shared;
    }

    /** What the organisations approved. */
    public MarketConfig config() {
        return config;
    }

    /** Valid terms of one consignment with one line of one piece, between registered parties. */
    public Terms terms(String order, PartyId buyer, EthAddress payer) {
        Person merchant = system.person("merchant");
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Terms.Line line =
                new Terms.Line(1, "sku-1", "09521234123453", 1, Amount.of(PRICE), Amount.ZERO, Amount.of(PRICE * 100));
        return new Terms(
                1,
                GatewayTestSystem.LEDGER,
                new OrderId(order),
                1,
                buyer,
                merchant.party(),
                List.of(system.person("arbiter").party()),
                List.of(line),
                new Money(Amount.of(PRICE), "BRL"),
                ASSET,
                Amount.of(PRICE * 100),
                new Terms.Quote(100, 1, "test", now, now.plusSeconds(DAY)),
                new Terms.EscrowTerms(
                        CHAIN,
                        ESCROW,
                        payer,
                        merchant.ethKey().address(),
                        EthAddress.ZERO,
                        EthAddress.ZERO,
                        EscrowTypes.attesterSetHash(config),
                        digest(order)),
                0,
                0,
                new Terms.Timers(DAY, DAY, DAY, DAY, DAY, DAY, DAY, DAY),
                now.plusSeconds(DAY),
                now.plus(100, ChronoUnit.DAYS),
                "inspection");
    }

    /** The same terms, but events may decide. */
    public static Terms onConditions(Terms terms, DeliveryCondition... conditions) {
        ObjectNode json = Json.MAPPER.valueToTree(terms);
        json.set("conditions", Json.MAPPER.valueToTree(conditions));
        return Json.MAPPER.treeToValue(json, Terms.class);
    }

    /** The terms with the buyer's signature and the merchant's. */
    public SignedTerms signed(Terms terms, SigningIdentity buyer) {
        return new SignedTerms(
                terms,
                signature(buyer, terms),
                signature(system.person("merchant").signer(), terms));
    }

    /** A deposit of exactly the terms' total, attested by AuditMSP's attester and the platform's. */
    public Evidence deposit(Terms terms) {
        Evidence.Seen seen = new Evidence.Seen(
                CHAIN,
                ESCROW,
                EscrowTypes.escrowId(terms),
                Evidence.Kind.DEPOSIT,
                terms.total(),
                Amount.ZERO,
                Amount.ZERO,
                digest("transaction of " + terms.orderId()),
                0,
                1,
                digest("block"),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
        return attested(seen, auditAttester, platformAttester);
    }

    /** A fact with these attesters' signatures. */
    public Evidence attested(Evidence.Seen seen, Secp256k1Key... attesters) {
        byte[] fact = EscrowTypes.seenDigest(GatewayTestSystem.LEDGER, seen);
        return new Evidence(
                seen, Stream.of(attesters).map(key -> hex(key.signDigest(fact))).toList());
    }

    public Secp256k1Key platformAttester() {
        return platformAttester;
    }

    public Secp256k1Key merchantsAttester() {
        return merchantsAttester;
    }

    public Secp256k1Key auditAttester() {
        return auditAttester;
    }

    /** The address's signature that binds it to a party. */
    public static String binding(Secp256k1Key address, PartyId party) {
        return hex(address.signDigest(Keccak.hash256(PartyBinding.signedBytes(GatewayTestSystem.LEDGER, party))));
    }

    /** A digest that is the same for the same text. */
    public static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** An order id that no other test uses. */
    public static String newOrder() {
        return "order-" + UUID.randomUUID();
    }

    private void open() {
        for (String operator : List.of("operator-AuditMSP", "operator-PlatformMSP")) {
            require(system.http(system.token(operator)).post("/api/v1/market/approvals", Map.of("config", config)));
        }
        List.of("buyer", "merchant", "carrier", "arbiter", "auditor").forEach(this::register);
        for (String name : List.of("merchant", "carrier", "arbiter")) {
            for (String operator : List.of("operator-AuditMSP", "operator-PlatformMSP")) {
                Person person = system.person(name);
                require(system.http(system.token(operator))
                        .post(
                                "/api/v1/parties/" + person.party() + "/accreditations",
                                Map.of("role", person.role().name())));
            }
        }
        system.awaitRead();
    }

    private void register(String name) {
        Person person = system.person(name);
        require(system.http(system.token(name))
                .post(
                        "/api/v1/parties",
                        Map.of(
                                "role",
                                person.role().name(),
                                "address",
                                person.ethKey().address().toString(),
                                "addressSignature",
                                binding(person.ethKey(), person.party()))));
    }

    private static void require(Answer answer) {
        if (answer.status() != 200) {
            throw new IllegalStateException(String.format(Locale.ROOT, "%d %s", answer.status(), answer.body()));
        }
    }

    private static String signature(SigningIdentity signer, Terms terms) {
        return Base64.getEncoder().encodeToString(signer.sign(terms.canonicalBytes()));
    }

    private static String hex(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }
}
