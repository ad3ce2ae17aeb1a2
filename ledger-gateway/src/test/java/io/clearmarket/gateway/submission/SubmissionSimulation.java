package io.clearmarket.gateway.submission;

import io.clearmarket.chaincode.api.Batch;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.DomainEvent;
import io.clearmarket.chaincode.api.Request;
import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.gateway.fabric.BlockStream;
import io.clearmarket.gateway.fabric.CommitListener.Commit;
import io.clearmarket.gateway.fabric.LedgerClient;
import io.clearmarket.gateway.testing.Bug;
import io.clearmarket.gateway.testing.MemoryDatabase;
import io.clearmarket.wallet.identity.Identity;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.json.Json;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The ledger client's side of a simulated run: what is on the gateway's disk, and the gateway's own classes over it. */
public final class SubmissionSimulation {
    private final MemorySubmissionStore store;
    private final Set<Bug> bugs;

    public SubmissionSimulation(MemoryDatabase database, Set<Bug> bugs) {
        this.store = broken(database, bugs);
        this.bugs = bugs;
    }

    /**
     * As it is after a start.
     *
     * @param resend sends again what is due
     * @param stop ends following
     */
    public record Running(Submissions submissions, Runnable resend, Runnable stop) {}

    /** A blocking call does not wait: virtual time stands still while it runs. */
    public Running open(
            LedgerClient ledger, BlockStream blocks, SubmissionProbe probe, GatewayProperties properties, Clock clock) {
        CommitWatch watch = new CommitWatch(store, ledger, blocks, probe, properties, clock);
        Submissions submissions = new LedgerSubmissions(
                ledger, store, watch, new SubmissionMetrics(new SimpleMeterRegistry(), watch), probe, properties);
        watch.resume();
        return new Running(
                bugs.contains(Bug.NEW_COMMAND_ID_AFTER_TIMEOUT) ? new Renaming(submissions) : submissions,
                watch::resendDue,
                watch::stop);
    }

    /** How many transactions there are whose fate is not known. */
    public int sent() {
        return store.sent().size();
    }

    private static MemorySubmissionStore broken(MemoryDatabase database, Set<Bug> bugs) {
        if (bugs.contains(Bug.IDEMPOTENCY_BEFORE_SUBMIT)) {
            return new MemorySubmissionStore(database) {
                @Override
                public boolean keep(SignedCommand signed) {
                    boolean kept = super.keep(signed);
                    if (kept) {
                        mark(signed.transactionId(), Status.COMMITTED);
                    }
                    return kept;
                }
            };
        }
        if (bugs.contains(Bug.CHECKPOINT_PAST_UNACKNOWLEDGED)) {
            return new MemorySubmissionStore(database) {
                @Override
                public void settle(long block, List<Commit> commits) {
                    super.settle(block, List.of());
                    super.settle(block, commits);
                }
            };
        }
        return new MemorySubmissionStore(database);
    }

    /** Repeats a command of unknown fate under another id. */
    private static final class Renaming implements Submissions {
        private final Submissions real;
        private final Map<CommandId, Integer> unknown = new HashMap<>();

        Renaming(Submissions real) {
            this.real = real;
        }

        @Override
        public Outcome submit(SigningIdentity signer, Request command) {
            int times = unknown.getOrDefault(command.commandId(), 0);
            Outcome outcome = real.submit(signer, times == 0 ? command : renamed(command, "-" + times));
            if (outcome instanceof Outcome.Unknown) {
                unknown.merge(command.commandId(), 1, Integer::sum);
            }
            return outcome;
        }

        private static Request renamed(Request command, String suffix) {
            CommandId id = new CommandId(command.commandId() + suffix);
            return switch (command) {
                case Command.Accept it -> new Command.Accept(id, it.consignmentId(), it.version(), it.part());
                case Command.Refund it -> new Command.Refund(id, it.consignmentId(), it.version(), it.part());
                case Command.RecordDeposit it -> new Command.RecordDeposit(id, it.consignmentId(), it.evidence());
                case Command.RecordPaid it -> new Command.RecordPaid(id, it.consignmentId(), it.evidence());
                case Batch it ->
                    new Batch(
                            id,
                            it.mode(),
                            it.commands().stream()
                                    .map(step -> Batch.Step.of((Command) renamed(
                                            Json.MAPPER.treeToValue(
                                                    step.command(),
                                                    CommandName.types().get(step.name())),
                                            suffix)))
                                    .toList());
                default -> throw new IllegalArgumentException("no simulated run sends " + command);
            };
        }

        @Override
        public ToSign prepare(Identity creator, Request command) {
            return real.prepare(creator, command);
        }

        @Override
        public Endorsement endorse(PartyId caller, byte[] proposal, byte[] signature) {
            return real.endorse(caller, proposal, signature);
        }

        @Override
        public Outcome submitSigned(PartyId caller, byte[] payload, byte[] signature, Duration wait) {
            return real.submitSigned(caller, payload, signature, wait);
        }

        @Override
        public Optional<Submission> find(String transactionId) {
            return real.find(transactionId);
        }

        @Override
        public Optional<DomainEvent> effect(PartyId signer, CommandId command) {
            return real.effect(signer, command);
        }
    }
}
