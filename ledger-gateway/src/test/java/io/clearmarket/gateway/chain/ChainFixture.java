package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.Money;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.contracts.AnvilOptions;
import io.clearmarket.contracts.AnvilProcess;
import io.clearmarket.contracts.ContractTools;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Keccak;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.web3j.protocol.core.DefaultBlockParameterName;
import tools.jackson.databind.JsonNode;

/** A running anvil with the contracts on it, and terms to try them with. */
public final class ChainFixture implements AutoCloseable {
    /** The first account of anvil's well-known development mnemonic. */
    public static final Secp256k1Key FUNDED = Secp256k1Key.fromPrivateKey(
            HexFormat.of().parseHex("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"));

    public static final String LEDGER = "clearmarket:test:market";

    private static final String ESCROW_TERMS =
            "((bytes32,address,address,address,address,address,uint120,uint48,uint48,uint16,uint16,bytes32,bytes32))";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public final AnvilProcess anvil;
    public final Deployment deployment;
    public final Secp256k1Key audit = key("audit");
    public final Secp256k1Key platform = key("platform");
    public final Secp256k1Key merchants = key("merchants");
    public final Secp256k1Key buyer = key("buyer");
    public final Secp256k1Key merchant = key("merchant");

    private ChainFixture(AnvilProcess anvil, Deployment deployment) {
        this.anvil = anvil;
        this.deployment = deployment;
    }

    public static ChainFixture start() throws Exception {
        return start(AnvilOptions.development());
    }

    public static ChainFixture start(AnvilOptions options) throws Exception {
        Path root = Path.of(System.getProperty("clearmarket.root", ".."));
        AnvilProcess anvil = AnvilProcess.start(ContractTools.ofCheckout(root), options);
        Path folder = Files.createTempDirectory("clearmarket-chain");
        return new ChainFixture(anvil, Deployer.ensure(anvil.address(), FUNDED, folder.resolve("deployment.json")));
    }

    /** A key that is the same in every run. */
    public static Secp256k1Key key(String name) {
        return Secp256k1Key.fromPrivateKey(Keccak.hash256(name.getBytes(StandardCharsets.UTF_8)));
    }

    public MarketConfig market() {
        return new MarketConfig(
                1,
                LEDGER,
                deployment.chainId(),
                deployment.escrow(),
                List.of(
                        new MarketConfig.Attester("AuditMSP", audit.address()),
                        new MarketConfig.Attester("PlatformMSP", platform.address()),
                        new MarketConfig.Attester("MerchantsMSP", merchants.address())),
                "AuditMSP",
                0,
                2,
                List.of(Asset.erc20(deployment.chainId(), deployment.token())));
    }

    public Terms terms(String order, long total, Instant payBy) {
        PartyId party = new PartyId("00".repeat(32));
        return new Terms(
                1,
                LEDGER,
                new OrderId(order),
                1,
                party,
                party,
                List.of(party),
                List.of(new Terms.Line(
                        1, "product", "09520000000008", 1, Amount.of(total), Amount.ZERO, Amount.of(total))),
                new Money(Amount.of(total), "USD"),
                market().assets().getFirst(),
                Amount.of(total),
                new Terms.Quote(1, 1, "test", Instant.EPOCH, payBy),
                new Terms.EscrowTerms(
                        deployment.chainId(),
                        deployment.escrow(),
                        buyer.address(),
                        merchant.address(),
                        EthAddress.parse("0x" + "fe".repeat(20)),
                        EthAddress.parse("0x" + "ef".repeat(20)),
                        EscrowTypes.attesterSetHash(market()),
                        Digest.ZERO),
                250,
                100,
                new Terms.Timers(60, 60, 60, 60, 60, 60, 60, 60),
                payBy,
                payBy.plusSeconds(86_400L * 60),
                "inspection");
    }

    /** The root of all that the escrow contract has stored (EIP-1186). */
    public String storageHash() throws IOException, InterruptedException {
        return anvil("eth_getProof", "\"" + deployment.escrow() + "\",[],\"latest\"")
                .path("storageHash")
                .asString();
    }

    /** The calldata by which whoever sends it pays the deposit of these terms, having approved the contract. */
    public String depositByAnyone(Terms terms) {
        // the same arguments under another name
        String reclaim = new EscrowCalls(new Rpc(anvil.address()).web3j(), deployment.escrow()).reclaim(terms);
        byte[] name = Keccak.hash256(("deposit" + ESCROW_TERMS).getBytes(StandardCharsets.UTF_8));
        return "0x" + HexFormat.of().formatHex(name, 0, 4) + reclaim.substring("0x12345678".length());
    }

    /** What a reclaim would give back now, by the contract; nothing if it would revert. */
    public Optional<String> reclaims(Terms terms) {
        Rpc rpc = new Rpc(anvil.address());
        String data = new EscrowCalls(rpc.web3j(), deployment.escrow()).reclaim(terms);
        try {
            return Optional.of(rpc.call(deployment.escrow(), data, DefaultBlockParameterName.LATEST));
        } catch (ChainException.Reverted e) {
            return Optional.empty();
        }
    }

    /** A call of one of anvil's own methods; the parameters are JSON. */
    public JsonNode anvil(String method, String parameters) {
        HttpRequest request = HttpRequest.newBuilder(anvil.address())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":[" + parameters + "]}"))
                .build();
        JsonNode answer = Json.MAPPER.readTree(sent(request));
        if (!answer.has("result")) {
            throw new IllegalStateException(method + ": " + answer);
        }
        return answer.path("result");
    }

    private static byte[] sent(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The escrow contract as anvil shows it. */
    public EscrowReader reader() {
        return new NodeView(new Rpc(anvil.address()), deployment);
    }

    @Override
    public void close() {
        anvil.close();
    }
}
