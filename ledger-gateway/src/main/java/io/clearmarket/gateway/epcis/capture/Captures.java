package io.clearmarket.gateway.epcis.capture;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.content.ContentStore;
import io.clearmarket.gateway.epcis.capture.CaptureJob.Behaviour;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.identity.ManagedIdentity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Begins capture jobs. */
@Component
public class Captures {
    private final ContentStore content;
    private final CaptureJobStore jobs;
    private final CaptureRunner runner;

    Captures(ContentStore content, CaptureJobStore jobs, CaptureRunner runner) {
        this.content = content;
        this.jobs = jobs;
        this.runner = runner;
    }

    /**
     * Captures a document that this gateway made itself, all of it or nothing, and waits until it is on the ledger.
     *
     * @param document an EPCIS document of at most 100 events
     * @return a problem (RFC 9457) for each event that could not be captured
     */
    public List<JsonNode> capture(ManagedIdentity by, byte[] document) {
        return runner.run(begin(Caller.account(by.party()), by.name(), Behaviour.ROLLBACK, document))
                .errors();
    }

    /** Keeps a document and a job that is to capture it; nothing runs yet. */
    CaptureJob begin(String owner, String managed, Behaviour behaviour, byte[] document) {
        Digest stored = content.put(document, "application/ld+json", owner);
        CaptureJob job = new CaptureJob(
                UUID.randomUUID().toString(),
                owner,
                managed,
                stored,
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                null,
                true,
                true,
                behaviour,
                List.of(),
                List.of());
        jobs.add(job);
        return job;
    }
}
