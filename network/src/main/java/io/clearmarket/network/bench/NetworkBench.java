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
import java.lang.management.ManagementFactory;
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
 * How soon a new network is there, how many transactions a second it commits, what one costs, and how long a lone one takes. Client, peers, orderer
 * and a chaincode that only puts share this process. Never on a network that serves: a ledger forgets nothing.
 */
@Command(
        name = "clearmarket bench network",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the embedded network: time to be ready and to the first commit, transactions a second, processor time",
            "of each, memory, latency when idle, time to open again; and the machine's own P-256. On a network of its own,",
            "which is deleted afterwards."
        })
public final class NetworkBench implements Callable<Integer> {
    private static final int WARM_UP = 1_000;
    private static final int LONE = 100;

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
        try (ChaincodeHost chaincode = ChaincodeHost.start(
                PutChaincode.NAME,
                "1",
                ChaincodeConfig.MARKET_POLICY,
                NetworkConfig.DEFAULT_ORGANIZATIONS,
                PutChaincode::new)) {
            NetworkConfig config =
                    NetworkConfig.in(directory).chaincode(chaincode.config()).build();
            NetworkFigures.Builder figures = new NetworkFigures.Builder(transactions, clients);
            long start = System.nanoTime();
            try (EmbeddedNetwork network = EmbeddedNetwork.start(config);
                    NetworkClient client = NetworkClient.connect(network, "PlatformMSP", "bench")) {
                figures.readyMillis = millisSince(start);
                measure(client.contract(PutChaincode.NAME), figures);
            }
            long again = System.nanoTime();
            EmbeddedNetwork.start(config).close();
            figures.reopenMillis = millisSince(again);
            return figures.build(CryptoCeiling.measure());
        }
    }

    private void measure(Contract contract, NetworkFigures.Builder figures) throws InterruptedException {
        put(contract, "first");
        figures.firstCommitMillis = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        PrintStream progress = json ? System.err : System.out;
        progress.printf(
                "network ready after %d ms, first commit %d ms after the process began%n",
                figures.readyMillis, figures.firstCommitMillis);
        load(contract, Math.min(WARM_UP, transactions));
        figures.heapBefore = heap();
        Duration before = cpu();
        Load load = load(contract, transactions);
        figures.cpuMillis = cpu().minus(before).toNanos() / 1e6 / transactions;
        figures.failed = load.failed();
        figures.perSecond = load.perSecond();
        figures.heapAfter = heap();
        double[] lone = lone(contract);
        figures.idleMedianMillis = lone[LONE / 2];
        figures.idleP99Millis = lone[LONE * 99 / 100];
    }

    private static long millisSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1_000_000;
    }

    /** Megabytes in use after a collection. */
    private static double heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
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
