package io.clearmarket.gateway.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.gateway.chain.Deployment;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.TlsTrust;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.http.HttpService;

/** {@code ./clearmarket up} as it is typed, and told to end. */
@Timeout(900)
class UpIT {
    private static final Path ROOT =
            Path.of(System.getProperty("clearmarket.root")).toAbsolutePath().normalize();

    private static final String ORDERS =
            ROOT.resolveSibling("shared/data/olist").toString();

    @TempDir
    Path folder;

    private final List<Process> typed = new ArrayList<>();

    /** Whatever failed, nothing stays behind: what is told to end ends what it has started. */
    @AfterEach
    void end() throws InterruptedException {
        typed.forEach(Process::destroy);
        for (Process process : typed) {
            process.waitFor(1, TimeUnit.MINUTES);
        }
    }

    @Test
    void sigterm_and_ctrl_c_end_every_process_and_a_kill_leaves_none_behind() throws Exception {
        List<Integer> ports = Ports.free(3);
        Process up = up("first", ports);
        UpState first = awaitUp(up);
        assertThat(first.lan())
                .as("no door to the local network unless asked for")
                .isNull();
        assertThat(first.pids())
                .containsKeys("up", "network", "development chain", "gateway")
                .containsKeys("attester AuditMSP", "attester MerchantsMSP", "attester PlatformMSP");
        requireWelcome(saidAtLast("first", "Ctrl-C"), first);
        List<ProcessHandle> started = processes(up);
        up.destroy();
        requireEnded(up, started, "first");

        Process killed = up("second", List.of(0, 0, 0));
        awaitUp(killed);
        List<ProcessHandle> left = processes(killed);
        killed.destroyForcibly().waitFor();

        int lanPort = Ports.free(1).getFirst();
        Process again = up("third", ports, "--lan=127.0.0.1", "--lan-port=" + lanPort);
        UpState withDoor = awaitUp(again);
        assertThat(left).as("left by the kill, ended by the next start").noneMatch(ProcessHandle::isAlive);
        assertThat(withDoor.lan()).hasToString("https://127.0.0.1:" + lanPort);
        assertThat(saidAtLast("third", "/lan/ca.crt")).contains("On the local network: " + withDoor.lan(), "▀");
        assertThat(throughTheDoor(Objects.requireNonNull(withDoor.lan()).resolve("/lan/ca.crt")))
                .isEqualTo(Files.readAllBytes(folder.resolve("data/lan/ca.crt")));
        batchThroughTheDoor(
                Objects.requireNonNull(withDoor.lan()),
                Objects.requireNonNull(withDoor.tokens().get("merchant")));
        upgradeAndTrade();
        aLossIsNamedAndIsAFailure(withDoor);
        List<ProcessHandle> running = processes(again);
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(again.pid()))
                        .start()
                        .waitFor())
                .isZero();
        requireEnded(again, running, "third");
    }

    /** Each step with its time, the addresses, the identities and what to try next. */
    private void requireWelcome(String said, UpState up) {
        assertThat(said.lines().filter(line -> line.matches(".* \\d+\\.\\d s  \\(\\d+\\.\\d s\\)")))
                .as("steps with their time and the time in all")
                .hasSizeGreaterThanOrEqualTo(5);
        assertThat(said)
                .contains(up.gateway().toString(), up.chain().toString(), "Next: ./clearmarket replay")
                .contains("Demonstration: one operator holds all keys");
        for (String name : List.of("buyer", "merchant", "carrier", "arbiter", "auditor")) {
            UpState.IdentityFiles files = Objects.requireNonNull(up.identities().get(name), name);
            assertThat(said).containsPattern(name + " +" + files.party() + " +" + files.msp());
            assertThat(files.msp().resolve("signcerts")).isDirectory();
        }
    }

    private void requireEnded(Process up, List<ProcessHandle> started, String log) throws Exception {
        assertThat(up.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(up.exitValue()).as(said(log)).isZero();
        assertThat(started).noneMatch(ProcessHandle::isAlive);
        assertThat(folder.resolve("data/up.json")).doesNotExist();
    }

    /** Another version of the chaincode serves at once. */
    private void upgradeAndTrade() throws Exception {
        assertThat(said(run(0, "chaincode", "upgrade", "--to", "1.1"))).contains("chaincode market 1.1");
        String replayed = said(run(0, "replay", ORDERS, "--limit", "2"));
        assertThat(replayed).containsPattern("\\[#{20}\\.{20}] 1/2 .*\\R.*\\[#{40}] 2/2 ");
        assertThat(replayed).contains(" 0 differences");
    }

    /** Tokens that leave the contract without a decision: replay and solvency name it, and fail. */
    private void aLossIsNamedAndIsAFailure(UpState up) throws Exception {
        Deployment deployment = Deployment.read(up.deployment());
        String escrow = deployment.escrow().toString();
        HttpService chain = new HttpService(up.chain().toString());
        try {
            call(chain, "anvil_impersonateAccount", escrow);
            call(chain, "anvil_setBalance", escrow, "0xde0b6b3a7640000");
            Function transfer = new Function(
                    "transfer",
                    List.of(
                            new Address(Objects.requireNonNull(up.identities().get("carrier"))
                                    .address()),
                            new Uint256(1)),
                    List.of());
            call(
                    chain,
                    "eth_sendTransaction",
                    Map.of(
                            "from", escrow,
                            "to", deployment.token().toString(),
                            "data", FunctionEncoder.encode(transfer)));
            // as many blocks as make it final
            call(chain, "anvil_mine", "0x80");
        } finally {
            chain.close();
        }
        assertThat(said(run(1, "replay", ORDERS, "--limit", "2", "--resume")))
                .contains("contract's balance, of held + pending + claimable");
        assertThat(said(run(1, "solvency"))).contains("NOT SOUND");
    }

    private static void call(HttpService node, String method, Object... parameters) throws IOException {
        Answer answer = node.send(new Request<>(method, List.of(parameters), node, Answer.class), Answer.class);
        assertThat(answer.hasError()).as(method).isFalse();
    }

    private static final class Answer extends Response<Object> {}

    /** Runs a command on the system that is up, which ends so; its log's name. */
    private String run(int exitCode, String... arguments) throws Exception {
        String log = arguments[0];
        List<String> command =
                new ArrayList<>(List.of(ROOT.resolve("clearmarket").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", folder.resolve("data").toString()));
        Process process = start(log, command);
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said(log)).isEqualTo(exitCode);
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
        SSLContext tls = TlsTrust.context(Pem.certificate(Files.readString(folder.resolve("data/lan/ca.crt"))));
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
        // tests that run in the background ignore Ctrl-C, and so would what they start
        List<String> heedful = new ArrayList<>(List.of("env", "--default-signal=INT"));
        heedful.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(heedful)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile());
        builder.environment().put("CLEARMARKET_BUILT", "yes");
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process started = builder.start();
        typed.add(started);
        return started;
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

    /** All that belong to it. The database's server detaches itself, so it is nobody's child. */
    private List<ProcessHandle> processes(Process up) throws IOException {
        List<ProcessHandle> all = new ArrayList<>(up.toHandle().descendants().toList());
        assertThat(all).as("network with chaincode, chain, attesters, gateway").hasSizeGreaterThanOrEqualTo(6);
        List<String> database = Files.readAllLines(folder.resolve("data/gateway/postgres/postmaster.pid"));
        all.add(ProcessHandle.of(Long.parseLong(database.getFirst())).orElseThrow());
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
