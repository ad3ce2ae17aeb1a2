package io.clearmarket.gateway.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A real Chromium, driven by a Node script of {@code src/test/browser}: JSON in on standard input, a JSON array out.
 *
 * @param chromium the executable
 */
public record Browser(String chromium) {
    private static final Path SCRIPTS = Path.of("src/test/browser");
    private static final Path WORKSHOP = Path.of("target/browser");

    /** The browser of this machine; a test that needs one is skipped, and says so, where there is none. */
    public static Browser open() throws IOException, InterruptedException {
        String chromium = Objects.requireNonNullElse(System.getenv("CLEARMARKET_CHROMIUM"), "/usr/bin/chromium");
        assumeTrue(
                Files.isExecutable(Path.of(chromium)),
                "no Chromium at " + chromium + "; CLEARMARKET_CHROMIUM names one");
        install();
        return new Browser(chromium);
    }

    /** Runs a script, and answers what it found. */
    public List<JsonNode> run(String script, Object wanted) throws IOException, InterruptedException {
        Path errors = WORKSHOP.resolve("errors.txt");
        Process node = new ProcessBuilder("node", script)
                .directory(WORKSHOP.toFile())
                .redirectError(errors.toFile())
                .start();
        try (var input = node.outputWriter(UTF_8)) {
            input.write(Json.MAPPER.writeValueAsString(wanted));
        }
        String said = new String(node.getInputStream().readAllBytes(), UTF_8);
        assertThat(node.waitFor()).as(Files.readString(errors)).isZero();
        List<JsonNode> found = new ArrayList<>();
        Json.MAPPER.readTree(said).forEach(found::add);
        return found;
    }

    private static void install() throws IOException {
        Files.createDirectories(WORKSHOP);
        try (Stream<Path> scripts = Files.list(SCRIPTS)) {
            for (Path script : scripts.toList()) {
                // never taken away, not even for a moment, from a browser of another test JVM
                Path copy = WORKSHOP.resolve(script.getFileName());
                if (!Files.exists(copy) || Files.mismatch(script, copy) >= 0) {
                    Path whole = Files.createTempFile(WORKSHOP, "script", ".new");
                    Files.copy(script, whole, StandardCopyOption.REPLACE_EXISTING);
                    Files.move(whole, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        NodeModules.install(WORKSHOP, "playwright-core");
    }
}
