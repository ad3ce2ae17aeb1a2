package io.clearmarket.network;

import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.embedded.NetworkException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
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
        description = "Starts an embedded Fabric network: three organisations, one channel, one orderer.",
        footer = "Writes network.json into the data directory when ready. Ends on SIGTERM and Ctrl-C.")
public final class NetworkMain implements Callable<Integer> {
    private static final Duration CHAINCODE_START = Duration.ofMinutes(2);
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

    @Option(names = "--policy", paramLabel = "TEXT", description = "Its endorsement policy (default ${DEFAULT-VALUE}).")
    private String policy = ChaincodeConfig.MARKET_POLICY;

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
                .basePort(basePort)
                .batch(NetworkConfig.Batch.QUICK.withTimeout(Duration.ofMillis(batchTimeout)));
        ChaincodeConfig definition = chaincode == null ? null : definition(chaincode);
        if (definition != null) {
            builder.chaincode(definition);
        }
        NetworkFile.remove(data);
        try (EmbeddedNetwork network = EmbeddedNetwork.start(builder.build());
                ChaincodeProcess process = startChaincode(definition)) {
            end.listen(endWithStdin);
            if (process != null) {
                process.awaitListening(CHAINCODE_START);
            }
            NetworkFile.write(
                    data,
                    network.channel(),
                    network.organizations(),
                    network.ordererAddress(),
                    definition == null
                            ? null
                            : NetworkFile.Chaincode.of(definition, process == null ? 0 : process.pid()));
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
        for (String mspId : NetworkConfig.DEFAULT_ORGANIZATIONS) {
            int port = basePort == 0 ? FreePorts.one() : basePort + CHAINCODE_PORT_OFFSET + next++;
            servers.put(mspId, "127.0.0.1:" + port);
        }
        return new ChaincodeConfig(
                nameAndVersion.substring(0, equals), nameAndVersion.substring(equals + 1), policy, servers);
    }

    private @Nullable ChaincodeProcess startChaincode(@Nullable ChaincodeConfig definition) {
        if (chaincodeJar == null || definition == null) {
            return null;
        }
        return ChaincodeProcess.start(
                chaincodeJar, definition.packageId(), definition.servers().values(), data.resolve("chaincode.log"));
    }
}
