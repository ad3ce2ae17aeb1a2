package io.clearmarket.network.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.network.embedded.NetworkException;
import io.clearmarket.network.fabric.NodePlan.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The plumbing of containers (network, health, logs, restart, clean-up), with nodes that only answer the health check, from an
 * image built here FROM scratch. Needs a Docker engine, compose and a static busybox; skipped where one is missing.
 */
@Timeout(600)
class ComposeRunnerTest {
    private static final String IMAGE = "clearmarket-test/node:1";
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final String NODE = """
            #!/bin/sh
            file=$FABRIC_CFG_PATH/core.yaml
            [ -f $file ] || file=$FABRIC_CFG_PATH/orderer.yaml
            address=$(sed -n 's/^[Oo]perations:.*istenAddress: "\\([^"]*\\)".*/\\1/p' $file)
            mkdir -p /tmp/www && echo fine > /tmp/www/healthz
            httpd -p $address -h /tmp/www
            port=$(sed -n 's/^  \\(listenAddress\\|ListenPort\\): \\(127.0.0.1:\\)\\?\\([0-9]*\\)$/\\3/p' $file)
            httpd -p 127.0.0.1:$port -h /tmp/www
            echo "node serves $address"
            while sleep 0.2; do
              if [ -f $FABRIC_CFG_PATH/crash ]; then rm $FABRIC_CFG_PATH/crash; echo "ERRO crashed"; exit 3; fi
            done
            """;

    @TempDir
    Path directory;

    private NodePlan plan = new NodePlan(List.of("market"), List.of(), List.of());
    private Optional<ComposeRunner> runner = Optional.empty();

    @BeforeEach
    void start() throws Exception {
        Optional<String> why = DockerCompose.unavailable();
        Assumptions.assumeTrue(why.isEmpty(), () -> why.orElse(""));
        Assumptions.assumeTrue(Files.isExecutable(BUSYBOX), "no static busybox to build an image from");
        buildImage();
        FabricConfig config = FabricConfig.in(directory.resolve("network")).withOrganizations(List.of("AuditMSP"));
        plan = NodePlan.open(config);
        ComposeRunner made = new ComposeRunner(
                new ComposeImages(IMAGE, IMAGE),
                config.dataDirectory(),
                plan,
                DirectoryLock.take(config.dataDirectory()));
        runner = Optional.of(made);
        MemberFolders members = MemberFolders.open(config.dataDirectory(), plan, Map.of());
        plan.nodes().forEach(node -> made.configure(node, members, config));
        plan.nodes().forEach(made::start);
    }

    private void buildImage() throws Exception {
        Path context = Files.createDirectories(directory.resolve("image"));
        Files.copy(BUSYBOX, context.resolve("busybox"));
        for (String name : List.of("peer", "orderer")) {
            Files.writeString(context.resolve(name), NODE);
            Files.setPosixFilePermissions(context.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.writeString(context.resolve("Dockerfile"), """
                FROM scratch
                COPY busybox /bin/busybox
                COPY busybox /bin/sh
                COPY peer orderer /usr/local/bin/
                RUN ["/bin/busybox", "--install", "/bin"]
                ENV PATH=/usr/local/bin:/bin
                """);
        Process build = new ProcessBuilder("docker", "build", "-q", "-t", IMAGE, context.toString())
                .inheritIO()
                .start();
        assertThat(build.waitFor()).isZero();
    }

    @AfterEach
    void stop() {
        runner.ifPresent(ComposeRunner::close);
    }

    private ComposeRunner running() {
        return runner.orElseThrow();
    }

    private Readiness readiness() {
        return new Readiness(running(), plan, FabricConfig.in(directory).patience());
    }

    private Node peer() {
        return plan.peers().getFirst();
    }

    @Test
    void containers_serve_this_machine_restart_after_a_crash_and_leave_nothing_behind() throws Exception {
        plan.nodes().forEach(readiness()::awaitHealthy);
        assertThat(running().telling(peer())).contains("node serves " + peer().operations());

        Path crash = directory.resolve("network/nodes").resolve(peer().id()).resolve("config/crash");
        Files.createFile(crash);
        while (Files.exists(crash)) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(running().telling(peer())).contains("ERRO crashed");
        awaitAgain();

        running().stop(peer());
        assertThatThrownBy(() -> running().requireAlive(peer()))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("the container of peer0.AuditMSP does not run");
        running().start(peer());
        readiness().awaitHealthy(peer());

        String project = running().project();
        assertThat(DockerCompose.running(project)).hasSize(2);
        running().close();
        runner = Optional.empty();
        assertThat(DockerCompose.running(project)).isEmpty();
    }

    /** Restarted by the engine, a moment later. */
    private void awaitAgain() throws InterruptedException {
        for (int i = 0; ; i++) {
            try {
                readiness().awaitHealthy(peer());
                return;
            } catch (NetworkException notYet) {
                if (i == 50) {
                    throw notYet;
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }
}
