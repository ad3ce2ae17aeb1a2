package io.clearmarket.gateway.device;

import static io.clearmarket.gateway.device.DeviceLedger.NOW;
import static io.clearmarket.gateway.device.DeviceLedger.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.epcis.sensor.Measured;
import io.clearmarket.gateway.identity.ManagedIdentities;
import io.clearmarket.gateway.identity.ManagedIdentity;
import io.clearmarket.gateway.testing.OneIdentity;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.json.Json;
import io.clearmarket.wallet.p256.P256;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ReportLoopTest {
    private static final int FOREVER = 30;

    private final DeviceLedger ledger = new DeviceLedger();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Integer> told = new ArrayList<>();
    private final Set<Integer> failing = new HashSet<>();
    private final Set<Integer> breaking = new HashSet<>();
    private Instant now = NOW;
    private final ReportLoop loop = new ReportLoop(
            ledger.anchors(),
            this::report,
            collector(),
            new DeviceProperties(
                    "collector",
                    Duration.ofSeconds(10),
                    new DeviceProperties.Mqtt("", 1883, false, null, "", "", "", "")),
            meters,
            () -> now);

    /** Each anchor has one batch, told from the others by how many readings it has. */
    private List<JsonNode> report(ManagedIdentity by, List<Measured> batches) {
        int readings = batches.getFirst().readings().size();
        told.add(readings);
        if (breaking.contains(readings)) {
            throw new IllegalStateException("broken");
        }
        return failing.contains(readings) ? List.of(Json.MAPPER.readTree("{\"status\": 500}")) : List.of();
    }

    @Test
    void an_anchor_that_fails_holds_up_no_other() {
        anchored(1, 2, 3);
        failing.add(1);
        breaking.add(2);
        drain();
        assertThat(told).containsExactlyInAnyOrder(1, 2, 3);
        anchored(4);
        drain();
        assertThat(told.getLast()).isEqualTo(4);
        assertThat(meters.counter("clearmarket.device.reports.failed").count()).isEqualTo(2);
        assertThat(meters.get("clearmarket.device.reports.failing").gauge().value())
                .isEqualTo(2);
    }

    @Test
    void a_failed_anchor_waits_twice_as_long_each_time_up_to_an_hour_and_is_told_in_the_end() {
        anchored(1);
        failing.add(1);
        List<Duration> waits = new ArrayList<>();
        Instant last = now;
        for (int tries = 0; tries < FOREVER; now = now.plusSeconds(10)) {
            if (loop.work()) {
                waits.add(Duration.between(last, now));
                last = now;
                tries++;
            }
        }
        assertThat(waits.subList(0, 5)).containsExactly(seconds(0), seconds(10), seconds(20), seconds(40), seconds(80));
        assertThat(waits.getLast()).isEqualTo(Duration.ofHours(1));
        failing.clear();
        now = now.plus(Duration.ofHours(1));
        drain();
        assertThat(told).hasSize(FOREVER + 1);
        assertThat(meters.get("clearmarket.device.reports.failing").gauge().value())
                .isZero();
    }

    static ManagedIdentities collector() {
        KeyPair pair = P256.generate();
        SigningIdentity signer = new SigningIdentity(
                "PlatformMSP",
                DevelopmentCa.create("PlatformMSP", "ca")
                        .issue(pair.getPublic(), CertificateRequest.pseudonymous("collector", pair.getPublic())),
                pair.getPrivate());
        ManagedIdentity identity = new ManagedIdentity("collector", signer, null);
        return new OneIdentity(identity);
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private void drain() {
        for (int i = 0; i < FOREVER && loop.work(); i++) {
            assertThat(i).as("it ends").isLessThan(FOREVER - 1);
        }
    }

    private void anchored(int... readings) {
        for (int count : readings) {
            SampleDevice device = ledger.registered(SampleDevice.ed25519());
            assertThat(ledger.batches().take(List.of(device.batch(0, at(0), count))))
                    .containsExactly(Verdict.ACCEPTED);
            ledger.anchors().gather();
            ledger.anchors().recorded(ledger.anchors().pending().orElseThrow().anchor());
        }
    }
}
