package io.clearmarket.network;

import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.embedded.NetworkException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code clearmarket-network}: an embedded network as a process of its own, until it is told to end. */
@Command(
        name = "clearmarket-network",
        mixinStandardHelpOptions = true,
        description =
                "Starts an embedded Fabric network for chaincode in any language: organisations with a peer each, one"
                        + " channel, one orderer.",
        footer = {
            "Writes network.json into the data directory when ready. Ends on SIGTERM and Ctrl-C.",
            "",
            "With --run, CHAINCODE_SERVER_ADDRESS, CHAINCODE_ID and CORE_CHAINCODE_ID_NAME tell each process what to be.",
            "With neither --run nor --chaincode-jar, start the servers yourself; what to tell them is printed.",
        })
public final class NetworkMain implements Callable<Integer> {
    /** Chaincode servers listen above the orderer and the peers. */
    private static final int CHAINCODE_PORT_OFFSET = 10;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Where the network is kept.")
    private Path data = Path.of(".");

    @Option(
            names = "--base-port",
            paramLabel = "N",
            description = "Orderer on N, peers from N+1, chaincode from N+10; 0 (default) takes free ports.")
    private int basePort;

    @Option(names = "--channel", paramLabel = "NAME", description = "The channel (default ${DEFAULT-VALUE}).")
    private String channel = "market";

    @Option(names = "--chaincode", paramLabel = "NAME=VERSION", description = "A chaincode to define.")
    private @Nullable String chaincode;

    @Option(names = "--chaincode-jar", paramLabel = "JAR", description = "Runs the chaincode, a server per peer.")
    private @Nullable Path chaincodeJar;

    @Option(names = "--run", paramLabel = "COMMAND", description = "Runs the chaincode, one such process per peer.")
    private @Nullable String chaincodeCommand;

    @Option(
            names = "--policy",
            paramLabel = "TEXT",
            description =
                    "Its endorsement policy: signature policy text or a channel policy's path (default: the market's;"
                            + " with --organization a majority).")
    private @Nullable String policy;

    @Option(
            names = "--organization",
            paramLabel = "MSPID",
            description = "An organisation, to be repeated (default: PlatformMSP, MerchantsMSP, AuditMSP).")
    private List<String> organizations = List.of();

    @Option(names = "--batch-timeout", paramLabel = "MS", description = "Milliseconds a block waits (default 20).")
    private long batchTimeout = NetworkConfig.Batch.QUICK.timeout().toMillis();

    @Option(names = "--end-with-stdin", description = "End when standard input does, so as not to outlive a parent.")
    private boolean endWithStdin;

    private final EndSignal end = new EndSignal();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new NetworkMain()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            return run();
        } catch (NetworkException | IllegalArgumentException | IllegalStateException | IOException e) {
            System.err.println("clearmarket-network: " + e.getMessage());
            return 1;
        }
    }

    private int run() throws IOException, InterruptedException {
        NetworkConfig.Builder builder = NetworkConfig.in(data)
                .channel(channel)
                .ordererPort(basePort)
                .batch(NetworkConfig.Batch.QUICK.withTimeout(Duration.ofMillis(batchTimeout)));
        List<String> mspIds = mspIds();
        for (int i = 0; i < mspIds.size(); i++) {
            builder.organization(mspIds.get(i), basePort == 0 ? 0 : basePort + 1 + i);
        }
        ChaincodeConfig definition = chaincode == null ? null : definition(chaincode);
        if (definition != null) {
            builder.chaincode(definition);
        }
        NetworkFile.remove(data);
        try (EmbeddedNetwork network = EmbeddedNetwork.start(builder.build());
                ServedChaincode served = serve(definition)) {
            end.listen(endWithStdin);
            served.awaitListening();
            NetworkFile.write(
                    data,
                    network.channel(),
                    network.organizations(),
                    network.ordererAddress(),
                    definition == null ? null : NetworkFile.Chaincode.of(definition, served.pid()));
            System.out.println("network ready: " + NetworkFile.in(data));
            end.await();
        } finally {
            NetworkFile.remove(data);
            end.closed();
        }
        return 0;
    }

    private ChaincodeConfig definition(String nameAndVersion) {
        int equals = nameAndVersion.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("--chaincode wants NAME=VERSION, not '" + nameAndVersion + "'");
        }
        Map<String, String> servers = new LinkedHashMap<>();
        int next = 0;
        for (String mspId : mspIds()) {
            int port = basePort == 0 ? FreePorts.one() : basePort + CHAINCODE_PORT_OFFSET + next++;
            servers.put(mspId, "127.0.0.1:" + port);
        }
        return new ChaincodeConfig(
                nameAndVersion.substring(0, equals), nameAndVersion.substring(equals + 1), policy(), servers);
    }

    private List<String> mspIds() {
        return organizations.isEmpty() ? NetworkConfig.DEFAULT_ORGANIZATIONS : organizations;
    }

    private String policy() {
        if (policy != null) {
            return policy;
        }
        return organizations.isEmpty() ? ChaincodeConfig.MARKET_POLICY : ChaincodeConfig.MAJORITY_POLICY;
    }

    private ServedChaincode serve(@Nullable ChaincodeConfig definition) {
        if (definition == null) {
            return ServedChaincode.byItsOwner();
        }
        if (chaincodeJar != null) {
            return ServedChaincode.byJar(definition, chaincodeJar, data);
        }
        if (chaincodeCommand != null) {
            return ServedChaincode.byCommand(definition, chaincodeCommand, data);
        }
        definition
                .servers()
                .forEach((mspId, address) -> System.out.printf(
                        "for %s: CHAINCODE_SERVER_ADDRESS=%s CHAINCODE_ID=%s%n",
                        mspId, address, definition.packageId()));
        return ServedChaincode.byItsOwner();
    }
}
