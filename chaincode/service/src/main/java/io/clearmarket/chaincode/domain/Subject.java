package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Dispute;
import io.clearmarket.chaincode.api.Consignment.Ledgered;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A consignment that a command is about, with its terms, who asks, and the way to every other record. */
record Subject(Consignment consignment, Terms terms, View view, Context context) {

    static Subject load(Command.OfConsignment command, View view, Context context) {
        Consignment consignment = Refuse.ifAbsent(
                view.find(Keys.consignment(command.consignmentId())),
                RefusalCode.UNKNOWN_CONSIGNMENT,
                () -> "there is no consignment " + command.consignmentId());
        SignedTerms signed = view.find(Keys.terms(command.consignmentId()));
        if (signed == null) {
            throw new IllegalStateException("consignment " + consignment.id() + " has no terms");
        }
        return new Subject(consignment, signed.terms(), view, context);
    }

    PartyId asker() {
        return context.asker().party();
    }

    Instant now() {
        return context.now();
    }

    EscrowMoney money() {
        return EscrowMoney.of(terms);
    }

    /** The dispute; the table lets no command here that needs one and finds none. */
    Dispute dispute() {
        Dispute dispute = consignment.dispute();
        if (dispute == null) {
            throw new IllegalStateException("no dispute in " + consignment);
        }
        return dispute;
    }

    /** A split is of exactly what is held. */
    void requireSplit(Amount toMerchant, Amount toBuyer) {
        Amount held = consignment.money().held();
        Refuse.unless(
                toMerchant.plus(toBuyer).equals(held),
                RefusalCode.AMOUNTS_DO_NOT_ADD_UP,
                () -> toMerchant + " to the merchant and " + toBuyer + " to the buyer make another sum than the " + held
                        + " held");
    }

    /** The money once so much of what is held is decided to the merchant's side, and so much to the buyer. */
    Ledgered decide(String reason, Amount toMerchant, Amount toBuyer) {
        return money().decide(consignment.money(), reason, toMerchant, toBuyer, now());
    }

    /** The consignment's next state, to be filled in. */
    Next next() {
        return new Next(consignment);
    }

    /** The consignment moved; other records may have changed with it. */
    Outcome.Moved moved(String type, Next next, Outcome.Write<?>... others) {
        return moved(type, next, Arrays.asList(others));
    }

    Outcome.Moved moved(String type, Next next, List<Outcome.Write<?>> others) {
        Consignment after = next.build();
        List<Outcome.Write<?>> writes = new ArrayList<>(others);
        writes.addAll(Marks.moved(consignment, after, terms, view));
        writes.add(new Outcome.Write<>(Keys.consignment(consignment.id()), after));
        return new Outcome.Moved(type, consignment.orderId(), consignment.id(), writes);
    }
}
