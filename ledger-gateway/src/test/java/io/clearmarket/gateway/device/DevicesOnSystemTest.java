package io.clearmarket.gateway.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Records.Readings;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.testing.TestMarket;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A device from its registration to its revocation, through HTTP and the embedded network. */
class DevicesOnSystemTest {
    private final GatewayTestSystem system = system();
    private final TestHttp merchant = system.http(system.token("merchant"));
    private final SampleDevice device = SampleDevice.p256();
    private final DeviceOnSystem door = new DeviceOnSystem(system, device);
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(600);

    @Test
    void what_a_device_signed_comes_under_a_root_on_the_ledger_until_it_is_revoked() throws InterruptedException {
        String batch = device.batch(1, start, 60);
        assertThat(door.taken(batch)).isEqualTo("UNKNOWN_DEVICE");
        String path = door.registered();
        assertThat(door.taken(batch)).isEqualTo("ACCEPTED");
        String hash = Digest.sha256(batch.getBytes(UTF_8)).hex();
        DeviceOnSystem.await(() -> merchant.get("/api/v1/device-batches/" + hash)
                .body()
                .path("recorded")
                .asBoolean(false));
        String root = merchant.get("/api/v1/device-batches/" + hash).text("root");
        ReadModel ledger = system.context().getBean(ReadModel.class);
        DeviceOnSystem.await(
                () -> ledger.record(RecordKind.READINGS, Readings.class, root).isPresent());
        assertThat(merchant.post(
                                path + "/calibrations",
                                Map.of(
                                        "certificate",
                                        Digest.ZERO,
                                        "from",
                                        start,
                                        "until",
                                        start.plus(Duration.ofDays(365))))
                        .status())
                .isEqualTo(200);
        assertThat(merchant.post(path + "/revocations", Map.of()).status()).isEqualTo(200);
        DeviceOnSystem.await(() -> merchant.get(path).body().path("revokedAt").isString());
        assertThat(merchant.get(path).body().path("calibration").isObject()).isTrue();
        assertThat(door.taken(device.batch(2, start.plusSeconds(60), 60))).isEqualTo("REVOKED");
    }

    @Test
    void what_a_device_measured_while_it_was_on_an_item_is_told_of_the_item_and_warned_of()
            throws InterruptedException {
        door.registered();
        String serial = UUID.randomUUID().toString().substring(0, 12);
        String item = "https://id.gs1.org/01/09521234123453/21/" + serial;
        door.captured("""
                "type": "ObjectEvent", "action": "ADD", "bizStep": "commissioning", "epcList": ["%s"],
                "ilmd": {"clearmarket:storageTemperatureMin": 2, "clearmarket:storageTemperatureMax": 8}""".formatted(item), start);
        door.putOn(item, start.plusSeconds(30));

        assertThat(door.taken(device.batch(1, start, 20, 30)))
                .as("warm before it was on the item")
                .isEqualTo("ACCEPTED");
        assertThat(door.taken(device.batch(2, start.plusSeconds(60), 60, 7.9))).isEqualTo("ACCEPTED");
        String tooWarm = device.batch(3, start.plusSeconds(120), 60, 8.1);
        assertThat(door.taken(tooWarm)).isEqualTo("ACCEPTED");

        String warnings = "/api/v1/items/01/09521234123453/21/" + serial + "/warnings";
        DeviceOnSystem.await(
                () -> merchant.get(warnings).body().findValuesAsString("kind").contains("SENSOR_OUT_OF_RANGE"));
        assertThat(merchant.get(warnings).body().findValuesAsString("kind")).containsExactly("SENSOR_OUT_OF_RANGE");
        JsonNode told = merchant.get(
                        "/epcis/events?orderBy=eventTime&orderDirection=ASC&EQ_bizStep=sensor_reporting&MATCH_epc="
                                + item)
                .body()
                .path("epcisBody")
                .path("queryResults")
                .path("resultsBody")
                .path("eventList");
        assertThat(told).hasSize(2);
        JsonNode element = told.path(1).path("sensorElementList").path(0);
        assertThat(element.path("sensorMetadata").path("rawData").asString())
                .isEqualTo("ni:///sha-256;" + Digest.sha256(tooWarm.getBytes(UTF_8)));
        assertThat(element.path("sensorReport").path(0).path("maxValue").decimalValue())
                .isEqualByComparingTo("8.1");
    }

    private static GatewayTestSystem system() {
        TestMarket.get();
        return GatewayTestSystem.get();
    }
}
