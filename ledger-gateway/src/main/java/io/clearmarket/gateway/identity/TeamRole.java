package io.clearmarket.gateway.identity;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Request;
import java.util.Set;

/** What a member of a party's team may have the party's managed key sign. The ledger knows the party alone; this is the gateway's door. */
public enum TeamRole {
    /** Everything, and all that is no command: checkouts, keys for servers, webhooks. */
    OWNER,
    /** Where goods are. */
    SHIPPING,
    /** Who gets money, and disputes about it. */
    FINANCE;

    private static final Set<Class<? extends Request>> ABOUT_GOODS =
            Set.of(Command.Ship.class, Command.OpenCase.class, Command.AnswerCase.class, Command.AnswerReview.class);

    private static final Set<Class<? extends Request>> ABOUT_MONEY = Set.of(
            Command.Refund.class,
            Command.Cancel.class,
            Command.CancelFunded.class,
            Command.ContestReturn.class,
            Command.OfferSplit.class,
            Command.AcceptOffer.class,
            Command.WithdrawOffer.class,
            Command.SubmitEvidence.class,
            Command.Appeal.class,
            Command.OpenCase.class,
            Command.AnswerCase.class,
            Command.AnswerReview.class);

    /** True if a member in this role may have such a command signed. */
    public boolean may(Class<? extends Request> command) {
        return switch (this) {
            case OWNER -> true;
            case SHIPPING -> ABOUT_GOODS.contains(command);
            case FINANCE -> ABOUT_MONEY.contains(command);
        };
    }
}
