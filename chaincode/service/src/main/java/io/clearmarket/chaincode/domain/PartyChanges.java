package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.InvalidValue;
import io.clearmarket.chaincode.api.Records.Change;
import io.clearmarket.chaincode.api.Records.Party;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.moves.Timer;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Another address for a party's money, or another key in its place: announced, and in effect after a waiting period in which its owner or
 * the organisations can stop what a thief announced. Consignments carry the key and the address of their terms, so none is touched.
 */
final class PartyChanges {
    /** From the announcement to the earliest completion. */
    static final Duration WAITING = Duration.ofDays(7);

    private PartyChanges() {}

    static Outcome changeAddress(Command.ChangeAddress command, View view, Context context) {
        Party party = unchanged(Permissions.asker(command, view, context));
        if (command.address().isZero() || command.address().equals(party.address())) {
            throw new InvalidValue(
                    "address", command.address().toString(), "an address other than " + party.address() + " and zero");
        }
        Parties.requireBound(command.address(), command.addressSignature(), context.asker(), view);
        return announced(party, new Change(command.address(), null, from(context)));
    }

    static Outcome changeKey(Command.ChangeKey command, View view, Context context) {
        Party party = unchanged(Permissions.asker(command, view, context));
        Party successor = Parties.registered(command.successor(), view, RefusalCode.UNKNOWN_PARTY);
        requireFit(party, successor);
        return announced(party, new Change(null, successor.id(), from(context)));
    }

    static Outcome withdraw(Command.WithdrawChange command, View view, Context context) {
        Party party = Permissions.asker(command, view, context);
        change(party);
        return moved("party.change_withdrawn", List.of(new NextParty(party).change(null)));
    }

    static Outcome complete(Command.CompleteChange command, View view, Context context) {
        Party asker = Permissions.asker(command, view, context);
        Party party = Parties.registered(command.party(), view, RefusalCode.UNKNOWN_PARTY);
        Change change = change(party);
        requireWord(change, party, asker);
        Refuse.unless(
                Timer.isPast(change.from(), context.now()),
                RefusalCode.TOO_EARLY,
                () -> "the waiting period ends at " + change.from()
                        + "; the change can be completed from 30 s after it, it is " + context.now());
        requireNotSuspended(party);
        return change.address() == null
                ? succeeded(party, asker)
                : moved(
                        "party.address_changed",
                        List.of(new NextParty(party).address(change.address()).change(null)));
    }

    /** The successor has the word of every organisation that the old key had. */
    private static Outcome succeeded(Party party, Party successor) {
        requireFit(party, successor);
        requireNotSuspended(successor);
        return moved(
                "party.key_changed",
                List.of(
                        new NextParty(party).change(null).successor(successor.id()),
                        new NextParty(successor).succeeding(party)));
    }

    private static Party unchanged(Party party) {
        Refuse.unless(
                party.change() == null,
                RefusalCode.CHANGE_UNDER_WAY,
                () -> "party " + party.id() + " has announced " + party.change()
                        + " already; withdraw it to announce another");
        Parties.requireNotReplaced(party);
        return party;
    }

    private static Instant from(Context context) {
        return context.now().plus(WAITING);
    }

    private static Change change(Party party) {
        return Refuse.ifAbsent(
                party.change(), RefusalCode.NO_CHANGE, () -> "party " + party.id() + " has announced no change");
    }

    /** A new key must agree by asking itself. */
    private static void requireWord(Change change, Party party, Party asker) {
        PartyId whose = change.successor() == null ? party.id() : change.successor();
        Refuse.unless(
                asker.id().equals(whose),
                RefusalCode.WRONG_PARTY,
                () -> "the change of party " + party.id() + " is completed by " + whose + ", not by " + asker.id());
    }

    /** Of the same role and organisation, and neither in somebody's place nor with somebody in its own. */
    private static void requireFit(Party party, Party successor) {
        if (successor.id().equals(party.id())) {
            throw new InvalidValue("successor", successor.id().value(), "another party than the one it succeeds");
        }
        Parties.requireRegisteredAs(Set.of(party.role()), successor);
        Refuse.unless(
                successor.mspId().equals(party.mspId()),
                RefusalCode.WRONG_ORGANISATION,
                () -> "party " + successor.id() + " is of " + successor.mspId()
                        + "; it can succeed one of that, not of " + party.mspId());
        Parties.requireNotReplaced(successor);
        Refuse.unless(
                successor.predecessor() == null && successor.change() == null,
                RefusalCode.CHANGE_UNDER_WAY,
                () -> "party " + successor.id() + " succeeds another party or has announced a change of its own; a"
                        + " successor is a new key");
    }

    private static void requireNotSuspended(Party party) {
        Refuse.unless(
                party.suspendedBy().isEmpty(),
                RefusalCode.PARTY_SUSPENDED,
                () -> "party " + party.id() + " is suspended by " + party.suspendedBy()
                        + "; while one organisation says so no change of it takes effect");
    }

    private static Outcome announced(Party party, Change change) {
        return moved("party.change_announced", List.of(new NextParty(party).change(change)));
    }

    private static Outcome moved(String type, List<NextParty> parties) {
        List<Outcome.Write<?>> writes = new ArrayList<>();
        for (NextParty next : parties) {
            Party party = next.build();
            writes.add(new Outcome.Write<>(Keys.party(party.id()), party));
        }
        return new Outcome.Moved(type, null, null, writes);
    }
}
