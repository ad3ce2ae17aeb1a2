package io.clearmarket.gateway.replay;

import io.clearmarket.gateway.provenance.EpcisDocument;
import io.clearmarket.gateway.up.CpuTimes;
import io.clearmarket.gateway.up.UpState;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** How many EPCIS events a running system takes onto its ledger in a second, by its capture interface. */
public final class CaptureBench {
    /** The most that a document may hold. */
    private static final int DOCUMENT = 100;

    private static final int AT_ONCE = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final UpState up;
    private final HttpClient client = HttpClient.newHttpClient();

    private CaptureBench(UpState up) {
        this.up = up;
    }

    /**
     * What was measured, from the first request to the end of the last job; an event is on the ledger and in the repository then.
     *
     * @param cpuMillisPerEvent by process
     */
    public record Figures(
            int events, double seconds, double eventsPerSecond, SortedMap<String, Double> cpuMillisPerEvent) {
        /** The figures for people. */
        public void print(PrintStream out) {
            out.printf(
                    Locale.ROOT,
                    "%d events captured in %.1f s: %.0f events a second%n",
                    events,
                    seconds,
                    eventsPerSecond);
            cpuMillisPerEvent.forEach((process, millis) ->
                    out.printf(Locale.ROOT, "  %-20s %8.2f ms of processor time an event%n", process, millis));
        }
    }

    /** Captures so many new events of a merchant, four documents of a hundred at a time. */
    public static Figures run(UpState up, int events) {
        CaptureBench bench = new CaptureBench(up);
        List<String> documents = new ArrayList<>();
        for (int made = 0; made < events; made += DOCUMENT) {
            documents.add(document(Math.min(DOCUMENT, events - made)));
        }
        SortedMap<String, Duration> before = CpuTimes.of(up);
        Instant start = Instant.now();
        for (int from = 0; from < documents.size(); from += AT_ONCE) {
            List<String> jobs = documents.subList(from, Math.min(from + AT_ONCE, documents.size())).stream()
                    .map(bench::capture)
                    .toList();
            jobs.forEach(bench::await);
        }
        double seconds = Duration.between(start, Instant.now()).toMillis() / 1e3;
        SortedMap<String, Double> cpu = new TreeMap<>();
        CpuTimes.of(up).forEach((process, time) -> {
            Duration used = time.minus(before.getOrDefault(process, Duration.ZERO));
            cpu.put(process, used.toNanos() / 1e6 / events);
        });
        return new Figures(events, seconds, events / seconds, cpu);
    }

    private static String document(int size) {
        List<Map<String, Object>> events = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            events.add(Map.of(
                    "type",
                    "ObjectEvent",
                    "eventID",
                    "urn:uuid:" + UUID.randomUUID(),
                    "action",
                    "OBSERVE",
                    "bizStep",
                    "storing",
                    "eventTime",
                    Instant.now().toString(),
                    "eventTimeZoneOffset",
                    "+00:00",
                    "readPoint",
                    Map.of("id", "https://example.org/places/bench"),
                    "epcList",
                    List.of("https://id.gs1.org/01/09521234000044/21/" + UUID.randomUUID())));
        }
        return Json.MAPPER.writeValueAsString(EpcisDocument.around(events, Instant.now()));
    }

    private String capture(String document) {
        HttpResponse<String> answer = send(request("/epcis/capture")
                .header("Content-Type", "application/ld+json")
                .POST(HttpRequest.BodyPublishers.ofString(document))
                .build());
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private void await(String job) {
        Instant until = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(until)) {
            JsonNode state =
                    Json.MAPPER.readTree(send(request(job).GET().build()).body());
            if (!state.path("running").asBoolean(true)) {
                if (!state.path("success").asBoolean(false)) {
                    throw new ReplayException("a capture job failed: " + state.path("errors"));
                }
                return;
            }
            pause();
        }
        throw new ReplayException("the capture job " + job + " did not end in " + PATIENCE);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(up.gateway().resolve(path))
                .header("Authorization", "Bearer " + up.tokens().get("merchant"));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 400) {
                throw new ReplayException(answer.statusCode() + " " + answer.body());
            }
            return answer;
        } catch (IOException e) {
            throw new ReplayException("the gateway can't be reached: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
