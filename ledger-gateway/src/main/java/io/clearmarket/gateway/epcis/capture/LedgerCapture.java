package io.clearmarket.gateway.epcis.capture;

import io.clearmarket.chaincode.api.Batch;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.DomainEvent;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import io.clearmarket.gateway.epcis.capture.CaptureJob.Behaviour;
import io.clearmarket.gateway.epcis.store.CapturedDocument;
import io.clearmarket.gateway.epcis.store.EventStore;
import io.clearmarket.gateway.epcis.store.StoredEvent;
import io.clearmarket.gateway.identity.ManagedIdentities;
import io.clearmarket.gateway.identity.ManagedIdentity;
import io.clearmarket.gateway.provenance.EventRecords;
import io.clearmarket.gateway.submission.Outcome;
import io.clearmarket.gateway.submission.Submissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Brings a document's events onto the ledger, under the name of a managed identity, and waits until they are in the repository. */
@Component
class LedgerCapture {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Submissions submissions;
    private final ManagedIdentities identities;
    private final EventStore events;
    private final TransactionTemplate transaction;

    LedgerCapture(
            Submissions submissions, ManagedIdentities identities, EventStore events, TransactionTemplate transaction) {
        this.submissions = submissions;
        this.identities = identities;
        this.events = events;
        this.transaction = transaction;
    }

    /**
     * What became of the events, by their place in the document; what is in neither is captured.
     *
     * @param refused a problem for each that the ledger refused
     * @param duplicates those that were here or on the ledger already
     */
    record Result(Map<Integer, JsonNode> refused, List<Integer> duplicates) {}

    /** @param indexes which of the document's events */
    Result capture(CaptureJob job, CapturedDocument document, List<Integer> indexes) {
        ManagedIdentity identity = identities
                .find(String.valueOf(job.managed()))
                .orElseThrow(() -> new IllegalStateException("no identity " + job.managed() + " is managed here"));
        List<EpcisRecord> records = EventRecords.of(document.document(), job.document());
        Plan plan = plan(document, indexes);
        Map<Integer, JsonNode> refused = new TreeMap<>();
        for (int from = 0; from < plan.fresh().size(); from += Batch.MOST) {
            List<Integer> some =
                    plan.fresh().subList(from, Math.min(plan.fresh().size(), from + Batch.MOST));
            submit(job, identity, records, some, refused, plan.twins());
        }
        if (refused.isEmpty() || job.captureErrorBehaviour() == Behaviour.PROCEED) {
            List<String> awaited = plan.fresh().stream()
                    .filter(index ->
                            !refused.containsKey(index) && !plan.twins().contains(index))
                    .map(document::key)
                    .toList();
            await(awaited);
            keepTwins(job, document, plan.twins(), identity);
        }
        List<Integer> duplicates = new ArrayList<>(plan.known());
        duplicates.addAll(plan.twins());
        return new Result(refused, duplicates.stream().sorted().toList());
    }

    /**
     * What is to be done with each event.
     *
     * @param fresh to go on the ledger
     * @param twins on the ledger already, but written otherwise: kept in this form too
     * @param known here already
     */
    private record Plan(List<Integer> fresh, List<Integer> twins, List<Integer> known) {}

    private Plan plan(CapturedDocument document, List<Integer> indexes) {
        Set<String> here = events.present(indexes.stream().map(document::key).toList());
        Set<String> hashes =
                new HashSet<>(events.known(indexes.stream().map(document::hash).toList()));
        Set<String> keys = new HashSet<>(here);
        Plan plan = new Plan(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int index : indexes) {
            if (!keys.add(document.key(index))) {
                plan.known().add(index);
            } else if (document.declaration(index).isEmpty() && !hashes.add(document.hash(index))) {
                plan.twins().add(index);
            } else {
                hashes.add(document.hash(index));
                plan.fresh().add(index);
            }
        }
        return plan;
    }

    private void submit(
            CaptureJob job,
            ManagedIdentity identity,
            List<EpcisRecord> records,
            List<Integer> indexes,
            Map<Integer, JsonNode> refused,
            List<Integer> twins) {
        CommandId id = new CommandId("capture-" + job.captureId() + "-" + indexes.getFirst());
        List<Batch.Step> steps = indexes.stream()
                .map(index -> Batch.Step.of(new Command.RecordEvent(
                        new CommandId("capture-" + job.captureId() + "." + index), records.get(index))))
                .toList();
        Batch.Mode mode =
                job.captureErrorBehaviour() == Behaviour.PROCEED ? Batch.Mode.EACH : Batch.Mode.ALL_OR_NOTHING;
        Outcome outcome = submitted(identity, new Batch(id, mode, steps));
        if (outcome instanceof Outcome.Refused all) {
            refuse(all.refusal(), indexes, steps.size() == 1, refused, twins);
        } else if (mode == Batch.Mode.EACH) {
            List<DomainEvent.Part> parts = submissions
                    .effect(identity.party(), id)
                    .map(DomainEvent::parts)
                    .orElse(List.of());
            for (int i = 0; i < parts.size(); i++) {
                Refusal refusal = parts.get(i).refusal();
                if (refusal != null) {
                    refuse(refusal, List.of(indexes.get(i)), true, refused, twins);
                }
            }
        }
    }

    private Outcome submitted(ManagedIdentity identity, Batch batch) {
        Outcome outcome = submissions.submit(identity.signer(), batch);
        Instant end = Instant.now().plus(PATIENCE);
        while (outcome instanceof Outcome.Unknown && Instant.now().isBefore(end)) {
            outcome = submissions.submit(identity.signer(), batch);
        }
        if (outcome instanceof Outcome.Unknown || outcome instanceof Outcome.Invalidated) {
            throw new IllegalStateException(
                    "the ledger did not say what became of " + batch.commandId() + ": " + outcome);
        }
        return outcome;
    }

    /** An event that the ledger has, though it is not here yet, is a duplicate; every other refusal is an error. */
    private static void refuse(
            Refusal refusal,
            List<Integer> indexes,
            boolean alone,
            Map<Integer, JsonNode> refused,
            List<Integer> twins) {
        if (alone && refusal.code() == RefusalCode.EVENT_EXISTS) {
            twins.addAll(indexes);
            return;
        }
        JsonNode problem = CaptureRunner.problem(
                Kind.VALIDATION, null, "the ledger refused: " + refusal.code() + ": " + refusal.message());
        refused.put(indexes.getFirst(), problem);
    }

    private void await(List<String> keys) {
        Instant end = Instant.now().plus(PATIENCE);
        Set<String> missing = new HashSet<>(keys);
        while (!missing.isEmpty()) {
            missing.removeAll(events.present(missing));
            if (!missing.isEmpty()) {
                if (Instant.now().isAfter(end)) {
                    throw new IllegalStateException(missing.size() + " events did not come back from the ledger");
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void keepTwins(CaptureJob job, CapturedDocument document, List<Integer> twins, ManagedIdentity identity) {
        Instant now = Instant.now();
        List<StoredEvent> stored = twins.stream()
                .map(index ->
                        document.stored(index, job.document(), identity.party().value(), now))
                .toList();
        List<Map<String, String>> namespaces =
                twins.stream().map(document::namespaces).collect(Collectors.toCollection(ArrayList::new));
        if (!stored.isEmpty()) {
            transaction.executeWithoutResult(status -> events.add(stored, namespaces));
        }
    }
}
