package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.InvalidValue;
import io.clearmarket.chaincode.api.Limits;
import io.clearmarket.chaincode.api.Records.Exhibit;
import io.clearmarket.chaincode.api.RefusalCode;
import java.util.List;

/**
 * Documents that buyer and merchant lay before an arbiter while one has to rule, in records of their own: they change nothing of the
 * consignment, and neither side waits for the other.
 */
final class Exhibits {
    private Exhibits() {}

    static Outcome submit(Command.SubmitEvidence command, Subject subject) {
        if (command.number() < 1 || command.number() > Limits.EXHIBITS) {
            throw new InvalidValue("number", Integer.toString(command.number()), "1 to " + Limits.EXHIBITS);
        }
        Consignment about = subject.consignment();
        Key<Exhibit> key = Keys.exhibit(about.id(), subject.asker(), command.number());
        Refuse.unless(
                subject.view().find(key) == null,
                RefusalCode.EXHIBIT_EXISTS,
                () -> "party " + subject.asker() + " has laid document " + command.number() + " of consignment "
                        + about.id() + " before the arbiter already; another document takes another number");
        Exhibit exhibit = new Exhibit(about.id(), subject.asker(), command.number(), command.document(), subject.now());
        return new Outcome.Moved(
                "evidence.submitted", about.orderId(), about.id(), List.of(new Outcome.Write<>(key, exhibit)));
    }
}
