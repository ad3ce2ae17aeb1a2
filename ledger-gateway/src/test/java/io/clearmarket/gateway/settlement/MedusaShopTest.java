package io.clearmarket.gateway.settlement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clearmarket.gateway.testing.NodeModules;
import io.clearmarket.gateway.testing.TestDatabase;
import io.clearmarket.wallet.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole Medusa server with the plug-in, over both ledgers. What npm brings for it is large, so it must be asked for. */
class MedusaShopTest {
    private static final Path PLUGIN = Path.of(System.getProperty("clearmarket.root", ".."), "ledger-gateway", "medusa")
            .toAbsolutePath()
            .normalize();

    @Test
    @Timeout(1800)
    void a_shop_sells_ships_refunds_cancels_and_is_paid() throws Exception {
        assumeTrue(
                Boolean.getBoolean("clearmarket.medusa"),
                "a Medusa server is 660 MB of npm packages: -Dclearmarket.medusa=true runs it");
        NodeModules.install(PLUGIN, "@medusajs/medusa");
        assertThat(run("npm", "run", "build")).doesNotContain("error");
        try (MoneyTestMarket market = MoneyTestMarket.start()) {
            Map<String, Object> wanted = Map.of(
                    "gateway", market.system.address().toString(),
                    "tokens",
                            Map.of(
                                    "merchant", market.system.token("merchant"),
                                    "carrier", market.system.token("carrier")),
                    "carrier", market.system.person("carrier").party(),
                    "arbiter", market.system.person("arbiter").party(),
                    "databaseUrl", TestDatabase.emptyUrl());
            Path input = Files.writeString(
                    market.system.folder().resolve("trip.json"), Json.MAPPER.writeValueAsString(wanted));
            String said =
                    run(new ProcessBuilder("node", "--no-warnings", "test/trip.mjs").redirectInput(input.toFile()));
            assertThat(said)
                    .contains("placed by the webhook")
                    .contains("shipped on the ledger")
                    .contains("refunded on the ledger")
                    .contains("money went back")
                    .contains("captured when the merchant was paid");
        }
    }

    private static String run(String... command) throws Exception {
        return run(new ProcessBuilder(command));
    }

    private static String run(ProcessBuilder builder) throws Exception {
        Process process =
                builder.directory(PLUGIN.toFile()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
