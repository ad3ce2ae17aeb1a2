package io.clearmarket.gateway.epcis.capture;

import io.clearmarket.gateway.content.ContentStore;
import io.clearmarket.gateway.content.Document;
import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import io.clearmarket.gateway.epcis.capture.CaptureJob.Behaviour;
import io.clearmarket.gateway.epcis.store.CapturedDocument;
import io.clearmarket.gateway.epcis.store.EventStore;
import io.clearmarket.wallet.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries capture jobs out: validates, brings what is new onto the ledger, waits until it has come back from there. Running a
 * job again, after a crash, has no second effect: its commands have the ids they had.
 */
@Component
class CaptureRunner implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(CaptureRunner.class);
    private static final int AT_ONCE = 4;

    private final ContentStore content;
    private final SchemaCheck schema;
    private final CaptureJobStore jobs;
    private final EventStore events;
    private final LedgerCapture ledger;
    private final TransactionTemplate transaction;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private volatile boolean running;

    CaptureRunner(
            ContentStore content,
            SchemaCheck schema,
            CaptureJobStore jobs,
            EventStore events,
            LedgerCapture ledger,
            TransactionTemplate transaction) {
        this.content = content;
        this.schema = schema;
        this.jobs = jobs;
        this.events = events;
        this.ledger = ledger;
        this.transaction = transaction;
    }

    @Override
    public void start() {
        running = true;
        jobs.running().forEach(this::runLater);
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the feed of blocks. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE;
    }

    void runLater(CaptureJob job) {
        Thread.ofVirtual().name("capture-" + job.captureId()).start(() -> {
            try {
                turns.acquire();
                try {
                    run(job);
                } finally {
                    turns.release();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Runs a job to its end. */
    CaptureJob run(CaptureJob job) {
        CaptureJob finished;
        try {
            finished = captured(job);
        } catch (RuntimeException failure) {
            if (!running) {
                return job;
            }
            LOG.error("capture job {} failed for a reason of ours", job.captureId(), failure);
            List<JsonNode> error = List.of(problem(Kind.IMPLEMENTATION, "", "the gateway failed; it is in its log"));
            finished = job.finished(Instant.now(), error, List.of());
        }
        jobs.finish(finished);
        return finished;
    }

    private CaptureJob captured(CaptureJob job) {
        Document stored = content.get(job.document())
                .orElseThrow(() -> new IllegalStateException("document " + job.document() + " is gone"));
        CapturedDocument document = CapturedDocument.parse(stored.bytes());
        Map<Integer, List<JsonNode>> errors = faults(document);
        List<JsonNode> duplicates = new ArrayList<>();
        if (errors.isEmpty() || job.captureErrorBehaviour() == Behaviour.PROCEED) {
            List<Integer> good = new ArrayList<>();
            for (int i = 0; i < document.size(); i++) {
                if (!errors.containsKey(i)) {
                    good.add(i);
                }
            }
            LedgerCapture.Result result = ledger.capture(job, document, good);
            result.refused().forEach((index, refused) -> errors.put(index, List.of(refused)));
            result.duplicates().forEach(index -> duplicates.add(duplicate(document, index)));
            if (errors.isEmpty() || job.captureErrorBehaviour() == Behaviour.PROCEED) {
                JsonNode header = document.document().root().path("epcisHeader");
                transaction.executeWithoutResult(status -> events.addMasterData(header));
            }
        }
        return job.finished(
                Instant.now(), errors.values().stream().flatMap(List::stream).toList(), duplicates);
    }

    /** What is wrong with each event, by its place in the document. */
    private Map<Integer, List<JsonNode>> faults(CapturedDocument document) {
        Map<Integer, List<JsonNode>> errors = new TreeMap<>();
        Instant now = Instant.now();
        for (int i = 0; i < document.size(); i++) {
            JsonNode event = document.event(i);
            List<Fault> faults = schema.event(event);
            if (faults.isEmpty()) {
                faults = EventRules.faults(event, document.namespaces(i), now);
            }
            if (faults.isEmpty() && claimsOthersId(document, i)) {
                faults = List.of(new Fault("/eventID", "is the id of another event that was captured before"));
            }
            if (!faults.isEmpty()) {
                String place = place(document, i);
                errors.put(
                        i,
                        faults.stream()
                                .map(fault -> fault.under(place))
                                .map(fault -> problem(Kind.VALIDATION, fault.place(), fault.reason()))
                                .toList());
            }
        }
        return errors;
    }

    /** An id names one event; hash ids are excepted, since earlier drafts of the algorithm gave the same to several. */
    private boolean claimsOthersId(CapturedDocument document, int index) {
        String id = document.eventId(index);
        return !id.startsWith("ni:///sha-256;")
                && events.hashesOf(id).stream().anyMatch(hash -> !hash.equals(document.hash(index)));
    }

    private static JsonNode duplicate(CapturedDocument document, int index) {
        ObjectNode duplicate = Json.MAPPER.createObjectNode();
        duplicate.put("instance", "#" + place(document, index));
        duplicate.put("eventID", document.eventId(index));
        duplicate.put("hash", document.hash(index));
        return duplicate;
    }

    private static String place(CapturedDocument document, int index) {
        JsonNode root = document.document().root();
        if (document.document().isBareEvent()) {
            return "";
        }
        return root.path("epcisBody").has("queryResults")
                ? "/epcisBody/queryResults/resultsBody/eventList/" + index
                : "/epcisBody/eventList/" + index;
    }

    static JsonNode problem(Kind kind, @Nullable String place, String reason) {
        ObjectNode problem = Json.MAPPER.createObjectNode();
        problem.put("type", kind.type());
        problem.put("title", kind.title());
        problem.put("status", kind.status().value());
        problem.put("detail", place == null || place.isEmpty() ? reason : place + " " + reason);
        if (place != null) {
            problem.put("instance", "#" + place);
        }
        return problem;
    }
}
