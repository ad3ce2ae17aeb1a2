package io.clearmarket.gateway.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.attester.AttesterStep;
import io.clearmarket.gateway.settlement.SettlementStep;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./clearmarket crash} at its smallest; docs/crashes.md has the figures of the whole. */
class CrashRunIT {
    private static final Path ROOT =
            Path.of(System.getProperty("clearmarket.root")).toAbsolutePath().normalize();
    private static final Path ORDERS = ROOT.resolve("../shared/data/olist").normalize();

    @Test
    void a_kill_and_reorganisations_leave_no_trace_on_either_ledger(@TempDir Path data) throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(ORDERS), () -> ORDERS + " is not here");
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        CrashRun.Result result;
        try (PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8)) {
            result = new CrashRun(ROOT, data, out).run(ORDERS, 8, 3, 1, 2);
        }

        assertThat(result.differences())
                .as(told.toString(StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(result.kills()).isEqualTo(1);
        assertThat(result.reorganisations()).isPositive();
        assertThat(Stream.concat(Stream.of(SettlementStep.values()), Stream.of(AttesterStep.values()))
                        .map(Enum::name)
                        .distinct()
                        .filter(step -> told.toString(StandardCharsets.UTF_8).contains("at " + step)))
                .as("the kill was at a step of settlement")
                .hasSize(1);
        List<String> dump = Files.readAllLines(data.resolve("with-kills.dump"));
        assertThat(dump).hasSize((int) result.lines());
        assertThat(dump).anyMatch(line -> line.startsWith("consignment ")).anyMatch(line -> line.startsWith("chain "));
    }
}
