package io.clearmarket.gateway.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.identity.Pem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches by MQTT 5 over TLS, through a real broker with a certificate of an authority that its callers pin. */
class MqttTlsTest {
    private static final String HOST = "127.0.0.1";

    private final DeviceLedger ledger = new DeviceLedger();
    private final DevelopmentCa authority = DevelopmentCa.create("Brokers", "the broker's authority");
    private final DevelopmentCa stranger = DevelopmentCa.create("Brokers", "the broker's authority");
    private @Nullable Mosquitto broker;
    private @Nullable MqttIngest ingest;

    @TempDir
    private Path folder;

    @BeforeEach
    void hasBroker() {
        assumeThat(Mosquitto.program())
                .as("Mosquitto is not on this machine: nothing here is tried")
                .isPresent();
    }

    @AfterEach
    void end() {
        if (ingest != null) {
            ingest.stop();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void a_batch_goes_from_a_device_to_the_gateway_under_tls_and_neither_speaks_to_anybody_else() throws Exception {
        broker = Mosquitto.start(folder, authority.issueTls(HOST, List.of(), List.of(HOST)));
        Mqtt5BlockingClient device = connected(authority);
        assertThatThrownBy(() -> device(stranger, true).connect()).hasStackTraceContaining("certificat");
        assertThatThrownBy(() -> device(authority, false).connect()).isInstanceOf(RuntimeException.class);
        SampleDevice one = ledger.registered(SampleDevice.ed25519());
        ingestTrusting(stranger);
        for (int i = 1; i <= 5; i++) {
            publish(device, one.batch(i, DeviceLedger.NOW.minusSeconds(600 - 60L * i), 60));
            Thread.sleep(200);
        }
        assertThat(ledger.counted(Verdict.ACCEPTED))
                .as("through a broker of another authority")
                .isZero();
        Objects.requireNonNull(ingest).stop();
        ingestTrusting(authority);
        Instant end = Instant.now().plusSeconds(60);
        for (int i = 6; ledger.counted(Verdict.ACCEPTED) == 0; i++) {
            assertThat(Instant.now()).as("patience").isBefore(end);
            publish(device, one.batch(i, DeviceLedger.NOW.minusSeconds(100).plusMillis(i), 1));
            Thread.sleep(100);
        }
        device.disconnect();
    }

    @Test
    void a_broker_whose_certificate_names_another_host_is_not_spoken_to() throws Exception {
        broker = Mosquitto.start(folder, authority.issueTls("broker", List.of("broker.example"), List.of("127.0.0.2")));
        Instant end = Instant.now().plusSeconds(30);
        String said = "";
        while (!said.contains("No subject alternative names matching IP address " + HOST)) {
            assertThat(Instant.now()).as("patience, after: %s", said).isBefore(end);
            said = String.valueOf(catchThrowable(() -> device(authority, true).connect()));
            Thread.sleep(100);
        }
    }

    private int port() {
        return Objects.requireNonNull(broker).port();
    }

    private void ingestTrusting(DevelopmentCa trusted) {
        Path ca = folder.resolve("trusted.crt");
        PrivateFiles.write(ca, Pem.encode(trusted.certificate()));
        MqttIngest started = new MqttIngest(
                ledger.batches(),
                new DeviceProperties.Mqtt(HOST, port(), true, ca, "clearmarket/devices/+/batches", "gateway", "", ""));
        ingest = started;
        started.start();
    }

    /** A device with the broker's authority in its firmware. */
    private Mqtt5BlockingClient device(DevelopmentCa trusted, boolean tls) {
        Path ca = folder.resolve("device.crt");
        PrivateFiles.write(ca, Pem.encode(trusted.certificate()));
        var builder =
                Mqtt5Client.builder().identifier("device-one").serverHost(HOST).serverPort(port());
        return (tls ? builder.sslConfig(BrokerTls.trusting(ca)) : builder).buildBlocking();
    }

    private Mqtt5BlockingClient connected(DevelopmentCa trusted) throws InterruptedException {
        return connected(device(trusted, true));
    }

    private static Mqtt5BlockingClient connected(Mqtt5BlockingClient client) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(30);
        while (true) {
            try {
                client.connect();
                return client;
            } catch (RuntimeException notYet) {
                if (Instant.now().isAfter(end)) {
                    throw notYet;
                }
                Thread.sleep(100);
            }
        }
    }

    private static void publish(Mqtt5BlockingClient device, String batch) {
        device.publishWith()
                .topic("clearmarket/devices/one/batches")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(batch.getBytes(UTF_8))
                .send();
    }
}
