package io.clearmarket.gateway.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The capture interface through HTTP, onto the embedded network and back. */
class CaptureTest {
    private final EpcisClient client = EpcisClient.of("merchant");

    @Test
    void an_invalid_document_fails_with_the_place_and_the_reason() {
        assertThat(InvalidDocuments.all()).hasSizeGreaterThanOrEqualTo(15);
        for (InvalidDocuments.Invalid invalid : InvalidDocuments.all()) {
            JsonNode job = client.captured(invalid.document(), "rollback");
            assertThat(job.path("success").asBoolean()).as(invalid.what()).isFalse();
            assertThat(job.path("errors")).as(invalid.what()).anySatisfy(error -> {
                assertThat(error.path("instance").asString()).isEqualTo("#/epcisBody/eventList/0" + invalid.place());
                assertThat(error.path("detail").asString()).hasSizeGreaterThan(20);
                assertThat(error.path("type").asString()).isEqualTo("epcisException:ValidationException");
            });
        }
    }

    @Test
    void what_is_no_document_is_refused_at_once() {
        for (String body : new String[] {
            "{",
            "[]",
            InvalidDocuments.of(event("1").replace("ObjectEvent", "MagicEvent")),
            "{\"type\":\"EPCISDocument\"}",
            InvalidDocuments.of("").replace("2026-01-01T00:00:00Z", "now")
        }) {
            HttpResponse<String> answer = client.post("/epcis/capture", body);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(EpcisClient.json(answer).path("type").asString())
                    .isEqualTo("epcisException:ValidationException");
        }
    }

    @Test
    void rollback_captures_nothing_and_proceed_what_it_can() {
        String good = serial();
        String other = serial();
        String bad = InvalidDocuments.sound(serial()).replace("receiving", "juggling");
        String document = InvalidDocuments.of(event(good) + "," + bad + "," + event(other));
        JsonNode job = client.captured(document, "rollback");
        assertThat(job.path("success").asBoolean()).isFalse();
        assertThat(found(good)).isEmpty();
        JsonNode second = client.captured(document, "proceed");
        assertThat(second.path("success").asBoolean()).isFalse();
        assertThat(second.path("captureErrorBehaviour").asString()).isEqualTo("proceed");
        assertThat(second.path("errors")).hasSize(1);
        assertThat(found(good)).hasSize(1);
        assertThat(found(other)).hasSize(1);
        assertThat(EpcisClient.json(client.get("/epcis/capture?perPage=2"))).hasSize(2);
    }

    @Test
    void what_the_ledger_refuses_is_the_jobs_error_too() {
        String serial = serial();
        String commissioned = event(serial).replace("OBSERVE", "ADD").replace("receiving", "commissioning");
        JsonNode job = EpcisClient.of("carrier").captured(InvalidDocuments.of(commissioned), "rollback");
        assertThat(job.path("success").asBoolean()).isFalse();
        assertThat(job.path("errors").path(0).path("detail").asString()).contains("WRONG_ROLE");
        assertThat(found(serial)).isEmpty();
        assertThat(client.captured(InvalidDocuments.of(commissioned), "rollback")
                        .path("success")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void a_single_event_is_there_when_it_is_answered_and_a_duplicate_is_told() {
        String serial = serial();
        String event = event(serial)
                .replaceFirst(
                        "\\{", "{\"@context\": \"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\", ");
        HttpResponse<String> created = client.post("/epcis/events", event);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        String location = created.headers().firstValue("Location").orElseThrow();
        assertThat(EpcisClient.events(client.get(location))
                        .path(0)
                        .path("epcList")
                        .path(0)
                        .asString())
                .endsWith("." + serial);
        HttpResponse<String> again = client.post("/epcis/events", event.replace("\"action\"", "  \"action\""));
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(EpcisClient.json(again).path("type").asString())
                .isEqualTo("epcisException:ResourceAlreadyExistsException");
        assertThat(found(serial)).hasSize(1);
    }

    @Test
    void a_correction_declares_the_error_and_names_the_right_event() {
        String serial = serial();
        String wrong = event(serial).replaceFirst("\\{", "{\"eventID\": \"urn:uuid:" + UUID.randomUUID() + "\", ");
        String right = event(serial)
                .replace("receiving", "inspecting")
                .replaceFirst("\\{", "{\"eventID\": \"urn:uuid:" + UUID.randomUUID() + "\", ");
        assertThat(client.captured(InvalidDocuments.of(wrong), "rollback")
                        .path("success")
                        .asBoolean())
                .isTrue();
        String rightId = right.substring(right.indexOf("urn:uuid:"), right.indexOf("urn:uuid:") + 45);
        String declared = wrong.replaceFirst(
                "\\{",
                "{\"errorDeclaration\": {\"declarationTime\": \"" + Instant.now()
                        + "\", \"reason\": \"incorrect_data\", \"correctiveEventIDs\": [\"" + rightId + "\"]}, ");
        JsonNode job = client.captured(InvalidDocuments.of(declared + "," + right), "rollback");
        assertThat(job.path("success").asBoolean()).as(job.toString()).isTrue();
        JsonNode corrected = EpcisClient.events(client.get("/epcis/events?EQ_correctiveEventID=" + rightId));
        assertThat(corrected).hasSize(1);
        String wrongId = corrected.path(0).path("eventID").asString();
        assertThat(EpcisClient.events(client.get("/epcis/events/" + EpcisClient.encoded(wrongId))))
                .hasSize(2);
        JsonNode others = EpcisClient.of("carrier")
                .captured(InvalidDocuments.of(declared.replace("incorrect_data", "did_not_occur")), "rollback");
        assertThat(others.path("errors").path(0).path("detail").asString()).contains("WRONG_PARTY");
    }

    @Test
    void who_signs_on_their_own_device_sees_their_events_here_too() {
        GatewayTestSystem system = GatewayTestSystem.get();
        String serial = serial();
        String document = InvalidDocuments.of(event(serial));
        TestHttp http = system.http(system.token("merchant"));
        JsonNode captured = EpcisClient.json(client.post("/api/v1/provenance/captures", document));
        assertThat(http.post(
                                "/api/v1/provenance/events",
                                Map.of("event", captured.path("events").path(0)))
                        .status())
                .isEqualTo(200);
        Instant end = Instant.now().plusSeconds(90);
        while (found(serial).isEmpty() && Instant.now().isBefore(end)) {
            EpcisClient.pause();
        }
        assertThat(found(serial)).hasSize(1);
    }

    private JsonNode found(String serial) {
        return EpcisClient.events(client.get("/epcis/events?MATCH_epc=urn:epc:id:sgtin:0614141.107346." + serial));
    }

    private static String serial() {
        return UUID.randomUUID().toString().substring(0, 12);
    }

    private static String event(String serial) {
        return InvalidDocuments.sound(serial);
    }
}
