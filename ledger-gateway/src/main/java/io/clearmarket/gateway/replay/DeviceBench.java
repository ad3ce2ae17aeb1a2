package io.clearmarket.gateway.replay;

import io.clearmarket.chaincode.api.Batch;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.client.ApiProblem;
import io.clearmarket.gateway.client.MarketClient;
import io.clearmarket.gateway.up.CpuTimes;
import io.clearmarket.gateway.up.UpState;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Devices that measure once a second and sign so many readings at a time, at a running system's door for batches, in real time. Each is
 * registered on the ledger first. One batch in a hundred is sent twice, and one is forged, so that refusals are part of the load.
 */
public final class DeviceBench {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int WRONG = 100;
    private static final int NOT_FOUND = 404;

    private final UpState up;
    private final String token;
    private final MarketClient client;
    private final HttpClient door = HttpClient.newHttpClient();
    private final SortedMap<String, Integer> verdicts = new TreeMap<>();

    private DeviceBench(UpState up) {
        this.up = up;
        this.token = Objects.requireNonNull(up.tokens().get("merchant"));
        this.client = new MarketClient(up.gateway(), PATIENCE);
    }

    /**
     * What is asked of the system.
     *
     * @param devices how many, each with a reading a second
     * @param signature readings to one signature
     * @param seconds how long
     */
    public record Load(int devices, int signature, int seconds) {
        /** Batches that all devices together make in a second, rounded up. */
        int batchesPerSecond() {
            return (devices + signature - 1) / signature;
        }
    }

    /**
     * What was measured.
     *
     * @param seconds from the first batch to the last verdict
     * @param readingsPerSecond of those that were taken in
     * @param latest how much later than due the slowest second's batches had their verdicts, in milliseconds
     * @param cpuShares of one core, by process
     * @param verdicts what became of the batches
     * @param anchored true if the last batch is under a root on the ledger
     */
    public record Figures(
            Load load,
            double seconds,
            double readingsPerSecond,
            long latest,
            SortedMap<String, Double> cpuShares,
            SortedMap<String, Integer> verdicts,
            boolean anchored) {
        /** True if the load was held: a second's batches judged within that second or the next, and on the ledger. */
        public boolean held() {
            return latest < 2_000 && anchored;
        }

        /** The figures for people. */
        public void print(PrintStream out) {
            out.printf(
                    Locale.ROOT,
                    "%d devices, a reading a second, %d to a signature: %s; %.0f readings a second for %.0f s, the slowest second's verdicts after %d ms%n",
                    load.devices(),
                    load.signature(),
                    held() ? "held" : "NOT held",
                    readingsPerSecond,
                    seconds,
                    latest);
            cpuShares.forEach(
                    (process, share) -> out.printf(Locale.ROOT, "  %-20s %6.1f %% of a core%n", process, 100 * share));
            out.println("  batches by verdict: " + verdicts);
            out.println(
                    anchored ? "  the last batch is under a root on the ledger" : "  the last batch is under no root");
        }
    }

    /** Registers the devices, then sends what falls due each second; the devices make the next second's batches meanwhile. */
    public static Figures run(UpState up, Load load, PrintStream progress) {
        DeviceBench bench = new DeviceBench(up);
        progress.printf(Locale.ROOT, "registering %d devices ...%n", load.devices());
        List<BenchDevice> devices = IntStream.range(0, load.devices())
                .mapToObj(i -> new BenchDevice())
                .toList();
        bench.register(devices);
        progress.println("measuring ...");
        return bench.measure(devices, load);
    }

    private Figures measure(List<BenchDevice> devices, Load load) {
        Instant past = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(30));
        SortedMap<String, Duration> before = CpuTimes.of(up);
        Instant start = Instant.now();
        long latest = 0;
        String last = "";
        CompletableFuture<List<String>> making = CompletableFuture.supplyAsync(() -> due(devices, load, 0, past));
        for (int second = 0; second < load.seconds(); second++) {
            List<String> due = making.join();
            last = due.getLast();
            int next = second + 1;
            making = CompletableFuture.supplyAsync(() -> due(devices, load, next, past));
            Instant dueAt = start.plusSeconds(second);
            pauseUntil(dueAt);
            send(due);
            latest = Math.max(latest, Duration.between(dueAt, Instant.now()).toMillis());
        }
        double seconds = Duration.between(start, Instant.now()).toMillis() / 1e3;
        SortedMap<String, Double> cpu = new TreeMap<>();
        CpuTimes.of(up).forEach((process, time) -> {
            Duration used = time.minus(before.getOrDefault(process, Duration.ZERO));
            cpu.put(process, used.toNanos() / 1e9 / seconds);
        });
        double taken = (double) verdicts.getOrDefault("ACCEPTED", 0) * load.signature();
        return new Figures(load, seconds, taken / seconds, latest, cpu, verdicts, isAnchored(last));
    }

    /** The batches of one second: of the next devices in turn. */
    private static List<String> due(List<BenchDevice> devices, Load load, int second, Instant past) {
        List<String> due = new ArrayList<>();
        int rate = load.batchesPerSecond();
        for (int i = 0; i < rate; i++) {
            long number = (long) second * rate + i;
            int device = (int) (number % devices.size());
            long sequence = number / devices.size();
            String batch = devices.get(device)
                    .batch(sequence, past.plusSeconds(sequence * load.signature()), load.signature());
            if (number % WRONG == 0) {
                due.add(batch);
                // another's signature under it
                String other = devices.get((device + 1) % devices.size()).batch(sequence, past, 1);
                due.add(batch.substring(0, batch.lastIndexOf('.')) + other.substring(other.lastIndexOf('.')));
            }
            due.add(batch);
        }
        return due;
    }

    private void register(List<BenchDevice> devices) {
        PartyId owner = new PartyId(
                Objects.requireNonNull(up.identities().get("merchant")).party());
        for (int from = 0; from < devices.size(); from += Batch.MOST) {
            List<Batch.Step> steps = devices.subList(from, Math.min(from + Batch.MOST, devices.size())).stream()
                    .map(device -> Batch.Step.of(new Command.RegisterDevice(
                            new CommandId("bench:" + device.publicKey().id().hex()),
                            device.publicKey().spki(),
                            device.binding(up.ledger(), owner))))
                    .toList();
            Batch batch = new Batch(new CommandId("bench:" + UUID.randomUUID()), Batch.Mode.ALL_OR_NOTHING, steps);
            client.post(
                    "/api/v1/batches",
                    token,
                    batch,
                    Map.of("Idempotency-Key", batch.commandId().value()));
        }
        await("/api/v1/devices/" + devices.getLast().publicKey().id());
    }

    /** The one door that takes text. */
    private void send(List<String> batches) {
        HttpRequest request = HttpRequest.newBuilder(up.gateway().resolve("/api/v1/device-batches"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(String.join("\n", batches)))
                .build();
        try {
            HttpResponse<String> answer = door.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 400) {
                throw new ReplayException(answer.statusCode() + " " + answer.body());
            }
            for (JsonNode verdict : Json.MAPPER.readTree(answer.body()).path("verdicts")) {
                verdicts.merge(verdict.asString(""), 1, Integer::sum);
            }
        } catch (IOException e) {
            throw new ReplayException("the gateway can't be reached: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean isAnchored(String batch) {
        return await("/api/v1/device-batches/" + Digest.sha256(batch))
                .path("recorded")
                .asBoolean(false);
    }

    /** Until it is there, and recorded where it says whether it is; the last answer if that takes too long. */
    private JsonNode await(String path) {
        Instant until = Instant.now().plus(PATIENCE);
        while (true) {
            JsonNode answer = found(path);
            if (answer.path("recorded").asBoolean(!answer.isMissingNode())
                    || Instant.now().isAfter(until)) {
                return answer;
            }
            pauseUntil(Instant.now().plusMillis(200));
        }
    }

    private JsonNode found(String path) {
        try {
            return client.get(path, token);
        } catch (ApiProblem problem) {
            if (problem.status() == NOT_FOUND) {
                return Json.MAPPER.missingNode();
            }
            throw problem;
        }
    }

    private static void pauseUntil(Instant then) {
        try {
            Thread.sleep(Math.max(0, Duration.between(Instant.now(), then).toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
