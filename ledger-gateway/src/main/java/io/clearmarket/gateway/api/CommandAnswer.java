package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.gateway.submission.Outcome;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * What became of a command.
 *
 * @param status {@code committed}, or {@code pending} while nobody knows
 * @param block the block it is in, once committed
 * @param index its place in the block
 */
public record CommandAnswer(
        String transactionId,
        String status,
        @Nullable Long block,
        @Nullable Integer index) {

    /**
     * 200 for a committed command, 202 with where to ask for one that is not known yet.
     *
     * @throws ApiProblem for any other outcome
     */
    static ResponseEntity<CommandAnswer> of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Committed done ->
                ResponseEntity.ok(new CommandAnswer(done.transactionId(), "committed", done.block(), done.index()));
            case Outcome.Unknown unknown ->
                ResponseEntity.accepted()
                        .location(URI.create("/api/v1/commands/" + unknown.transactionId()))
                        .body(new CommandAnswer(unknown.transactionId(), "pending", null, null));
            case Outcome.Refused refused -> throw problem(refused.refusal());
            case Outcome.Invalidated invalidated ->
                throw new ApiProblem(
                        HttpStatus.CONFLICT,
                        "CONFLICT",
                        "transaction " + invalidated.transactionId() + " came too late: another one changed what it is"
                                + " about, nothing was written",
                        "send the command again in a new transaction; its command id may stay the same",
                        invalidated.code());
        };
    }

    private static ApiProblem problem(Refusal refusal) {
        return new ApiProblem(
                RefusalStatus.of(refusal.code()),
                refusal.code().name(),
                refusal.message(),
                RefusalStatus.hint(refusal.code()),
                null);
    }
}
