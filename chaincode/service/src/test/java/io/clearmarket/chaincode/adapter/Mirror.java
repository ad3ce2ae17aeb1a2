package io.clearmarket.chaincode.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.DomainEvent;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.domain.Context;
import io.clearmarket.chaincode.domain.Keys;
import io.clearmarket.chaincode.domain.Ledger;
import io.clearmarket.chaincode.domain.Outcome;
import io.clearmarket.chaincode.domain.Person;
import io.clearmarket.chaincode.domain.Rules;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The plain reference: the rules on a map, told every command that the ledger is told. */
final class Mirror {
    private final Ledger ledger = new Ledger();

    /** The ledger accepted it, at its time; so does the map, and the same happens. */
    synchronized void follow(Command command, Person by, DomainEvent event) {
        Outcome outcome = Rules.decide(command, ledger, new Context(by.asker(), event.at()));
        assertThat(outcome)
                .as("%s", command)
                .isInstanceOfSatisfying(
                        Outcome.Moved.class, moved -> assertThat(moved.type()).isEqualTo(event.type()));
        ((Outcome.Moved) outcome).writes().forEach(ledger::put);
    }

    /** What the map would refuse it with, or null if it would not. */
    @Nullable
    RefusalCode refusal(Command command, Person by) {
        return switch (Rules.decide(command, ledger, new Context(by.asker(), Instant.now()))) {
            case Outcome.Refused refused -> refused.refusal().code();
            case Outcome.Moved moved -> null;
        };
    }

    synchronized Consignment consignment(ConsignmentId id) {
        return ledger.get(Keys.consignment(id));
    }
}
