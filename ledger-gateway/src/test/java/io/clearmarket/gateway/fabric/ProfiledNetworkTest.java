package io.clearmarket.gateway.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clearmarket.gateway.config.NetworkFile;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.network.ProfileMain;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A gateway on a network that others run: all it knows of it is what {@code clearmarket profile --write} left. */
class ProfiledNetworkTest {
    private static final GatewayTestSystem SYSTEM = GatewayTestSystem.get();

    @TempDir
    Path directory;

    @Test
    void a_gateway_starts_from_the_written_file_and_asks_every_organisations_peer() {
        GatewayTestSystem.Person operator = SYSTEM.person("operator-PlatformMSP");
        String msp = SYSTEM.userDirectory("PlatformMSP", operator.name()).toString();
        int code = new CommandLine(new ProfileMain())
                .execute(
                        SYSTEM.connectionProfile().toString(),
                        "--msp-id",
                        "PlatformMSP",
                        "--msp",
                        msp,
                        "--write",
                        directory.toString());
        assertThat(code).isZero();
        Path file = directory.resolve("network.json");

        asksEveryPeer(file, operator.signer());

        try (var gateway = SYSTEM.startAnother(
                "profiled", Map.of("clearmarket.network-file", file.toString(), "clearmarket.reader-msp", msp))) {
            var health = GatewayTestSystem.http(gateway, null).get("/actuator/health");
            assertThat(health.status()).isEqualTo(200);
        }
    }

    private static void asksEveryPeer(Path file, SigningIdentity reader) {
        List<String> organizations = NetworkFile.read(file).organizations().stream()
                .map(NetworkFile.Organization::mspId)
                .toList();
        assertThat(organizations).containsExactly("PlatformMSP", "MerchantsMSP", "AuditMSP");
        try (Peers peers = new Peers(file, "market", reader)) {
            FabricLedgerClient ledger = new FabricLedgerClient(
                    peers, "PlatformMSP", "market", "market", new EndorsementPlaces(1, Duration.ofSeconds(30)));
            for (String mspId : organizations) {
                LedgerFailure refused =
                        catchThrowableOfType(LedgerFailure.class, () -> ledger.evaluate(mspId, "nosuch", List.of()));
                assertThat(refused).as(mspId).hasMessageStartingWith("UNKNOWN_COMMAND");
            }
        }
    }
}
