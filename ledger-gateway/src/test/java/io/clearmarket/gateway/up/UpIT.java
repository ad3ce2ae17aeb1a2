package io.clearmarket.gateway.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./clearmarket up} as it is typed, and told to end. */
@Timeout(900)
class UpIT {
    private static final Path ROOT =
            Path.of(System.getProperty("clearmarket.root")).toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void sigterm_ends_every_process_and_that_is_success_and_a_kill_leaves_none_behind() throws Exception {
        List<Integer> ports = Ports.free(3);
        Process up = up("first", ports);
        UpState first = awaitUp(up);
        assertThat(first.lan())
                .as("no door to the local network unless asked for")
                .isNull();
        Map<String, Long> pids = first.pids();
        assertThat(pids)
                .containsKeys("up", "network", "development chain", "gateway")
                .containsKeys("attester AuditMSP", "attester MerchantsMSP", "attester PlatformMSP");
        List<ProcessHandle> started = descendants(up);
        up.destroy();
        assertThat(up.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(up.exitValue()).as(said("first")).isZero();
        assertThat(started).noneMatch(ProcessHandle::isAlive);
        assertThat(folder.resolve("data/up.json")).doesNotExist();

        Process killed = up("second", ports);
        awaitUp(killed);
        List<ProcessHandle> left = descendants(killed);
        killed.destroyForcibly().waitFor();
        // anvil does not watch who started it: the next "up" ends it, tried in the next lines
        String chain = "anvil";
        for (ProcessHandle process : left) {
            if (!process.info().command().orElse("").contains(chain)) {
                process.onExit().get(2, TimeUnit.MINUTES);
            }
        }
        int lanPort = Ports.free(1).getFirst();
        Process again = up("third", ports, "--lan=127.0.0.1", "--lan-port=" + lanPort);
        UpState withDoor = awaitUp(again);
        assertThat(left).noneMatch(ProcessHandle::isAlive);
        assertThat(withDoor.lan()).hasToString("https://127.0.0.1:" + lanPort);
        assertThat(saidAtLast("third", "/lan/ca.crt")).contains("On the local network: " + withDoor.lan(), "▀");
        assertThat(throughTheDoor(Objects.requireNonNull(withDoor.lan()).resolve("/lan/ca.crt")))
                .isEqualTo(Files.readAllBytes(folder.resolve("data/lan/ca.crt")));
        batchThroughTheDoor(
                Objects.requireNonNull(withDoor.lan()),
                Objects.requireNonNull(withDoor.tokens().get("merchant")));
        upgradeAndTrade();
        again.destroy();
        assertThat(again.waitFor(5, TimeUnit.MINUTES)).isTrue();
    }

    /** Another version of the chaincode serves at once. */
    private void upgradeAndTrade() throws Exception {
        assertThat(said(run("chaincode", "upgrade", "--to", "1.1"))).contains("chaincode market 1.1");
        String orders = ROOT.resolveSibling("shared/data/olist").toString();
        assertThat(said(run("replay", orders, "--limit", "2"))).contains("differences");
    }

    /** Runs a command on the system that is up; its log's name. */
    private String run(String... arguments) throws Exception {
        String log = arguments[0];
        List<String> command =
                new ArrayList<>(List.of(ROOT.resolve("clearmarket").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", folder.resolve("data").toString()));
        Process process = start(log, command);
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said(log)).isZero();
        return log;
    }

    @Test
    void a_port_in_use_is_one_line_with_the_option_that_changes_it() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Integer> free = Ports.free(2);
            Process up = up("taken", List.of(taken.getLocalPort(), free.get(0), free.get(1)));

            assertThat(up.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(up.exitValue()).isEqualTo(1);
            assertThat(said("taken").lines().filter(line -> line.startsWith("clearmarket: ")))
                    .containsExactly("clearmarket: port " + taken.getLocalPort()
                            + " for the gateway is in use by another program; end that, or choose another with --port");
            assertThat(said("taken")).doesNotContain("Exception");
        }
    }

    /** As a device with that authority in its firmware: its batch comes in by HTTPS, and is judged. */
    private void batchThroughTheDoor(URI door, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(door.resolve("/api/v1/device-batches"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("no batch"))
                .build();
        assertThat(new String(throughTheDoor(request), StandardCharsets.UTF_8)).contains("MALFORMED");
        try (HttpClient untold = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> untold.send(request, BodyHandlers.ofByteArray()))
                    .as("one that does not know the authority sends nothing")
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    private byte[] throughTheDoor(URI address) throws Exception {
        return throughTheDoor(HttpRequest.newBuilder(address).build());
    }

    /** As a phone that trusts the printed authority, and no other. */
    private byte[] throughTheDoor(HttpRequest request) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("lan", Pem.certificate(Files.readString(folder.resolve("data/lan/ca.crt"))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        try (HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
            var answer = client.send(request, BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.body();
        }
    }

    private Process up(String log, List<Integer> ports, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ROOT.resolve("clearmarket").toString(),
                "up",
                "--data",
                folder.resolve("data").toString(),
                "--port",
                ports.get(0).toString(),
                "--network-port",
                ports.get(1).toString(),
                "--chain-port",
                ports.get(2).toString()));
        command.addAll(List.of(more));
        return start(log, command);
    }

    private Process start(String log, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile());
        builder.environment().put("CLEARMARKET_BUILT", "yes");
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder.start();
    }

    private UpState awaitUp(Process up) throws Exception {
        Path state = folder.resolve("data/up.json");
        while (up.isAlive() && !isOf(up, state)) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(up.isAlive()).as("ended instead of coming up").isTrue();
        return Json.MAPPER.readValue(Files.readAllBytes(state), UpState.class);
    }

    /** A killed system leaves its file behind, which names another process. */
    private static boolean isOf(Process up, Path state) throws IOException {
        return Files.exists(state)
                && Files.size(state) > 0
                && Json.MAPPER
                                .readTree(Files.readAllBytes(state))
                                .path("pids")
                                .path("up")
                                .asLong()
                        == up.pid();
    }

    private static List<ProcessHandle> descendants(Process up) {
        List<ProcessHandle> all = up.toHandle().descendants().toList();
        // the database server detaches itself, so it is nobody's child
        assertThat(all).as("network with chaincode, chain, attesters, gateway").hasSizeGreaterThanOrEqualTo(6);
        return all;
    }

    /** What it says once it has come to these words: it says them after it has written that it is up. */
    private String saidAtLast(String log, String words) throws Exception {
        for (int i = 0; i < 600 && !said(log).contains(words); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return said(log);
    }

    private String said(String log) throws IOException {
        return Files.readString(folder.resolve(log));
    }
}
