package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.InvalidValue;
import io.clearmarket.chaincode.api.Limits;
import io.clearmarket.chaincode.api.Records.Review;
import io.clearmarket.chaincode.api.RefusalCode;
import java.util.List;

/** A review is verified: by the buyer of a line that was accepted, and once. Its merchant answers it, once. */
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
                subject.now(),
                null,
                null);
        return recorded("review.recorded", key, review, subject);
    }

    static Outcome answer(Command.AnswerReview command, Subject subject) {
        Key<Review> key = Keys.review(subject.consignment().id(), command.line());
        Review given = Refuse.ifAbsent(
                subject.view().find(key),
                RefusalCode.UNKNOWN_REVIEW,
                () -> "line " + command.line() + " of consignment "
                        + subject.consignment().id() + " has no review");
        Refuse.unless(
                given.answer() == null,
                RefusalCode.REVIEW_ANSWERED,
                () -> "the review of line " + given.line() + " was answered at " + given.answeredAt()
                        + "; a review is answered once");
        Review answered = new Review(
                given.consignmentId(),
                given.line(),
                given.buyer(),
                given.merchant(),
                given.score(),
                given.text(),
                given.at(),
                command.text(),
                subject.now());
        return recorded("review.answered", key, answered, subject);
    }

    private static Outcome recorded(String type, Key<Review> key, Review review, Subject subject) {
        Consignment about = subject.consignment();
        return new Outcome.Moved(type, about.orderId(), about.id(), List.of(new Outcome.Write<>(key, review)));
    }
}
