package io.clearmarket.network.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

class ConformanceTest {
    static final Path ROOT = Path.of(System.getProperty("clearmarket.root"));

    /** What {@code clearmarket test --network} asks for. */
    private static final String KIND = System.getenv().getOrDefault("CLEARMARKET_NETWORK", "embedded");

    /** Each chaincode library, and each stage, on a network of its own: together, because most of it is waiting. */
    @Test
    void every_statement_holds_on_the_embedded_network(@TempDir Path directory) throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        Report report = report("embedded");
        List<Callable<Boolean>> parts = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            for (Variant variant : Variant.values()) {
                parts.add(() -> run(stage, variant, directory.resolve(stage + "-" + variant), outcome -> {
                    synchronized (outcomes) {
                        report.add(outcome);
                        outcomes.add(outcome);
                    }
                }));
            }
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> part : threads.invokeAll(parts)) {
                part.get();
            }
        }
        report.end();

        assertAllHold(outcomes);
    }

    /** One after the other: such a network's processes are heavier. */
    @Test
    @DisabledIfEnvironmentVariable(named = "CLEARMARKET_NETWORK", matches = "embedded")
    @EnabledIfEnvironmentVariable(named = "CLEARMARKET_NETWORK", matches = ".+")
    void every_statement_holds_on_the_network_that_is_asked_for(@TempDir Path directory) throws Exception {
        NetworkProvider provider = ServiceLoader.load(NetworkProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(candidate -> candidate.name().equals(KIND))
                .findFirst()
                .orElseThrow();
        assertThat(provider.unavailable()).as(KIND).isEmpty();
        List<Outcome> outcomes = new ArrayList<>();
        Report report = report(KIND);
        new Suite(provider, directory, ROOT).run(Suite.statements(), outcome -> {
            report.add(outcome);
            outcomes.add(outcome);
        });
        report.end();

        assertAllHold(outcomes);
    }

    private static Report report(String network) {
        Report report = new Report(new PrintWriter(System.out, true, StandardCharsets.UTF_8), false);
        report.begin(network);
        return report;
    }

    private static void assertAllHold(List<Outcome> outcomes) {
        assertThat(outcomes)
                .hasSize(Suite.statements().stream()
                        .mapToInt(statement -> statement.variants().size())
                        .sum())
                .filteredOn(outcome -> outcome.verdict() == Outcome.Verdict.DIFFERENT)
                .as("statements that do not hold")
                .isEmpty();
    }

    private static boolean run(Stage stage, Variant variant, Path directory, Consumer<Outcome> onOutcome)
            throws Exception {
        List<Statement> statements = Suite.statements().stream()
                .filter(each -> each.stage() == stage && each.variants().contains(variant))
                .map(each -> each.with(EnumSet.of(variant)))
                .toList();
        new Suite(new EmbeddedProvider(), directory, ROOT).run(statements, onOutcome);
        return true;
    }

    @Test
    void statements_have_ids_of_their_own() {
        assertThat(Suite.statements()).extracting(Statement::id).doesNotHaveDuplicates();
    }
}
