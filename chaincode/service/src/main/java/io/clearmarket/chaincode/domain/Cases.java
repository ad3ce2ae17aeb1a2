package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.InvalidValue;
import io.clearmarket.chaincode.api.Limits;
import io.clearmarket.chaincode.api.Records.Case;
import io.clearmarket.chaincode.api.RefusalCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions and complaints about a consignment, in records of their own: nobody's money waits for them. */
final class Cases {
    private Cases() {}

    static Outcome open(Command.OpenCase command, Subject subject) {
        if (command.number() < 1 || command.number() > Limits.CASES) {
            throw new InvalidValue("number", Integer.toString(command.number()), "1 to " + Limits.CASES);
        }
        if (command.answerWithin() < Limits.SHORTEST_ANSWER || command.answerWithin() > Limits.LONGEST_ANSWER) {
            throw new InvalidValue(
                    "answerWithin",
                    Long.toString(command.answerWithin()),
                    Limits.SHORTEST_ANSWER + " to " + Limits.LONGEST_ANSWER + " seconds");
        }
        Refuse.unless(
                subject.view().find(Keys.caseOf(subject.consignment().id(), command.number())) == null,
                RefusalCode.CASE_EXISTS,
                () -> "case " + command.number() + " of consignment "
                        + subject.consignment().id() + " is open already; the next free number is another");
        Case opened = new Case(
                subject.consignment().id(),
                command.number(),
                command.kind(),
                subject.asker(),
                command.text(),
                subject.now(),
                subject.now().plusSeconds(command.answerWithin()),
                null,
                null);
        return recorded("case.opened", opened, subject);
    }

    static Outcome answer(Command.AnswerCase command, Subject subject) {
        Case asked = existing(command.number(), subject);
        Refuse.unless(
                !asked.by().equals(subject.asker()),
                RefusalCode.WRONG_PARTY,
                () -> "case " + asked.number() + " is party " + asked.by() + "'s own; the other side answers");
        Refuse.unless(
                asked.answer() == null,
                RefusalCode.CASE_ANSWERED,
                () -> "case " + asked.number() + " was answered at " + asked.answeredAt()
                        + "; a new question is a new case");
        Case answered = new Case(
                asked.consignmentId(),
                asked.number(),
                asked.kind(),
                asked.by(),
                asked.text(),
                asked.at(),
                asked.answerBy(),
                command.text(),
                subject.now());
        return recorded("case.answered", answered, subject);
    }

    /** A dispute may cite a case; one that it cites is there. */
    static void requireCited(@Nullable Integer number, Subject subject) {
        if (number != null) {
            existing(number, subject);
        }
    }

    private static Case existing(int number, Subject subject) {
        return Refuse.ifAbsent(
                subject.view().find(Keys.caseOf(subject.consignment().id(), number)),
                RefusalCode.UNKNOWN_CASE,
                () -> "consignment " + subject.consignment().id() + " has no case " + number);
    }

    private static Outcome recorded(String type, Case next, Subject subject) {
        Consignment about = subject.consignment();
        return new Outcome.Moved(
                type,
                about.orderId(),
                about.id(),
                List.of(new Outcome.Write<>(Keys.caseOf(about.id(), next.number()), next)));
    }
}
