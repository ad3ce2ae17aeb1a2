package io.clearmarket.gateway.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.clearmarket.gateway.proof.verifier.VerifierHtml;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** Times of the verifier page's own script in a real browser: a Chromium without window, on a page that tells its times to this process. */
final class BrowserBench {
    private static final int PATIENCE_SECONDS = 300;

    private BrowserBench() {}

    /**
     * Verifies a file so many times, after a quarter as many to warm up.
     *
     * @return nanoseconds of each; nothing where this machine has no Chromium, which {@code CLEARMARKET_CHROMIUM} names
     */
    static Optional<long[]> times(byte[] file, String policy, int calls) {
        String chromium = Objects.requireNonNullElse(System.getenv("CLEARMARKET_CHROMIUM"), "/usr/bin/chromium");
        if (!Files.isExecutable(Path.of(chromium))) {
            return Optional.empty();
        }
        String page = """
            <!DOCTYPE html><meta charset="utf-8"><script type="module">
            import { verify } from "/proof.js";
            const file = Uint8Array.from(atob("%s"), (c) => c.charCodeAt(0));
            const policy = %s;
            const nanos = [];
            for (let i = 0; i < %d; i++) {
              const begun = performance.now();
              await verify(file, policy);
              nanos.push(Math.round((performance.now() - begun) * 1e6));
            }
            await fetch("/told", { method: "POST", body: JSON.stringify(nanos.slice(%d)) });
            </script>
            """.formatted(
                        Base64.getEncoder().encodeToString(file),
                        Json.MAPPER.writeValueAsString(policy),
                        calls + calls / 4,
                        calls / 4);
        try {
            return Optional.of(told(chromium, page));
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the browser " + chromium + " told nothing", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static long[] told(String chromium, String page)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<long[]> times = new CompletableFuture<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(exchange, "text/html", page));
        server.createContext("/proof.js", exchange -> answer(exchange, "text/javascript", VerifierHtml.module()));
        server.createContext("/told", exchange -> {
            times.complete(Json.MAPPER.readValue(exchange.getRequestBody().readAllBytes(), long[].class));
            answer(exchange, "text/plain", "");
        });
        server.start();
        Path profile = Files.createTempDirectory("clearmarket-bench");
        Process browser = new ProcessBuilder(
                        chromium,
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "http://127.0.0.1:" + server.getAddress().getPort() + "/")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return times.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            end(browser);
            server.stop(0);
            FileSystemUtils.deleteRecursively(profile);
        }
    }

    /** Ends it with the processes that it started: as long as one of them is left, it writes into the profile. */
    private static void end(Process browser) throws InterruptedException, ExecutionException, TimeoutException {
        List<ProcessHandle> all = Stream.concat(Stream.of(browser.toHandle()), browser.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle one : all) {
            one.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static void answer(HttpExchange exchange, String type, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
