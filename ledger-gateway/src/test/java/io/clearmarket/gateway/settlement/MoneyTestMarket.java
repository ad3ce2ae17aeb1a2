package io.clearmarket.gateway.settlement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.Money;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.PartyBinding;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.audit.Recheck;
import io.clearmarket.gateway.chain.ChainFixture;
import io.clearmarket.gateway.fabric.LedgerSnapshot;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.GatewayTestSystem.Person;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.wallet.eip712.Eip712;
import io.clearmarket.wallet.eip712.Value;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.PersonalMessage;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.hyperledger.fabric.client.GatewayException;

/** A market with money on both ledgers, through its HTTP doors: gateway, embedded network, chaincode, anvil. */
final class MoneyTestMarket implements AutoCloseable {
    static final int FEE_BPS = 250;

    /** AuditMSP's second attester. */
    static final String STANDBY = "AuditMSP-standby";

    static final long STANDBY_DELAY = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    final ChainFixture chain;
    final GatewayTestSystem system;
    private final NetworkClient auditPeer;

    private MoneyTestMarket(ChainFixture chain, GatewayTestSystem system) {
        this.chain = chain;
        this.system = system;
        this.auditPeer = NetworkClient.connect(
                system.organization("AuditMSP"), system.channel(), system.issue("AuditMSP", "reader"));
    }

    /** Everything is there and running, with an attester of each organisation. */
    static MoneyTestMarket start() throws Exception {
        MoneyTestMarket market = prepare();
        market.attestedBy("PlatformMSP", "MerchantsMSP", "AuditMSP");
        market.system.startGateway();
        market.found();
        return market;
    }

    /** Ledgers and files are there; the gateway is not running. */
    static MoneyTestMarket prepare() throws Exception {
        ChainFixture chain = ChainFixture.start();
        MoneyTestMarket market = new MoneyTestMarket(chain, GatewayTestSystem.own());
        Path deployment = market.system.folder().resolve("deployment.json");
        chain.deployment.write(deployment);
        market.system.with(Map.of(
                "clearmarket.chain.rpc-url", chain.anvil.address().toString(),
                "clearmarket.chain.deployment-file", deployment.toString(),
                "clearmarket.chain.sender-key", market.keyFile("sender", ChainFixture.FUNDED),
                "clearmarket.settlement.identity", "operator-PlatformMSP",
                "clearmarket.keeper.identity", "operator-PlatformMSP"));
        return market;
    }

    /** These attesters run in the gateway from its next start on. */
    void attestedBy(String... mspIds) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i < mspIds.length; i++) {
            settings.put("clearmarket.attesters[" + i + "].msp-id", organisation(mspIds[i]));
            settings.put("clearmarket.attesters[" + i + "].key", keyFile(mspIds[i], attesterKey(mspIds[i])));
            settings.put(
                    "clearmarket.attesters[" + i + "].rpc-url",
                    chain.anvil.address().toString());
        }
        system.with(settings);
    }

    /** Whose attester this is. */
    static String organisation(String attester) {
        return attester.equals(STANDBY) ? "AuditMSP" : attester;
    }

    Secp256k1Key attesterKey(String mspId) {
        return switch (mspId) {
            case "AuditMSP" -> chain.audit;
            case STANDBY -> ChainFixture.key(STANDBY);
            case "PlatformMSP" -> chain.platform;
            case "MerchantsMSP" -> chain.merchants;
            default -> throw new IllegalArgumentException(mspId);
        };
    }

    /** The configuration in force and everybody registered. */
    void found() {
        for (String operator : List.of("operator-AuditMSP", "operator-PlatformMSP")) {
            accepted(http(operator).post("/api/v1/market/approvals", Map.of("config", config())));
        }
        List.of("buyer", "merchant", "carrier", "arbiter").forEach(this::register);
        for (String name : List.of("merchant", "carrier", "arbiter")) {
            for (String operator : List.of("operator-AuditMSP", "operator-PlatformMSP")) {
                GatewayTestSystem.Person person = system.person(name);
                accepted(http(operator)
                        .post(
                                "/api/v1/parties/" + person.party() + "/accreditations",
                                Map.of("role", person.role().name())));
            }
        }
    }

    MarketConfig config() {
        MarketConfig config = chain.market();
        List<MarketConfig.Attester> attesters = new ArrayList<>(config.attesters());
        attesters.add(new MarketConfig.Attester("AuditMSP", attesterKey(STANDBY).address()));
        return new MarketConfig(
                1,
                GatewayTestSystem.LEDGER,
                config.chainId(),
                config.escrow(),
                attesters,
                config.requiredMsp(),
                STANDBY_DELAY,
                2,
                config.assets());
    }

    /** An order of one consignment on the ledger. */
    Terms place(String order, long total) {
        Terms terms = terms(order, total);
        place(terms);
        return terms;
    }

    /** The order of these terms on the ledger and in the read model. */
    void place(Terms terms) {
        SignedTerms signed = new SignedTerms(
                terms, signature(system.person("buyer"), terms), signature(system.person("merchant"), terms));
        accepted(http("buyer")
                .post(
                        "/api/v1/orders",
                        Map.of("orderId", terms.orderId(), "consignments", List.of(signed)),
                        "place-" + terms.orderId()));
        String path = "/api/v1/consignments/" + terms.consignmentId();
        await("the order in the read model", () -> http("buyer").get(path).status(), status -> status == 200);
    }

    boolean isPlaced(ConsignmentId id) {
        system.awaitLevel("AuditMSP");
        try {
            return auditPeer.contract("market").evaluateTransaction("get", "consignment", id.value()).length > 0;
        } catch (GatewayException unknown) {
            return false;
        }
    }

    /** Test money for the buyer, and its deposit handed to the gateway. */
    TestHttp.Answer deposit(Terms terms) {
        fund(terms);
        return requestDeposit(terms);
    }

    /** Test money for the buyer, soon. */
    void fund(Terms terms) {
        Map<String, Object> wish = Map.of("address", terms.escrow().payer(), "amount", terms.total());
        accepted(http("buyer").post("/api/v1/development/faucet", wish, "fund-" + terms.orderId()));
    }

    /** A deposit is refused until the buyer's money is there: tried until it is. */
    TestHttp.Answer requestDeposit(Terms terms) {
        return requestDeposit(depositRequest(terms));
    }

    /** The same, signed in any way. */
    TestHttp.Answer requestDeposit(Map<String, Object> request) {
        return await(
                "the deposit to be taken",
                () -> http("buyer").post("/api/v1/deposits", request),
                answer -> answer.status() == 202);
    }

    Map<String, Object> depositRequest(Terms terms) {
        return depositRequest(terms, terms);
    }

    /** For a consignment, with an authorization that was signed for another. */
    Map<String, Object> depositRequest(Terms terms, Terms signed) {
        Eip712.Domain token =
                new Eip712.Domain("Clearmarket Test Dollar", "1", chain.deployment.chainId(), chain.deployment.token());
        byte[] digest = Eip712.digest(
                token,
                Eip712.hashStruct(
                        "ReceiveWithAuthorization(address from,address to,uint256 value,"
                                + "uint256 validAfter,uint256 validBefore,bytes32 nonce)",
                        Value.address(terms.escrow().payer()),
                        Value.address(chain.deployment.escrow()),
                        Value.uint(signed.total().units()),
                        Value.uint(0),
                        Value.uint(terms.payBy().getEpochSecond()),
                        Value.bytes32(EscrowTypes.escrowId(terms).bytes())));
        byte[] signature = system.person("buyer").ethKey().signDigest(digest);
        return Map.of(
                "consignmentId",
                terms.consignmentId(),
                "authorization",
                Map.of(
                        "validAfter",
                        0,
                        "validBefore",
                        terms.payBy().getEpochSecond(),
                        "signature",
                        "0x" + HexFormat.of().formatHex(signature)));
    }

    /** The buyer releases so much. */
    void accept(Terms terms, long amount) {
        Consignment now = consignment(terms.consignmentId());
        accepted(http("buyer")
                .post(
                        "/api/v1/consignments/" + now.id() + "/accept",
                        Map.of(
                                "version",
                                now.version(),
                                "part",
                                Map.of("amount", Long.toString(amount), "lines", List.of())),
                        "accept-" + now.id() + "-" + amount));
    }

    /** The merchant gives back what is left. */
    void refundRest(Terms terms) {
        Consignment now = consignment(terms.consignmentId());
        accepted(http("merchant")
                .post(
                        "/api/v1/consignments/" + now.id() + "/refund",
                        Map.of("version", now.version(), "part", Map.of("lines", List.of())),
                        "refund-" + now.id()));
    }

    /** As AuditMSP's peer has it, once that is where the gateway's own is. */
    Consignment consignment(ConsignmentId id) {
        return recorded("consignment", id.value(), Consignment.class);
    }

    /** The same of an item. */
    Records.Item item(Epc epc) {
        return recorded("item", epc.uri(), Records.Item.class);
    }

    private <T> T recorded(String kind, String id, Class<T> type) {
        system.awaitLevel("AuditMSP");
        try {
            return Json.MAPPER.readValue(auditPeer.contract("market").evaluateTransaction("get", kind, id), type);
        } catch (GatewayException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All of AuditMSP's peer's blocks. */
    LedgerSnapshot ledger() {
        system.awaitLevel("AuditMSP");
        return Recheck.ledger(
                system.networkFile(), "AuditMSP", system.userDirectory("AuditMSP", "auditor"), "AuditMSP");
    }

    Consignment await(Terms terms, String what, Predicate<Consignment> condition) {
        return await(what, () -> consignment(terms.consignmentId()), condition);
    }

    TestHttp http(String person) {
        return system.http(system.token(person));
    }

    static TestHttp.Answer accepted(TestHttp.Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isBetween(200, 299);
        return answer;
    }

    interface Question<T> {
        T ask();
    }

    /** Asks until the answer is as it should be. */
    static <T> T await(String what, Question<T> question, Predicate<T> condition) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (true) {
            T answer = question.ask();
            if (condition.test(answer)) {
                return answer;
            }
            assertThat(Instant.now())
                    .as("waiting for %s, seen %s", what, answer)
                    .isBefore(deadline);
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void register(String name) {
        Person person = system.person(name);
        byte[] signature = person.ethKey()
                .signDigest(PersonalMessage.digest(PartyBinding.message(GatewayTestSystem.LEDGER, person.party())));
        accepted(http(name)
                .post(
                        "/api/v1/parties",
                        Map.of(
                                "role",
                                person.role(),
                                "address",
                                person.ethKey().address(),
                                "addressSignature",
                                "0x" + HexFormat.of().formatHex(signature))));
    }

    /** Terms that nobody has signed yet, to be paid within an hour. */
    Terms terms(String order, long total) {
        return terms(order, total, Instant.ofEpochSecond(Instant.now().getEpochSecond() + 3_600));
    }

    Terms terms(String order, long total, Instant payBy) {
        return new Terms(
                1,
                GatewayTestSystem.LEDGER,
                new OrderId(order),
                1,
                system.person("buyer").party(),
                system.person("merchant").party(),
                List.of(system.person("arbiter").party()),
                List.of(new Terms.Line(
                        1, "product", "09521234123453", 1, Amount.of(total), Amount.ZERO, Amount.of(total))),
                new Money(Amount.of(total), "USD"),
                Asset.erc20(chain.deployment.chainId(), chain.deployment.token()),
                Amount.of(total),
                new Terms.Quote(1, 1, "test", payBy.minusSeconds(3_600), payBy),
                new Terms.EscrowTerms(
                        chain.deployment.chainId(),
                        chain.deployment.escrow(),
                        system.person("buyer").ethKey().address(),
                        system.person("merchant").ethKey().address(),
                        EthAddress.parse("0x" + "fe".repeat(20)),
                        EthAddress.ZERO,
                        EscrowTypes.attesterSetHash(config()),
                        Digest.sha256(order.getBytes(UTF_8))),
                FEE_BPS,
                0,
                new Terms.Timers(3600, 3600, 3600, 3600, 3600, 3600, 3600, 3600),
                payBy,
                payBy.plus(Duration.ofDays(60)),
                "inspection");
    }

    private static String signature(Person person, Terms terms) {
        return Base64.getEncoder().encodeToString(person.signer().sign(terms.canonicalBytes()));
    }

    String keyFile(String name, Secp256k1Key key) {
        Path file = system.folder().resolve(name + ".key");
        try {
            Files.writeString(file, HexFormat.of().formatHex(key.privateKey()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toString();
    }

    @Override
    public void close() {
        auditPeer.close();
        system.close();
        chain.close();
    }
}
