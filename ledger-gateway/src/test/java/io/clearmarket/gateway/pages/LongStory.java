package io.clearmarket.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.epcis.EpcisClient;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.testing.TestMarket;
import io.clearmarket.gateway.testing.Trade;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * An item of which very much was recorded, a minute apart: its third event is elsewhere, its last but one says that it is damaged, and its last that it was
 * stolen, which was declared to be in error.
 */
final class LongStory {
    /** What the page says because of the last event. */
    static final String AT_LAST = "damaged";

    /** What it must not say, because the event that said so is in error. */
    static final String IN_ERROR = "stolen";

    private static final int MOST_IN_JOB = 100;
    private static final int MOST_IN_PART = 200;
    private static final String HOME = "geo:-23.55,-46.63";
    private static final String FAR = "geo:60.17,24.94";

    private LongStory() {}

    /** Its page's path; all of its events are on the ledger and in the read model. */
    static String told(int events) throws InterruptedException {
        TestMarket.get();
        GatewayTestSystem system = GatewayTestSystem.get();
        TestHttp merchant = system.http(system.token("merchant"));
        String path =
                "/01/" + Trade.GTIN + "/21/" + UUID.randomUUID().toString().substring(0, 12);
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofMinutes(events));
        for (int from = 0; from < events; from += MOST_IN_JOB) {
            captured(IntStream.range(from, Math.min(events, from + MOST_IN_JOB))
                    .mapToObj(i -> event(path, start, i, disposition(events - i), ""))
                    .collect(Collectors.joining(",")));
        }
        captured(event(path, start, events - 1, "stolen", """
                "errorDeclaration": {"declarationTime": "%s", "reason": "incorrect_data", "correctiveEventIDs": ["urn:example:right"]},
                """.formatted(Instant.now())));
        Instant end = Instant.now().plusSeconds(90);
        while (Instant.now().isBefore(end)) {
            JsonNode first = part(merchant, path, "");
            JsonNode rest = part(merchant, path, "&cursor=" + first.path("next").asString(""));
            if (first.hasNonNull("next")
                    && rest.path("events").size() == events - MOST_IN_PART
                    && rest.path("declarations").size() == 1) {
                return path;
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException("not all events of " + path + " came to the read model");
    }

    private static JsonNode part(TestHttp merchant, String path, String cursor) {
        return merchant.get("/api/v1/items" + path + "/events?limit=" + MOST_IN_PART + cursor)
                .body();
    }

    private static String disposition(int fromLast) {
        return switch (fromLast) {
            case 1 -> "stolen";
            case 2 -> "damaged";
            default -> "active";
        };
    }

    private static String event(String path, Instant start, int i, String disposition, String more) {
        return """
                {"type": "ObjectEvent", "action": "%s", "bizStep": "%s", "disposition": "%s", "epcList": ["https://id.gs1.org%s"], %s
                 "eventTime": "%s", "eventTimeZoneOffset": "+00:00", "readPoint": {"id": "%s"}}""".formatted(
                        i == 0 ? "ADD" : "OBSERVE",
                        i == 0 ? "commissioning" : "inspecting",
                        disposition,
                        path,
                        more,
                        start.plus(Duration.ofMinutes(i)),
                        i == 2 ? FAR : HOME);
    }

    private static void captured(String events) {
        JsonNode job = EpcisClient.of("merchant").captured("""
                {"@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", "type": "EPCISDocument",
                 "schemaVersion": "2.0", "creationDate": "%s", "epcisBody": {"eventList": [%s]}}""".formatted(Instant.now(), events), "rollback");
        assertThat(job.path("success").asBoolean()).as(job.toString()).isTrue();
    }
}
