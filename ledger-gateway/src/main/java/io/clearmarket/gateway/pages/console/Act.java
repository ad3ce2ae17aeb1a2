package io.clearmarket.gateway.pages.console;

import io.clearmarket.chaincode.api.Command;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a merchant may do here, and the command that it is. Whether it is legal now is the table's to say, see {@link Offered}. */
public enum Act {
    SHIP(Command.Ship.class),
    REFUND(Command.Refund.class),
    CANCEL(Command.Cancel.class),
    CANCEL_FUNDED(Command.CancelFunded.class),
    CONTEST_RETURN(Command.ContestReturn.class),
    OFFER_SPLIT(Command.OfferSplit.class),
    ACCEPT_OFFER(Command.AcceptOffer.class),
    WITHDRAW_OFFER(Command.WithdrawOffer.class),
    SUBMIT_EVIDENCE(Command.SubmitEvidence.class),
    APPEAL(Command.Appeal.class),
    OPEN_CASE(Command.OpenCase.class),
    ANSWER_CASE(Command.AnswerCase.class),
    ANSWER_REVIEW(Command.AnswerReview.class);

    private final Class<? extends Command.OfConsignment> command;

    Act(Class<? extends Command.OfConsignment> command) {
        this.command = command;
    }

    Class<? extends Command.OfConsignment> command() {
        return command;
    }

    /** As in the address, such as {@code cancel-funded}; the API's word for the same. */
    public String segment() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** True if a reason is given that stays off the ledger, in words or as a document. */
    public boolean hasEvidence() {
        return this == CONTEST_RETURN || this == SUBMIT_EVIDENCE || this == APPEAL;
    }

    static Optional<Act> of(String segment) {
        return Arrays.stream(values())
                .filter(act -> act.segment().equals(segment))
                .findFirst();
    }
}
