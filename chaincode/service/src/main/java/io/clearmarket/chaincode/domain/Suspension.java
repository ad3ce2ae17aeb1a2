package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Records.Party;
import io.clearmarket.chaincode.api.RefusalCode;
import java.util.SortedSet;
import java.util.TreeSet;

/** Parties that may enter nothing new, on the word of two organisations; what is open goes on as it was agreed. */
final class Suspension {
    private Suspension() {}

    static Outcome suspend(Command.SuspendParty command, View view, Context context) {
        Permissions.requireCertified(command, context);
        Party party = Parties.registered(command.party(), view, RefusalCode.UNKNOWN_PARTY);
        SortedSet<String> by = new TreeSet<>(party.suspendedBy());
        Refuse.unless(
                by.add(context.asker().mspId()),
                RefusalCode.ALREADY_SUSPENDED,
                () -> context.asker().mspId() + " has said so of party " + party.id() + " already; suspended by " + by);
        return moved("party.suspended", party, by);
    }

    static Outcome reinstate(Command.ReinstateParty command, View view, Context context) {
        Permissions.requireCertified(command, context);
        Party party = Parties.registered(command.party(), view, RefusalCode.UNKNOWN_PARTY);
        SortedSet<String> by = new TreeSet<>(party.suspendedBy());
        Refuse.unless(
                by.remove(context.asker().mspId()),
                RefusalCode.NOT_SUSPENDED,
                () -> context.asker().mspId() + " has not suspended party " + party.id() + "; suspended by " + by);
        return moved("party.reinstated", party, by);
    }

    private static Outcome moved(String type, Party party, SortedSet<String> by) {
        Party next = new NextParty(party).suspendedBy(by).build();
        return Outcome.Moved.of(type, new Outcome.Write<>(Keys.party(party.id()), next));
    }
}
