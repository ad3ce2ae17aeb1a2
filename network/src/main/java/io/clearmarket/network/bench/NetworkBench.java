package io.clearmarket.network.bench;

import io.clearmarket.network.bench.BenchSetup.BenchedNetwork;
import io.clearmarket.network.embedded.NetworkException;
import io.clearmarket.network.fabric.Steps;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How soon a new network is there, how many transactions a second it commits, what one costs, and how long a lone one takes. Client and a
 * chaincode that only puts share this process, on the embedded network peers and orderer too. Never on a network that serves: a ledger
 * forgets nothing.
 */
@Command(
        name = "clearmarket bench network",
        mixinStandardHelpOptions = true,
        description = {
            "Measures a network: time to be ready and to the first commit, transactions a second, processor time of each by",
            "part, memory, latency when idle, time to open again; and the machine's own P-256. On a network of its own,",
            "which is deleted afterwards."
        })
public final class NetworkBench implements Callable<Integer> {
    private static final int WARM_UP = 1_000;
    private static final int LONE = 100;

    /** From so many transactions on, memory is looked at ten times on the way. */
    private static final int LONG_RUN = 20_000;

    @Option(
            names = "--network",
            paramLabel = "KIND",
            defaultValue = "embedded",
            description = "embedded (default) or native: Fabric's peers and orderer, from FABRIC_BIN or PATH.")
    private String kind = "embedded";

    @Option(
            names = "--transactions",
            paramLabel = "N",
            defaultValue = "5000",
            description = "How many (default ${DEFAULT-VALUE}). 200000 shows memory and reopening after a long run.")
    private int transactions;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "64",
            description = "How many at a time (default ${DEFAULT-VALUE}).")
    private int clients;

    @Option(
            names = "--keys",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many keys are written in turn (default ${DEFAULT-VALUE}).")
    private int keys;

    @Option(names = "--json", description = "Print the figures as JSON and nothing else on standard output.")
    private boolean json;

    /** Runs it as a process of its own. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new NetworkBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (transactions < 1 || clients < 1 || keys < 1) {
            System.err.println("bench network: --transactions is " + transactions + ", --clients " + clients
                    + ", --keys " + keys + "; each is a whole number from 1 on");
            return 2;
        }
        Path directory = Files.createTempDirectory("clearmarket-bench-");
        try (BenchSetup setup = setup(directory)) {
            NetworkFigures figures = measure(setup);
            if (json) {
                System.out.println(Json.MAPPER.writeValueAsString(figures));
            } else {
                figures.print(System.out);
            }
            return figures.failed() == 0 ? 0 : 1;
        } catch (NetworkException | IllegalArgumentException e) {
            System.err.println("bench network: " + e.getMessage());
            return 1;
        } finally {
            delete(directory);
        }
    }

    private BenchSetup setup(Path directory) {
        Steps quiet = step -> progress().println("  " + step);
        return switch (kind) {
            case "embedded" -> new EmbeddedSetup(directory);
            case "native" -> new NativeSetup(directory, quiet);
            default -> throw new IllegalArgumentException("--network is embedded or native, not " + kind);
        };
    }

    private PrintStream progress() {
        return json ? System.err : System.out;
    }

    private NetworkFigures measure(BenchSetup setup) throws InterruptedException {
        NetworkFigures.Builder figures = new NetworkFigures.Builder(kind, transactions, clients);
        long start = System.nanoTime();
        try (BenchedNetwork network = setup.open()) {
            figures.readyMillis = millisSince(start);
            measure(network, figures);
        }
        long again = System.nanoTime();
        setup.open().close();
        figures.reopenMillis = millisSince(again);
        return figures.build(CryptoCeiling.measure());
    }

    private void measure(BenchedNetwork network, NetworkFigures.Builder figures) throws InterruptedException {
        Load load = new Load(network.contract(), clients, keys);
        load.put("first");
        figures.firstCommitMillis = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        progress()
                .printf(
                        "network ready after %d ms, first commit %d ms after the process began%n",
                        figures.readyMillis, figures.firstCommitMillis);
        load.run(Math.min(WARM_UP, transactions));
        measure(network, load, figures);
        double[] lone = load.lone(LONE);
        figures.idleMedianMillis = lone[LONE / 2];
        figures.idleP99Millis = lone[LONE * 99 / 100];
    }

    /** Under load, in stages between which memory is looked at. */
    private void measure(BenchedNetwork network, Load load, NetworkFigures.Builder figures)
            throws InterruptedException {
        int stages = transactions >= LONG_RUN ? 10 : 1;
        figures.heap.add(heap());
        Map<Part, Duration> nodesBefore = network.nodeTimes();
        Duration before = cpu();
        try (CpuSampler sampler = CpuSampler.start()) {
            double seconds = 0;
            int committed = 0;
            for (int stage = 0; stage < stages; stage++) {
                int until = (int) ((long) transactions * (stage + 1) / stages);
                Load.Outcome outcome = load.run(until - committed - figures.failed);
                seconds += outcome.seconds();
                committed += outcome.committed();
                figures.failed += outcome.failed();
                figures.heap.add(heap());
            }
            figures.perSecond = committed / seconds;
            Map<Part, Duration> times = new EnumMap<>(Part.class);
            Duration own = cpu().minus(before);
            times.putAll(sampler.stop(own));
            Map<Part, Duration> nodes = network.nodeTimes();
            nodes.forEach((part, time) -> times.put(part, time.minus(nodesBefore.getOrDefault(part, Duration.ZERO))));
            figures.cpu(own.plus(sum(nodes)).minus(sum(nodesBefore)), times);
        }
    }

    private static Duration sum(Map<Part, Duration> times) {
        return times.values().stream().reduce(Duration.ZERO, Duration::plus);
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
