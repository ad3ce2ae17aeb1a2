package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.epcis.bench.GraphBench;
import io.clearmarket.gateway.proof.ProofBench;
import io.clearmarket.gateway.replay.CaptureBench;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clearmarket bench provenance}. */
@Command(
        name = "provenance",
        mixinStandardHelpOptions = true,
        description = {
            "Traces and recalls in a large graph, proofs in a large log, and the capture of events onto the ledger.",
            "The graph's events are generated straight into a PostgreSQL of its own by COPY, not captured; the log's tree is "
                    + "made up above the leaf that is proven; captured is through the running \"up\" or an own one."
        })
final class BenchProvenanceCommand implements Callable<Integer> {
    private static final int VERIFICATIONS = 2_000;

    @Option(
            names = "--events",
            converter = Checked.Count.class,
            defaultValue = "1000000",
            description = "In the graph (default ${DEFAULT-VALUE}).")
    private int events;

    @Option(
            names = "--leaves",
            converter = Checked.LongCount.class,
            defaultValue = "10000000",
            description = "In the log (default ${DEFAULT-VALUE}).")
    private long leaves;

    @Option(
            names = "--capture",
            converter = Checked.CountOrNone.class,
            defaultValue = "2000",
            description = "Events to capture onto the ledger; 0 for none (default ${DEFAULT-VALUE}).")
    private int capture;

    @Option(names = "--seed", defaultValue = "1", description = "Of the generator (default ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Override
    public Integer call() {
        PrintStream progress = options.progress();
        Map<String, Object> figures = new LinkedHashMap<>();
        ProofBench.Figures proof = ProofBench.run(leaves, VERIFICATIONS, true);
        figures.put("proof", proof);
        proof.print(progress);
        GraphBench.Figures graph = GraphBench.run(events, seed, progress);
        figures.put("graph", graph);
        graph.print(progress);
        if (capture > 0) {
            CaptureBench.Figures captured = options.measure(null, up -> CaptureBench.run(up, capture));
            figures.put("capture", captured);
            captured.print(progress);
        }
        options.tell(figures, (printed, out) -> {
            // each part was told as soon as it was measured
        });
        return 0;
    }
}
