package io.clearmarket.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnvilProcessTest {
    private static final AnvilOptions OPTIONS = AnvilOptions.development().withAccounts(2);

    @TempDir
    Path folder;

    @Test
    void it_listens_on_its_own_port_and_ends_when_closed() throws Exception {
        ProcessHandle process;
        try (AnvilProcess anvil = AnvilProcess.start(Checkout.TOOLS, OPTIONS)) {
            process = ProcessHandle.of(anvil.pid()).orElseThrow();
            assertThat(call(anvil.address(), "eth_chainId", "[]")).contains("\"0x7a69\"");
            assertThat(call(anvil.address(), "eth_accounts", "[]").split("0x")).hasSize(3);
        }
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void it_finds_its_chain_where_it_left_it() throws Exception {
        Path state = folder.resolve("state.json");
        AnvilOptions kept = OPTIONS.withBlockTime(Duration.ZERO).withState(state, Duration.ofSeconds(60));
        try (AnvilProcess anvil = AnvilProcess.start(Checkout.TOOLS, kept)) {
            assertThat(call(anvil.address(), "anvil_mine", "[7]")).contains("result");
        }
        assertThat(state).isNotEmptyFile();
        try (AnvilProcess anvil = AnvilProcess.start(Checkout.TOOLS, kept)) {
            assertThat(call(anvil.address(), "eth_blockNumber", "[]")).contains("\"0x7\"");
        }
    }

    @Test
    void a_port_in_use_is_refused_with_anvils_own_words() throws Exception {
        try (AnvilProcess first = AnvilProcess.start(Checkout.TOOLS, OPTIONS)) {
            AnvilOptions samePort = OPTIONS.withPort(first.address().getPort());
            assertThatThrownBy(() -> AnvilProcess.start(Checkout.TOOLS, samePort))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Address already in use");
        }
    }

    @Test
    void it_ends_with_the_jvm_that_started_it() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dclearmarket.root=" + Checkout.ROOT,
                        ForgetfulStarter.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String pid = new String(jvm.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(jvm.waitFor()).isZero();
        assertThat(ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    /** Starts a chain, says which, and ends without closing it. */
    static final class ForgetfulStarter {
        private ForgetfulStarter() {}

        public static void main(String[] arguments) throws IOException {
            AnvilProcess anvil = AnvilProcess.start(Checkout.TOOLS, OPTIONS);
            System.out.println(anvil.pid());
        }
    }

    @Test
    void its_output_goes_to_the_log_that_was_asked_for() throws Exception {
        Path log = folder.resolve("anvil.log");
        try (AnvilProcess anvil = AnvilProcess.start(Checkout.TOOLS, OPTIONS.withLog(log))) {
            assertThat(Files.readString(log)).contains(anvil.address().getAuthority());
        }
    }

    @Test
    void a_missing_binary_is_named_with_the_remedy() {
        ContractTools nowhere = ContractTools.ofCheckout(folder);
        assertThatThrownBy(nowhere::anvil)
                .isInstanceOf(ToolMissingException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("npm ci");
        assertThatThrownBy(nowhere::forge).isInstanceOf(ToolMissingException.class);
    }

    private static String call(URI address, String method, String parameters) throws Exception {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}".formatted(method, parameters);
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }
}
