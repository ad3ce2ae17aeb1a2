package io.clearmarket.gateway.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.testing.Browser;
import io.clearmarket.gateway.up.UpState;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** {@code examples/shop/README.md} as its reader follows it: a terminal for the shop, one for the carrier, and two people with phones. */
final class ShopTutorial {
    /** What each piece costs, in the settlement asset's minor units. */
    static final String PRICE = "125000";

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private final Path root;
    private final Path data;
    private final UpState up;
    private final Path work;
    private final List<String> lines;

    /**
     * @param data the running system's folder
     * @param work for scripts and what they say
     */
    ShopTutorial(Path root, Path data, UpState up, Path work) throws IOException {
        this.root = root;
        this.data = data;
        this.up = up;
        this.work = work;
        this.lines = ReadmesIT.commands(root.resolve("examples/shop/README.md"));
        assertThat(lines).as("shop, carrier, statement").hasSize(3);
    }

    /** Two buyers, two languages, two wallets; the second one's goods are shipped by the merchant at the console. What each browser saw. */
    List<JsonNode> follow() throws IOException, InterruptedException {
        Browser browser = Browser.open();
        String key = HexFormat.of().formatHex(Secp256k1Key.generate().privateKey());
        return List.of(
                sell(browser, "shop", Map.of(), Map.of("language", "es", "hasty", "yes")),
                sell(
                        browser,
                        "shop-by-hand",
                        Map.of("SHIP_BY_HAND", "yes"),
                        Map.of("language", "ar", "serial", "by-hand", "key", key)));
    }

    private JsonNode sell(Browser browser, String name, Map<String, String> variables, Map<String, String> trip)
            throws IOException, InterruptedException {
        Path deliver = Files.writeString(work.resolve("deliver.sh"), typed(lines.get(1)));
        try (Terminal shop = new Terminal(name, lines.get(0), variables)) {
            Map<String, String> whole = new LinkedHashMap<>(trip);
            whole.put("shop", shop.heard("open on "));
            JsonNode journey = browser.run(
                            "journey.mjs",
                            Map.of(
                                    "base", up.gateway().toString(),
                                    "chromium", browser.chromium(),
                                    "client",
                                            root.resolve("ledger-gateway/storefront")
                                                    .toString(),
                                    "chainId",
                                            Json.MAPPER
                                                    .readTree(Files.readString(up.deployment()))
                                                    .path("chainId")
                                                    .asLong(),
                                    "merchantToken", up.tokens().getOrDefault("merchant", ""),
                                    "carrier",
                                            Objects.requireNonNull(
                                                            up.identities().get("carrier"))
                                                    .party(),
                                    "deliver", deliver.toString(),
                                    "trips", List.of(whole)))
                    .getFirst();
            String consignment = journey.path("consignment").asString();
            if (variables.isEmpty()) {
                assertThat(shop.heard("shipped " + consignment)).contains("/01/09521234123453/21/");
            }
            assertThat(shop.heard("decided " + consignment)).isEqualTo(" 0");
            assertThat(shop.heard("paid " + consignment)).isEqualTo(" " + PRICE);
            return journey;
        }
    }

    /** What the tutorial's last command prints. */
    String statement() throws IOException, InterruptedException {
        try (Terminal second = new Terminal("statement", lines.get(1) + lines.get(2), Map.of())) {
            return second.ended();
        }
    }

    private String typed(String commands) {
        return "export CLEARMARKET_DATA='%s' CLEARMARKET_BUILT=yes\nset -euo pipefail\ncd '%s'\n%s"
                .formatted(data, root.resolve("examples/shop"), commands);
    }

    /** A terminal in the shop's folder, in which the commands were typed. */
    private final class Terminal implements AutoCloseable {
        private final Path said;
        private final Process process;

        Terminal(String name, String commands, Map<String, String> variables) throws IOException {
            said = work.resolve(name + ".log");
            Path script = Files.writeString(work.resolve(name + ".sh"), typed(commands));
            ProcessBuilder bash = new ProcessBuilder("bash", script.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            bash.environment().put("PORT", "0");
            bash.environment().putAll(variables);
            process = bash.start();
        }

        /** The rest of the first line that begins so. */
        String heard(String beginning) throws IOException, InterruptedException {
            for (Instant end = Instant.now().plus(PATIENCE); Instant.now().isBefore(end); Thread.sleep(100)) {
                for (String line : Files.readAllLines(said)) {
                    if (line.startsWith(beginning)) {
                        return line.substring(beginning.length());
                    }
                }
                assertThat(process.isAlive()).as(Files.readString(said)).isTrue();
            }
            throw new AssertionError("no \"" + beginning + "\" in:\n" + Files.readString(said));
        }

        String ended() throws IOException, InterruptedException {
            boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(ended && process.exitValue() == 0)
                    .as(Files.readString(said))
                    .isTrue();
            return Files.readString(said, UTF_8);
        }

        @Override
        public void close() {
            List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
            all.forEach(ProcessHandle::destroy);
            process.destroy();
            process.onExit().join();
        }
    }
}
