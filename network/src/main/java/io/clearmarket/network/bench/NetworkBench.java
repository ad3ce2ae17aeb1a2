package io.clearmarket.network.bench;

import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.junit.ChaincodeHost;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hyperledger.fabric.client.CommitException;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.GatewayException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How many transactions a second a new network commits, what one costs, and how long a lone one takes. Client, peers, orderer
 * and a chaincode that only puts share this process. Never on a network that serves: a ledger forgets nothing.
 */
@Command(
        name = "clearmarket bench network",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the embedded network: transactions a second, processor time of each, latency when idle;",
            "and the machine's own P-256. On a network of its own, which is deleted afterwards."
        })
public final class NetworkBench implements Callable<Integer> {
    private static final int WARM_UP = 1_000;
    private static final int LONE = 50;

    @Option(names = "--transactions", defaultValue = "5000", description = "How many (default ${DEFAULT-VALUE}).")
    private int transactions;

    @Option(names = "--clients", defaultValue = "64", description = "How many at a time (default ${DEFAULT-VALUE}).")
    private int clients;

    @Option(names = "--json", description = "Print the figures as JSON and nothing else on standard output.")
    private boolean json;

    /** Runs it as a process of its own. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new NetworkBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path directory = Files.createTempDirectory("clearmarket-bench-");
        try {
            NetworkFigures figures = measure(directory);
            if (json) {
                System.out.println(Json.MAPPER.writeValueAsString(figures));
            } else {
                figures.print(System.out);
            }
            return figures.failed() == 0 ? 0 : 1;
        } finally {
            delete(directory);
        }
    }

    private NetworkFigures measure(Path directory) throws Exception {
        PrintStream progress = json ? System.err : System.out;
        long start = System.nanoTime();
        try (ChaincodeHost chaincode = ChaincodeHost.start(
                        PutChaincode.NAME,
                        "1",
                        ChaincodeConfig.MARKET_POLICY,
                        NetworkConfig.DEFAULT_ORGANIZATIONS,
                        PutChaincode::new);
                EmbeddedNetwork network = EmbeddedNetwork.start(NetworkConfig.in(directory)
                        .chaincode(chaincode.config())
                        .build());
                NetworkClient client = NetworkClient.connect(network, "PlatformMSP", "bench")) {
            progress.printf("network started in %d ms%n", (System.nanoTime() - start) / 1_000_000);
            Contract contract = client.contract(PutChaincode.NAME);
            load(contract, Math.min(WARM_UP, transactions));
            Duration before = cpu();
            Load load = load(contract, transactions);
            double cpuMillis = cpu().minus(before).toNanos() / 1e6 / transactions;
            double[] lone = lone(contract);
            return new NetworkFigures(
                    transactions,
                    clients,
                    load.failed(),
                    load.perSecond(),
                    cpuMillis,
                    lone[LONE / 2],
                    lone[LONE * 9 / 10],
                    CryptoCeiling.measure());
        }
    }

    /** On a busy machine this says more than the rate. */
    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private record Load(int failed, double perSecond) {}

    private Load load(Contract contract, int count) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(clients);
        long start = System.nanoTime();
        for (int i = 0; i < clients; i++) {
            Thread.ofVirtual().start(() -> {
                for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                    if (!put(contract, "key" + start + "-" + n)) {
                        failed.incrementAndGet();
                    }
                }
                done.countDown();
            });
        }
        done.await();
        return new Load(failed.get(), (count - failed.get()) / ((System.nanoTime() - start) / 1e9));
    }

    private static boolean put(Contract contract, String key) {
        try {
            contract.submitTransaction(PutChaincode.PUT, key, "value");
            return true;
        } catch (GatewayException | CommitException e) {
            System.err.println("not committed: " + e.getMessage());
            return false;
        }
    }

    /** Milliseconds from submit to commit of transactions one after the other, ascending. */
    private static double[] lone(Contract contract) {
        double[] millis = new double[LONE];
        for (int i = 0; i < millis.length; i++) {
            long start = System.nanoTime();
            put(contract, "lone" + i);
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        return millis;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
