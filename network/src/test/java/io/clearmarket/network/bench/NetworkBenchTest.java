package io.clearmarket.network.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NetworkBenchTest {

    @Test
    void a_bench_commits_every_transaction_and_prints_its_figures_beside_the_machines_own() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream usual = System.out;
        int exitCode;
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            exitCode = new CommandLine(new NetworkBench()).execute("--transactions", "40", "--clients", "4", "--json");
        } finally {
            System.setOut(usual);
        }
        JsonNode figures = JsonMapper.shared().readTree(printed.toByteArray());

        assertThat(exitCode).isZero();
        assertThat(figures.path("transactions").asInt()).isEqualTo(40);
        assertThat(figures.path("failed").asInt(-1)).isZero();
        assertThat(figures.path("perSecond").asDouble()).isPositive();
        assertThat(figures.path("cpuMillis").asDouble()).isPositive();
        assertThat(figures.path("readyMillis").asLong()).isPositive();
        assertThat(figures.path("firstCommitMillis").asLong())
                .isGreaterThan(figures.path("readyMillis").asLong());
        assertThat(figures.path("heap").size()).isEqualTo(2);
        assertThat(figures.path("heap").path(1).asDouble()).isPositive();
        assertThat(figures.path("reopenMillis").asLong()).isPositive();
        assertThat(figures.path("idleMedianMillis").asDouble()).isPositive();
        assertThat(figures.path("idleP99Millis").asDouble())
                .isGreaterThanOrEqualTo(figures.path("idleMedianMillis").asDouble());
        assertThat(figures.path("crypto").path("signMicros").asDouble()).isPositive();
        assertThat(figures.path("crypto").path("verifyMicros").asDouble()).isPositive();
    }
}
