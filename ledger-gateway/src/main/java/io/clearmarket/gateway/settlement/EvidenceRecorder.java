package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
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
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final FactStore facts;
    private final ReadModel readModel;
    private final AttesterQuorum attesters;
    private final Submissions submissions;
    private final SigningIdentity identity;
    private final CrashPoints steps;

    EvidenceRecorder(
            FactStore facts,
            ReadModel readModel,
            AttesterQuorum attesters,
            Submissions submissions,
            SigningIdentity identity,
            CrashPoints steps) {
        this.facts = facts;
        this.readModel = readModel;
        this.attesters = attesters;
        this.submissions = submissions;
        this.identity = identity;
        this.steps = steps;
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
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            known.forEach((waiting, consignment) -> {
                Evidence found = evidence.get(waiting.seen());
                if (found == null) {
                    postpone(waiting, "no quorum of attesters signs it", true);
                } else {
                    executor.execute(() -> submit(waiting, consignment, found));
                }
            });
        }
        return true;
    }

    private Map<Waiting, ConsignmentId> ofThisLedger(List<Waiting> due) {
        Map<Waiting, ConsignmentId> known = new HashMap<>();
        for (Waiting waiting : due) {
            Optional<Consignment> consignment =
                    readModel.byEscrow(waiting.seen().escrowId());
            consignment.ifPresentOrElse(
                    found -> known.put(waiting, found.id()),
                    () -> postpone(waiting, "no consignment with this escrow is on the ledger", true));
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

    private void submit(Waiting waiting, ConsignmentId consignment, Evidence evidence) {
        try {
            Outcome outcome = submissions.submit(identity, command(consignment, evidence));
            switch (outcome) {
                case Outcome.Committed committed -> {
                    steps.reached(SettlementStep.EVIDENCE_COMMITTED);
                    facts.recorded(waiting.seen());
                }
                case Outcome.Refused refused -> refused(waiting, refused.refusal());
                case Outcome.Invalidated invalidated -> postpone(waiting, invalidated.code(), true);
                case Outcome.Unknown unknown -> postpone(waiting, "no word of " + unknown.transactionId(), true);
            }
        } catch (SubmissionFailure e) {
            postpone(waiting, e.toString(), true);
        } catch (RuntimeException e) {
            LOG.error("Evidence of {} can't be submitted", waiting.seen(), e);
            postpone(waiting, e.toString(), true);
        }
    }

    private void refused(Waiting waiting, Refusal refusal) {
        switch (refusal.code()) {
            // the ledger has it already, perhaps by another gateway; an escrow takes one deposit
            case EVIDENCE_USED, COMMAND_ID_REUSED, ALREADY_DEPOSITED -> facts.recorded(waiting.seen());
            case EVIDENCE_UNKNOWN_ATTESTER, EVIDENCE_QUORUM_MISSING, EVIDENCE_REQUIRED_ATTESTER_MISSING ->
                postpone(waiting, refusal.toString(), false);
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

    private void postpone(Waiting waiting, String problem, boolean keepEvidence) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(waiting.attempts(), 10));
        facts.postpone(waiting.seen(), problem, wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT, keepEvidence);
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
