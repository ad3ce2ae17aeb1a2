package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

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

    boolean isOneOf(Set<Actor> actors) {
        return actors.stream().anyMatch(actor -> actor.is(asker(), consignment, terms));
    }

    EscrowMoney money() {
        return EscrowMoney.of(terms);
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
        List<Outcome.Write<?>> writes = new ArrayList<>(others);
        writes.add(new Outcome.Write<>(Keys.consignment(consignment.id()), next.build()));
        return new Outcome.Moved(type, consignment.orderId(), consignment.id(), writes);
    }
}
