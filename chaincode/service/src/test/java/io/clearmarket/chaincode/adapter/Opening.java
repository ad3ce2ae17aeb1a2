package io.clearmarket.chaincode.adapter;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.domain.Bazaar;
import io.clearmarket.chaincode.domain.Person;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * How a market opens on whatever ledger: two organisations' operators approve it, and everybody who then comes.
 *
 * @param <E> what submitting throws
 */
final class Opening<E extends Exception> {
    /** Brings a command to the ledger. */
    interface Submitting<E extends Exception> {
        void submit(Person by, Command command) throws E;
    }

    private final BiFunction<String, Role, Person> enrolling;
    private final Submitting<E> submitting;
    private final Supplier<CommandId> ids;
    private final Person audit;
    private final Person platform;

    /** @param enrolling certifies somebody of an organisation for a role */
    Opening(BiFunction<String, Role, Person> enrolling, Submitting<E> submitting, Supplier<CommandId> ids) {
        this.enrolling = enrolling;
        this.submitting = submitting;
        this.ids = ids;
        audit = enrolling.apply("AuditMSP", Role.OPERATOR);
        platform = enrolling.apply("PlatformMSP", Role.OPERATOR);
    }

    Person audit() {
        return audit;
    }

    Person platform() {
        return platform;
    }

    /** The configuration comes into force. */
    void approve() throws E {
        for (Person operator : List.of(audit, platform)) {
            submitting.submit(operator, new Command.ApproveMarket(ids.get(), Bazaar.config(1)));
        }
    }

    /** Somebody registered, whom nobody has accredited. */
    Person registered(String mspId, Role role) throws E {
        Person person = enrolling.apply(mspId, role);
        submitting.submit(person, person.registration(ids.get(), role));
        return person;
    }

    /** Somebody registered, and accredited where the role needs it. */
    Person accredited(String mspId, Role role) throws E {
        Person person = registered(mspId, role);
        if (role.needsAccreditation()) {
            for (Person operator : List.of(audit, platform)) {
                submitting.submit(operator, new Command.AccreditParty(ids.get(), person.id(), role));
            }
        }
        return person;
    }
}
