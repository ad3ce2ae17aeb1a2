package io.clearmarket.network;

import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.embedded.NetworkException;
import io.clearmarket.network.fabric.ComposeImages;
import io.clearmarket.network.fabric.FabricConfig;
import io.clearmarket.network.fabric.FabricNetwork;
import io.clearmarket.network.fabric.Steps;
import io.clearmarket.network.fabric.client.PeerRefused;
import io.clearmarket.network.fabric.node.FabricBinaries;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code clearmarket-fabric}: a network of Fabric's own nodes with a chaincode, until it is told to end. */
@Command(
        name = "clearmarket-fabric",
        mixinStandardHelpOptions = true,
        description = "Starts a network of Fabric's own peers and orderers: three organisations, one channel.",
        footer = "Writes network.json into the data directory when ready. Ends on SIGTERM and Ctrl-C.")
public final class FabricMain implements Callable<Integer> {
    private static final Duration WATCH = Duration.ofMillis(500);

    @Option(
            names = "--network",
            paramLabel = "KIND",
            description = "native (processes from Fabric's release binaries) or compose (containers from its images).")
    private String kind = "native";

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Where the network is kept.")
    private Path data = Path.of(".");

    @Option(
            names = "--base-port",
            paramLabel = "N",
            description = "Nodes from N, chaincode from N+10, the rest from N+20; 0 (default) takes free ports.")
    private int basePort;

    @Option(names = "--channel", paramLabel = "NAME", description = "The channel (default ${DEFAULT-VALUE}).")
    private String channel = "market";

    @Option(
            names = "--orderers",
            paramLabel = "N",
            description = "One or three (default: as the network was founded, else one).")
    private @Nullable Integer orderers;

    @Option(
            names = "--peers",
            paramLabel = "N",
            description = "Of each organisation, up to three; a network may get more (default: as it has, else one).")
    private @Nullable Integer peers;

    @Option(
            names = "--chaincode",
            paramLabel = "NAME=VERSION",
            description = "The chaincode (default ${DEFAULT-VALUE}).")
    private String chaincode = "market=1.0";

    @Option(names = "--chaincode-jar", required = true, paramLabel = "JAR", description = "Its jar.")
    private Path chaincodeJar = Path.of(".");

    @Option(names = "--policy", paramLabel = "TEXT", description = "Its endorsement policy (default ${DEFAULT-VALUE}).")
    private String policy = ChaincodeConfig.MARKET_POLICY;

    @Option(names = "--batch-timeout", paramLabel = "MS", description = "Milliseconds a block waits (default 20).")
    private long batchTimeout = NetworkConfig.Batch.QUICK.timeout().toMillis();

    @Option(names = "--end-with-stdin", description = "End when standard input does, so as not to outlive a parent.")
    private boolean endWithStdin;

    private final EndSignal end = new EndSignal();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FabricMain()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            return run();
        } catch (NetworkException | PeerRefused | IllegalArgumentException | IllegalStateException | IOException e) {
            System.err.println("clearmarket-fabric: " + e.getMessage());
            return 1;
        }
    }

    private int run() throws IOException, InterruptedException {
        FabricConfig founded = FabricConfig.in(data).withNodesAsFounded();
        FabricConfig config = founded.withChannels(List.of(channel))
                .withNodes(
                        peers == null ? founded.peersPerOrganization() : peers,
                        orderers == null ? founded.orderers() : orderers)
                .withBasePort(basePort)
                .withBatch(NetworkConfig.Batch.QUICK.withTimeout(Duration.ofMillis(batchTimeout)));
        Steps steps = progress();
        NetworkFile.remove(data);
        end.listen(endWithStdin);
        end.interruptWhileStarting();
        try (FabricNetwork network = startNodes(config, steps);
                MarketDeployment deployment = MarketDeployment.start(network, first(network), chaincodeJar)) {
            end.started();
            deployment.describe();
            System.out.println("network ready: " + NetworkFile.in(data));
            while (!end.await(WATCH)) {
                network.requireAlive();
                deployment.upgradeIfAsked();
            }
        } finally {
            NetworkFile.remove(data);
            end.closed();
        }
        return 0;
    }

    private FabricNetwork startNodes(FabricConfig config, Steps steps) {
        return switch (kind) {
            case "native" -> FabricNetwork.startNative(config, FabricBinaries.find(), steps);
            case "compose" -> FabricNetwork.startCompose(config, ComposeImages.configured(), steps);
            default -> throw new IllegalArgumentException("--network is native or compose, not " + kind);
        };
    }

    private ChaincodeRecord first(FabricNetwork network) {
        int equals = chaincode.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("--chaincode wants NAME=VERSION, not '" + chaincode + "'");
        }
        return new ChaincodeRecord(
                chaincode.substring(0, equals),
                chaincode.substring(equals + 1),
                policy,
                null,
                network.chaincodePorts());
    }

    private static Steps progress() {
        long start = System.nanoTime();
        return step -> {
            System.out.printf(Locale.ROOT, "  %-60s %6.1f s%n", step, (System.nanoTime() - start) / 1e9);
            System.out.flush();
        };
    }
}
