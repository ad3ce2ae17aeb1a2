package io.clearmarket.gateway.submission;

import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.DomainEvent;
import io.clearmarket.chaincode.api.QueryName;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Records.Receipt;
import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Request;
import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.gateway.fabric.Endorsed;
import io.clearmarket.gateway.fabric.LedgerClient;
import io.clearmarket.gateway.fabric.LedgerFailure;
import io.clearmarket.gateway.fabric.Prepared;
import io.clearmarket.gateway.fabric.TransactionContent;
import io.clearmarket.gateway.submission.SubmissionFailure.Kind;
import io.clearmarket.gateway.submission.SubmissionStore.Row;
import io.clearmarket.gateway.submission.SubmissionStore.Status;
import io.clearmarket.wallet.identity.Identity;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** {@link Submissions} on a Fabric network, each signed transaction stored before it is sent. */
@Service
class LedgerSubmissions implements Submissions {
    /** As one transaction of a command becomes void another may come, but hardly twice in the same moment. */
    private static final int TURNS = 3;

    private final LedgerClient ledger;
    private final SubmissionStore store;
    private final CommitWatch watch;
    private final SubmissionMetrics metrics;
    private final SubmissionProbe probe;
    private final Duration commitWait;
    private final String mspId;

    LedgerSubmissions(
            LedgerClient ledger,
            SubmissionStore store,
            CommitWatch watch,
            SubmissionMetrics metrics,
            SubmissionProbe probe,
            GatewayProperties properties) {
        this.ledger = ledger;
        this.store = store;
        this.watch = watch;
        this.metrics = metrics;
        this.probe = probe;
        this.commitWait = properties.commitWait();
        this.mspId = properties.mspId();
    }

    @Override
    public Outcome submit(SigningIdentity signer, Request command) {
        return metrics.measure(() -> submit(signer, WireCommand.of(command)));
    }

    private Outcome submit(SigningIdentity signer, WireCommand command) {
        Retries retries = new Retries();
        while (true) {
            Optional<Row> known = store.find(signer.partyId(), command.commandId());
            Outcome outcome = known.isPresent() ? repeated(known.get(), command, commitWait) : null;
            if (outcome == null) {
                outcome = attempt(signer, command);
            }
            if (outcome != null && !isConflict(outcome)) {
                return outcome;
            }
            if (!retries.pause()) {
                throw new SubmissionFailure(
                        Kind.CONFLICT, "other transactions keep changing what the command is about", null);
            }
        }
    }

    /** One transaction of the command; null if another may succeed where this one could not begin. */
    private @Nullable Outcome attempt(SigningIdentity signer, WireCommand command) {
        try {
            Prepared prepared = ledger.prepare(signer, command.function(), command.arguments());
            Endorsed endorsed = ledger.endorse(prepared.proposal(), signer.sign(prepared.proposal()));
            byte[] payload = endorsed.payload();
            return send(
                    new SignedCommand(
                            signer.partyId(), command, endorsed.transactionId(), payload, signer.sign(payload)),
                    commitWait);
        } catch (LedgerFailure.Conflict disagreement) {
            return null;
        } catch (LedgerFailure.Refused refused) {
            return new Outcome.Refused(refused.refusal());
        } catch (LedgerFailure failure) {
            throw translated(failure);
        }
    }

    @Override
    public ToSign prepare(Identity creator, Request command) {
        WireCommand wire = WireCommand.of(command);
        Prepared prepared = ledger.prepare(creator, wire.function(), wire.arguments());
        return new ToSign(prepared.transactionId(), prepared.proposal(), prepared.digest());
    }

    @Override
    public Endorsement endorse(PartyId caller, byte[] proposal, byte[] signature) {
        try {
            TransactionContent content = ledger.readProposal(proposal);
            requireOwn(caller, content);
            Endorsed endorsed = endorsePatiently(proposal, Signatures.checked(content.creator(), proposal, signature));
            ToSign transaction = new ToSign(endorsed.transactionId(), endorsed.payload(), endorsed.digest());
            return new Endorsement(transaction, endorsed.result());
        } catch (LedgerFailure.Refused refused) {
            throw new CommandRefused(refused.refusal());
        } catch (LedgerFailure failure) {
            throw translated(failure);
        }
    }

    /** Peers that read at different heights agree a moment later; the same proposal may be asked about again. */
    private Endorsed endorsePatiently(byte[] proposal, byte[] signature) {
        Retries retries = new Retries();
        while (true) {
            try {
                return ledger.endorse(proposal, signature);
            } catch (LedgerFailure.Conflict disagreement) {
                if (!retries.pause()) {
                    throw disagreement;
                }
            }
        }
    }

    @Override
    public Outcome submitSigned(PartyId caller, byte[] payload, byte[] signature, Duration wait) {
        return metrics.measure(() -> {
            try {
                TransactionContent content = ledger.read(payload);
                requireOwn(caller, content);
                byte[] checked = Signatures.checked(content.creator(), payload, signature);
                WireCommand command = WireCommand.of(content);
                return sentOrKnown(new SignedCommand(caller, command, content.transactionId(), payload, checked), wait);
            } catch (LedgerFailure failure) {
                throw translated(failure);
            }
        });
    }

    /** What becomes of it, or of another transaction of the same command that was stored before; one of the two is told of, or nothing was sent. */
    private Outcome sentOrKnown(SignedCommand signed, Duration wait) {
        WireCommand command = signed.command();
        for (int i = 0; i < TURNS; i++) {
            Outcome outcome = send(signed, wait);
            if (outcome == null) {
                outcome = store.find(signed.party(), command.commandId())
                        .map(known -> repeated(known, command, wait))
                        .orElse(null);
            }
            if (outcome != null) {
                return outcome;
            }
        }
        throw new SubmissionFailure(
                Kind.CONFLICT, "other transactions of command \"" + command.commandId() + "\" come between", null);
    }

    @Override
    public Optional<Submission> find(String transactionId) {
        Pending pending = watch.find(transactionId); // first, since it is given up once the row tells
        return store.find(transactionId).map(row -> new Submission(row.party(), row.function(), outcome(row, pending)));
    }

    @Override
    public Optional<DomainEvent> effect(PartyId signer, CommandId command) {
        try {
            byte[] receipt = ledger.evaluate(
                    mspId, QueryName.GET, List.of(RecordKind.RECEIPT.objectType(), signer.value(), command.value()));
            String event = Json.MAPPER.readValue(receipt, Receipt.class).event();
            return Optional.of(Json.MAPPER.readValue(event, DomainEvent.class));
        } catch (LedgerFailure.Refused absent) {
            return Optional.empty();
        } catch (LedgerFailure failure) {
            throw translated(failure);
        }
    }

    /** What the row tells, or a block that has not been noted in it yet. */
    private static Outcome outcome(Row row, @Nullable Pending pending) {
        return pending == null || row.status() != Status.SENT
                ? row.outcome()
                : pending.outcome().getNow(row.outcome());
    }

    /** What is known of the same command; null if nothing stands in the way of a new transaction. */
    private @Nullable Outcome repeated(Row row, WireCommand command, Duration wait) {
        if (row.status() == Status.INVALID) {
            return null;
        }
        if (!row.content().equals(command.content())) {
            return new Outcome.Refused(new Refusal(
                    RefusalCode.COMMAND_ID_REUSED,
                    "command id \"" + command.commandId() + "\" was used for another " + row.function()
                            + "; each new command needs an id of its own"));
        }
        Pending pending = watch.find(row.transactionId());
        if (pending == null) {
            Optional<Row> now = store.find(row.transactionId());
            if (now.isEmpty() || now.get().status() != Status.SENT) {
                return now.map(Row::outcome).orElse(null);
            }
            // the database lost its answer when it was stored, so nobody sent it
            pending = watch.adopt(now.get());
        }
        return Waiting.on(pending, wait);
    }

    /** Stores, sends and waits; null if another transaction of the same command was stored first. */
    private @Nullable Outcome send(SignedCommand signed, Duration wait) {
        Pending announced = watch.announce(signed);
        boolean kept = false;
        try {
            kept = store.keep(signed);
        } finally {
            if (!kept) {
                watch.withdraw(announced);
            }
        }
        if (!kept) {
            return null;
        }
        Pending pending = watch.expect(announced);
        probe.keptNotSent();
        try {
            ledger.submit(signed.payload(), signed.signature());
            probe.sentNotSettled();
        } catch (LedgerFailure.Unavailable inDoubt) {
            // it may have been ordered all the same; the watch sends it again
            return Waiting.on(pending, wait);
        } catch (LedgerFailure notOrdered) {
            watch.dismiss(pending);
            store.forget(signed.transactionId());
            throw notOrdered;
        }
        return Waiting.on(pending, wait);
    }

    private static void requireOwn(PartyId caller, TransactionContent content) {
        PartyId creator = content.creator().partyId();
        if (!creator.equals(caller)) {
            throw new SubmissionFailure(
                    Kind.NOT_YOURS, "the transaction is of party " + creator + ", the caller is party " + caller, null);
        }
    }

    private static boolean isConflict(Outcome outcome) {
        return outcome instanceof Outcome.Invalidated invalidated
                && (invalidated.code().equals("MVCC_READ_CONFLICT")
                        || invalidated.code().equals("PHANTOM_READ_CONFLICT"));
    }

    private static SubmissionFailure translated(LedgerFailure failure) {
        Kind kind = switch (failure) {
            case LedgerFailure.Refused refused ->
                throw new IllegalArgumentException("a refusal is an outcome", refused);
            case LedgerFailure.Conflict conflict -> Kind.CONFLICT;
            case LedgerFailure.Unavailable unavailable -> Kind.UNAVAILABLE;
            case LedgerFailure.Rejected rejected ->
                switch (rejected.reason()) {
                    case MALFORMED, OTHER -> Kind.MALFORMED_TRANSACTION;
                    case ACCESS_DENIED -> Kind.BAD_SIGNATURE;
                    case CERTIFICATE_EXPIRED -> Kind.CERTIFICATE_EXPIRED;
                    case TIMESTAMP -> Kind.STALE_PROPOSAL;
                    case DUPLICATE_TRANSACTION -> Kind.DUPLICATE_TRANSACTION;
                };
        };
        return new SubmissionFailure(kind, String.valueOf(failure.getMessage()), failure);
    }
}
