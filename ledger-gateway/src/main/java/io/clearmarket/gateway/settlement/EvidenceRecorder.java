package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Batch;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.DomainEvent;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.settlement.FactStore.Waiting;
import io.clearmarket.gateway.settlement.attester.AttesterQuorum;
import io.clearmarket.gateway.submission.Outcome;
import io.clearmarket.gateway.submission.SubmissionFailure;
import io.clearmarket.gateway.submission.Submissions;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings facts to the ledger as evidence: a quorum signs them, the evidence is kept, and a command with an id that follows
 * from the log is submitted until it is there.
 */
final class EvidenceRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(EvidenceRecorder.class);
    private static final int AT_ONCE = 64;

    /** A transaction costs more than the facts in it; a conflict with one of them sends all again. */
    private static final int IN_ONE_TRANSACTION = 16;

    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    /** Short enough that nothing waits longer than half a minute once what went wrong has ended. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);

    private static final Duration FOREIGN_WAIT = Duration.ofMinutes(1);

    private final FactStore facts;
    private final ReadModel readModel;
    private final AttesterQuorum attesters;
    private final Submissions submissions;
    private final SigningIdentity identity;
    private final Steps steps;
    private final Supplier<ExecutorService> executors;

    /** @param executors one for each round; submissions of a round run on it */
    EvidenceRecorder(
            FactStore facts,
            ReadModel readModel,
            AttesterQuorum attesters,
            Submissions submissions,
            SigningIdentity identity,
            Steps steps,
            Supplier<ExecutorService> executors) {
        this.facts = facts;
        this.readModel = readModel;
        this.attesters = attesters;
        this.submissions = submissions;
        this.identity = identity;
        this.steps = steps;
        this.executors = executors;
    }

    /** Records what is due; true if there was something. */
    boolean record() {
        Optional<MarketConfig> market = readModel.market();
        if (market.isEmpty()) {
            return false;
        }
        Map<Waiting, ConsignmentId> known = ofThisLedger(facts.due(AT_ONCE));
        if (known.isEmpty()) {
            return false;
        }
        Map<Evidence.Seen, Evidence> evidence =
                signed(market.get(), known.keySet().stream().toList());
        List<Signed> signed = new ArrayList<>();
        known.forEach((waiting, consignment) -> {
            Evidence found = evidence.get(waiting.seen());
            if (found == null) {
                postpone(waiting, "no quorum of attesters signs it", true);
            } else {
                signed.add(new Signed(waiting, command(consignment, found)));
            }
        });
        try (ExecutorService executor = executors.get()) {
            for (int i = 0; i < signed.size(); i += IN_ONE_TRANSACTION) {
                List<Signed> some = signed.subList(i, Math.min(signed.size(), i + IN_ONE_TRANSACTION));
                executor.execute(() -> submit(some));
            }
        }
        return true;
    }

    /** A fact with the command that says it. */
    private record Signed(Waiting waiting, Command command) {}

    private Map<Waiting, ConsignmentId> ofThisLedger(List<Waiting> due) {
        Map<Waiting, ConsignmentId> known = new LinkedHashMap<>();
        for (Waiting waiting : due) {
            Optional<Consignment> consignment =
                    readModel.byEscrow(waiting.seen().escrowId());
            consignment.ifPresentOrElse(
                    found -> known.put(waiting, found.id()),
                    () -> postpone(waiting, "no consignment with this escrow is on the ledger", true, FOREIGN_WAIT));
        }
        return known;
    }

    /** What was signed before is not signed again: the same command id must come with the same content. */
    private Map<Evidence.Seen, Evidence> signed(MarketConfig market, List<Waiting> waiting) {
        Map<Evidence.Seen, Evidence> evidence = waiting.stream()
                .flatMap(each -> Optional.ofNullable(each.evidence()).stream())
                .collect(Collectors.toMap(Evidence::seen, kept -> kept, (a, b) -> a, HashMap::new));
        List<Evidence.Seen> unsigned = waiting.stream()
                .map(Waiting::seen)
                .filter(seen -> !evidence.containsKey(seen))
                .toList();
        Map<Evidence.Seen, Evidence> fresh = attesters.evidence(market, unsigned);
        if (!fresh.isEmpty()) {
            steps.reached(SettlementStep.EVIDENCE_SIGNED);
            fresh.values().forEach(facts::keep);
            steps.reached(SettlementStep.EVIDENCE_PERSISTED);
        }
        evidence.putAll(fresh);
        return evidence;
    }

    /** Each takes effect by itself, though in one transaction: a refused one holds up nobody. */
    private void submit(List<Signed> signed) {
        try {
            switch (signed.size() == 1 ? alone(signed.getFirst()) : together(signed)) {
                case Outcome.Committed committed -> {
                    // each is done, or was told why not
                }
                case Outcome.Refused refused
                when signed.size() == 1 -> refused(signed.getFirst().waiting(), refused.refusal());
                // none took effect; each is told its own reason
                case Outcome.Refused refused -> signed.forEach(each -> submit(List.of(each)));
                case Outcome.Invalidated invalidated -> postpone(signed, invalidated.code());
                case Outcome.Unknown unknown -> postpone(signed, "no word of " + unknown.transactionId());
            }
        } catch (SubmissionFailure e) {
            postpone(signed, e.toString());
        } catch (RuntimeException e) {
            LOG.error(
                    "Evidence of {} can't be submitted",
                    signed.getFirst().waiting().seen(),
                    e);
            postpone(signed, e.toString());
        }
    }

    private Outcome alone(Signed signed) {
        Outcome outcome = submissions.submit(identity, signed.command());
        if (outcome instanceof Outcome.Committed) {
            steps.reached(SettlementStep.EVIDENCE_COMMITTED);
            facts.recorded(signed.waiting().seen());
        }
        return outcome;
    }

    private Outcome together(List<Signed> signed) {
        Batch batch = batch(signed.stream().map(Signed::command).toList());
        Outcome outcome = submissions.submit(identity, batch);
        if (!(outcome instanceof Outcome.Committed)) {
            return outcome;
        }
        steps.reached(SettlementStep.EVIDENCE_COMMITTED);
        Optional<DomainEvent> effect = submissions.effect(identity.partyId(), batch.commandId());
        if (effect.isEmpty()) {
            postpone(signed, "the peer does not know the batch yet");
            return outcome;
        }
        List<DomainEvent.Part> parts = effect.get().parts();
        for (int i = 0; i < parts.size(); i++) {
            Refusal refusal = parts.get(i).refusal();
            if (refusal == null) {
                facts.recorded(signed.get(i).waiting().seen());
            } else {
                refused(signed.get(i).waiting(), refusal);
            }
        }
        return outcome;
    }

    /** The same commands make the same batch, so that repeating it has no second effect. */
    private static Batch batch(List<Command> commands) {
        byte[] ids = commands.stream()
                .map(command -> command.commandId().value())
                .collect(Collectors.joining(" "))
                .getBytes(StandardCharsets.UTF_8);
        return new Batch(
                new CommandId("seen:" + Digest.sha256(ids).hex()),
                Batch.Mode.EACH,
                commands.stream().map(Batch.Step::of).toList());
    }

    private void refused(Waiting waiting, Refusal refusal) {
        switch (refusal.code()) {
            // the ledger has it already, perhaps by another gateway; an escrow takes one deposit
            case EVIDENCE_USED, COMMAND_ID_REUSED, ALREADY_DEPOSITED -> facts.recorded(waiting.seen());
            case EVIDENCE_UNKNOWN_ATTESTER, EVIDENCE_QUORUM_MISSING, EVIDENCE_REQUIRED_ATTESTER_MISSING -> {
                attesters.suspect();
                postpone(waiting, refusal.toString(), false);
            }
            default -> {
                LOG.warn(
                        "The ledger refuses evidence of log {} of {}: {}",
                        waiting.seen().logIndex(),
                        waiting.seen().transaction(),
                        refusal);
                postpone(waiting, refusal.toString(), true);
            }
        }
    }

    private void postpone(List<Signed> signed, String problem) {
        signed.forEach(each -> postpone(each.waiting(), problem, true));
    }

    private void postpone(Waiting waiting, String problem, boolean keepEvidence) {
        postpone(waiting, problem, keepEvidence, LONGEST_WAIT);
    }

    private void postpone(Waiting waiting, String problem, boolean keepEvidence, Duration longest) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(waiting.attempts(), 10));
        facts.postpone(waiting.seen(), problem, wait.compareTo(longest) < 0 ? wait : longest, keepEvidence);
    }

    private static Command command(ConsignmentId consignment, Evidence evidence) {
        Evidence.Seen seen = evidence.seen();
        CommandId id = new CommandId("seen:" + seen.chainId() + ":" + seen.transaction() + ":" + seen.logIndex());
        return switch (seen.kind()) {
            case DEPOSIT -> new Command.RecordDeposit(id, consignment, evidence);
            case PAID -> new Command.RecordPaid(id, consignment, evidence);
            case RECLAIM -> new Command.RecordReclaim(id, consignment, evidence);
        };
    }
}
