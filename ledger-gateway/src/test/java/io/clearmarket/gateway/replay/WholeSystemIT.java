package io.clearmarket.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.gateway.up.UpException;
import io.clearmarket.gateway.up.UpState;
import io.clearmarket.gateway.up.UpSystem;
import io.clearmarket.gateway.up.UseSystem;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole system in its own processes, as {@code ./clearmarket up} starts it, with real orders and a power cut. */
class WholeSystemIT {
    private static final Path ROOT =
            Path.of(System.getProperty("clearmarket.root")).toAbsolutePath().normalize();
    private static final PrintStream QUIET =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    private static final int ORDERS = 30;

    @TempDir
    Path data;

    @Test
    void real_orders_survive_a_kill_of_the_gateway_and_all_is_found_again_after_a_restart() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(OlistReaderTest.DATA), () -> OlistReaderTest.DATA + " is not here");
        Map<String, Long> pids;
        try (UpSystem system = UseSystem.startOwn(ROOT, data, true, QUIET)) {
            pids = system.state().pids();
            assertThatThrownBy(() -> UseSystem.startOwn(ROOT, data, false, QUIET))
                    .isInstanceOf(UpException.class)
                    .hasMessageContaining("another ./clearmarket up is running");
            CompletableFuture<String> replay = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> replay.completeAsync(() -> replay(system.state(), false), Runnable::run));
            TimeUnit.SECONDS.sleep(6);
            system.restartGateway("");
            String report = replay.get(5, TimeUnit.MINUTES);
            assertThat(report)
                    .contains("\"failures\":[]")
                    .contains("\"differences\":[]")
                    .contains("\"orders placed\":20");
        }
        pids.forEach((name, pid) -> assertThat(name.equals("up")
                        || ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty())
                .as(name + " has ended")
                .isTrue());
        try (UpSystem again = UseSystem.startOwn(ROOT, data, false, QUIET)) {
            assertThat(LedgerCheck.of(again.state()).differences()).isEmpty();
            assertThat(LedgerCheck.of(again.state()).consignments()).isPositive();
            assertThat(replay(again.state(), true)).contains("\"failures\":[]").contains("\"differences\":[]");
            new ScanToProof(again.state()).follow();
            requireMeasured(GatewayBench.run(again.state(), data.resolve("bench.json"), 9, 9, doing -> {}));
            requireMeasured(GatewaySoak.run(
                    again.state(), data.resolve("soak.json"), Duration.ofSeconds(3), 3, 2, sample -> {}));
        }
    }

    /** All that {@code bench gateway} tells was measured; not how fast this machine is. */
    private static void requireMeasured(GatewayBench.Figures figures) {
        assertThat(figures.orders()).isEqualTo(9);
        assertThat(figures.load().perSecond())
                .isPositive()
                .isLessThan(Math.min(figures.barePerSecond(), figures.gatewayPerSecond()));
        assertThat(figures.bareCpu().keySet())
                .containsAll(List.of("client", "database", "gateway", "network"))
                .isEqualTo(figures.gatewayCpu().keySet());
        assertThat(figures.gatewayCpu().get("gateway")).isPositive();
        assertThat(figures.quiet().perSecond()).isLessThan(figures.load().perSecond());
        for (GatewayBench.Compared compared : List.of(figures.quiet(), figures.load())) {
            assertThat(compared.bare().p50()).isPositive();
            assertThat(compared.gateway().p50()).isPositive();
            assertThat(compared.gateway().p99())
                    .isGreaterThanOrEqualTo(compared.gateway().p50());
            assertThat(compared.error().p50()).isPositive();
        }
        assertThat(figures.streamed().p99()).isPositive();
        assertThat(figures.posted().p99()).isPositive();
        assertThat(figures.memoryMib()).isGreaterThan(50);
        assertThat(figures.startSeconds()).isPositive();
    }

    private static void requireMeasured(GatewaySoak.Figures figures) {
        assertThat(figures.orders()).isEqualTo(6);
        assertThat(figures.pushed()).isEqualTo(6);
        assertThat(figures.samples()).hasSize(4).allMatch(sample -> sample.residentMib() > 50);
        assertThat(figures.mostMib()).isBetween(figures.samples().getLast().residentMib(), 2048.0);
        assertThat(figures.liveFirstMib()).isPositive();
        // what lives is in the heap, and the heap in memory
        assertThat(figures.liveLastMib()).isBetween(10.0, figures.mostMib());
        assertThat(figures.millis().p99()).isPositive();
    }

    private String replay(UpState up, boolean resume) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(json, true, StandardCharsets.UTF_8)) {
            new ReplayRun(up, data.resolve("replay.json"))
                    .runAndReport(OlistReaderTest.DATA, ORDERS, resume, through -> {}, true, out);
        }
        return json.toString(StandardCharsets.UTF_8);
    }
}
