package io.clearmarket.gateway.device;

import static io.clearmarket.gateway.device.DeviceLedger.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches by MQTT 5, through a real broker. */
class MqttIngestTest {
    private static final String TOPIC = "clearmarket/devices/one/batches";

    private final DeviceLedger ledger = new DeviceLedger();
    private Mosquitto broker;
    private MqttIngest ingest;
    private Mqtt5BlockingClient device;

    @BeforeEach
    void connect(@TempDir Path folder) throws InterruptedException {
        assumeThat(Mosquitto.program())
                .as("Mosquitto is not on this machine: nothing here is tried")
                .isPresent();
        broker = Mosquitto.start(folder);
        device = connected(broker.port());
        ingest = new MqttIngest(ledger.batches(), settings(broker.port()));
        ingest.start();
    }

    @AfterEach
    void end() {
        if (broker != null) {
            ingest.stop();
            device.disconnect();
            broker.close();
        }
    }

    @Test
    void what_devices_publish_is_judged_as_what_comes_by_http_and_counted() throws InterruptedException {
        SampleDevice one = ledger.registered(SampleDevice.ed25519());
        SampleDevice other = ledger.registered(SampleDevice.p256());
        SampleDevice revoked = ledger.registered(SampleDevice.ed25519());
        ledger.written(revoked, null, DeviceLedger.NOW);
        String first = one.batch(2, at(0), 60);
        publishUntilTaken(first);
        List.of(
                        other.batch(1, at(0), 60),
                        first,
                        one.batch(1, at(60), 60),
                        one.batch(3, at(60), 60, other.signer()),
                        revoked.batch(1, at(0), 60),
                        SampleDevice.p256().batch(1, at(0), 60),
                        "no batch")
                .forEach(this::publish);
        await(() -> ledger.counted(Verdict.MALFORMED) == 1);
        assertThat(ledger.counted(Verdict.ACCEPTED)).isEqualTo(2);
        assertThat(ledger.counted(Verdict.OUT_OF_ORDER)).isEqualTo(1);
        assertThat(ledger.counted(Verdict.FORGED)).isEqualTo(1);
        assertThat(ledger.counted(Verdict.REVOKED)).isEqualTo(1);
        assertThat(ledger.counted(Verdict.UNKNOWN_DEVICE)).isEqualTo(1);
        assertThat(ledger.readings()).isEqualTo(120);
    }

    @Test
    void what_is_published_while_the_gateway_is_away_comes_when_it_is_back() throws InterruptedException {
        SampleDevice one = ledger.registered(SampleDevice.ed25519());
        publishUntilTaken(one.batch(1, at(0), 60));
        ingest.stop();
        for (int i = 2; i <= 40; i++) {
            publish(one.batch(i, at(60 * (i - 1)), 60));
        }
        ingest.start();
        await(() -> ledger.counted(Verdict.ACCEPTED) == 40);
        assertThat(ledger.counted(Verdict.OUT_OF_ORDER)).isZero();
    }

    /** Until the gateway has subscribed, what is published reaches nobody. */
    private void publishUntilTaken(String batch) throws InterruptedException {
        await(() -> {
            publish(batch);
            return ledger.counted(Verdict.ACCEPTED) > 0;
        });
    }

    private void publish(String batch) {
        device.publishWith()
                .topic(TOPIC)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(batch.getBytes(UTF_8))
                .send();
    }

    private static Mqtt5BlockingClient connected(int port) throws InterruptedException {
        Mqtt5BlockingClient client = Mqtt5Client.builder()
                .identifier("device-one")
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildBlocking();
        await(() -> {
            try {
                client.connect();
                return true;
            } catch (RuntimeException notYet) {
                return false;
            }
        });
        return client;
    }

    private static DeviceProperties.Mqtt settings(int port) {
        return new DeviceProperties.Mqtt(
                "127.0.0.1", port, false, null, "clearmarket/devices/+/batches", "gateway", "", "");
    }

    private interface Question {
        boolean isSo();
    }

    private static void await(Question question) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(60);
        while (!question.isSo()) {
            assertThat(Instant.now()).as("patience").isBefore(end);
            Thread.sleep(50);
        }
    }
}
