package io.clearmarket.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.DeviceKey;
import io.clearmarket.gateway.epcis.sensor.SensorReports;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** A merchant's device at the doors of the running system. */
final class DeviceOnSystem {
    private final SampleDevice device;
    private final TestHttp merchant;
    private final byte[] binding;

    DeviceOnSystem(GatewayTestSystem system, SampleDevice device) {
        this.device = device;
        this.merchant = system.http(system.token("merchant"));
        this.binding = DeviceKey.binding(
                GatewayTestSystem.LEDGER,
                device.key().id(),
                system.person("merchant").party());
    }

    /** Its path, once it is on the ledger. */
    String registered() throws InterruptedException {
        String signature = Base64.getEncoder().encodeToString(device.signer().apply(binding));
        assertThat(merchant.post(
                                "/api/v1/devices",
                                Map.of("publicKey", device.key().spki(), "signature", signature))
                        .status())
                .isEqualTo(200);
        String path = "/api/v1/devices/" + device.key().id();
        await(() -> merchant.get(path).status() == 200);
        return path;
    }

    /** The merchant says that it is on an item from a time on. */
    void putOn(String item, Instant from) {
        captured("""
                "type": "AssociationEvent", "action": "ADD", "parentID": "%s",
                "childEPCs": ["%s"]""".formatted(item, SensorReports.name(device.key().id())), from);
    }

    /** The merchant tells of an event; it is on the ledger. */
    void captured(String event, Instant at) {
        TestHttp.Answer answer = TestHttp.send(merchant.request("/epcis/events")
                .header("Content-Type", "application/ld+json")
                .POST(BodyPublishers.ofString("""
                        {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", {"clearmarket": "urn:clearmarket:voc:"}],
                         "eventTime": "%s", "eventTimeZoneOffset": "+00:00", %s}""".formatted(at, event)))
                .build());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    /** The verdict on a batch that comes by HTTP. */
    String taken(String batch) {
        TestHttp.Answer answer = TestHttp.send(merchant.request("/api/v1/device-batches")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(batch))
                .build());
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().path("verdicts").path(0).asString("");
    }

    /** What shall become so. */
    interface Question {
        boolean isSo();
    }

    static void await(Question question) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(90);
        while (!question.isSo()) {
            assertThat(Instant.now()).as("patience").isBefore(end);
            Thread.sleep(50);
        }
    }
}
