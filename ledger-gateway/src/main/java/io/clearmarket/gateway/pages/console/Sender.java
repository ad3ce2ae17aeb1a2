package io.clearmarket.gateway.pages.console;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.api.ApiProblem;
import io.clearmarket.gateway.api.ManagedCommands;
import io.clearmarket.gateway.content.ContentStore;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.privacy.PrivateFields;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.submission.Outcome;
import io.clearmarket.gateway.submission.SubmissionFailure;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Sends what a merchant confirmed, as the API does for a managed identity, after keeping what the command knows by its hash. */
@Component
class Sender {
    /** What the next page shows is what was written, unless the read model takes longer than this. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration STEP = Duration.ofMillis(50);

    private final ManagedCommands commands;
    private final ContentStore content;
    private final PrivateFields fields;
    private final ReadModel readModel;

    Sender(ManagedCommands commands, ContentStore content, PrivateFields fields, ReadModel readModel) {
        this.commands = commands;
        this.content = content;
        this.fields = fields;
        this.readModel = readModel;
    }

    /** What became of it. */
    sealed interface Sent {
        /** It is on the ledger, now or from an earlier time. */
        record Written() implements Sent {}

        /** Nobody knows yet; sending it again does nothing twice. */
        record Unknown() implements Sent {}

        /** Nothing was written. */
        record Refused(String code, String detail) implements Sent {}
    }

    Sent send(Caller caller, PartyId party, ConsignmentId consignment, Draft draft) {
        Draft.Brought document = draft.document();
        if (document != null) {
            keep(party, document);
        }
        if (draft.field() != null) {
            fields.keep(party, draft.field(), consignment);
        }
        try {
            return switch (commands.submit(caller, draft.command())) {
                case Outcome.Committed done -> written(done.block());
                case Outcome.Unknown unknown -> new Sent.Unknown();
                case Outcome.Refused refused ->
                    new Sent.Refused(
                            refused.refusal().code().name(), refused.refusal().message());
                case Outcome.Invalidated invalidated -> new Sent.Refused("WRONG_VERSION", invalidated.code());
            };
        } catch (SubmissionFailure failure) {
            return new Sent.Refused(failure.kind().name(), String.valueOf(failure.getMessage()));
        } catch (ApiProblem problem) {
            return new Sent.Refused(problem.code(), String.valueOf(problem.getMessage()));
        }
    }

    /** Keeps a document as the party's own. */
    Digest keep(PartyId party, Draft.Brought document) {
        if (document.bytes().length > content.maxBytes()) {
            throw new FormFault("act.fault.large", null);
        }
        return content.put(document.bytes(), document.mediaType(), Caller.account(party));
    }

    /** True if the party brought a document of this hash. */
    boolean isOwn(PartyId party, Digest document) {
        return content.find(document)
                .filter(kept -> kept.storedBy().equals(Caller.account(party)))
                .isPresent();
    }

    private Sent written(long block) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (readModel.asOf().block() < block && System.nanoTime() - end < 0) {
                Thread.sleep(STEP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Sent.Written();
    }
}
