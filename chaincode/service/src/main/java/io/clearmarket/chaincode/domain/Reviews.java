package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.InvalidValue;
import io.clearmarket.chaincode.api.Limits;
import io.clearmarket.chaincode.api.Records.Review;
import io.clearmarket.chaincode.api.RefusalCode;
import java.util.List;

/** A review is verified: by the buyer of a line that was accepted, and once. */
final class Reviews {
    private Reviews() {}

    static Outcome record(Command.RecordReview command, Subject subject) {
        Consignment bought = subject.consignment();
        Lines.requireKnown(command.line(), subject.terms());
        if (command.score() < 1 || command.score() > Limits.BEST_SCORE) {
            throw new InvalidValue("score", Integer.toString(command.score()), "1 to " + Limits.BEST_SCORE);
        }
        Refuse.unless(
                bought.acceptedLines().contains(command.line()),
                RefusalCode.LINE_NOT_ACCEPTED,
                () -> "line " + command.line() + " was not accepted; accepted are " + bought.acceptedLines());
        Key<Review> key = Keys.review(bought.id(), command.line());
        Refuse.unless(
                subject.view().find(key) == null,
                RefusalCode.REVIEW_EXISTS,
                () -> "line " + command.line() + " has been reviewed already");
        Review review = new Review(
                bought.id(),
                command.line(),
                bought.buyer(),
                bought.merchant(),
                command.score(),
                command.text(),
                subject.now());
        return new Outcome.Moved(
                "review.recorded", bought.orderId(), bought.id(), List.of(new Outcome.Write<>(key, review)));
    }
}
