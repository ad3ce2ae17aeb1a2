package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Command.LineItems;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Goods;
import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.Records.Item;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.chaincode.moves.Timer;
import io.clearmarket.wallet.identity.PartyId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** The goods go from the merchant to the carrier and from the carrier to the buyer. */
final class Shipping {
    private Shipping() {}

    static Outcome ship(Command.Ship command, Subject subject) {
        Consignment now = subject.consignment();
        requireCarrier(command.carrier(), subject);
        List<String> epcs = requireItemsOfLines(command.items(), subject);
        requireSameItems(command.event(), epcs);
        for (String epc : epcs) {
            Custody.requireShippable(now.merchant(), now.id(), epc, subject.view());
        }
        Next next = subject.next()
                .goods(Goods.SHIPPED)
                .shipped(command.carrier(), command.items())
                .start(Timer.DELIVER_BY, subject.now(), subject.terms());
        return subject.moved("consignment.shipped", next, carried(command.event(), epcs, command.carrier(), subject));
    }

    static Outcome deliver(Command.Deliver command, Subject subject) {
        Consignment now = subject.consignment();
        Next next = subject.next().goods(Goods.DELIVERED);
        if (now.dispute() == null) {
            next.start(Timer.INSPECT_UNTIL, subject.now(), subject.terms());
        }
        return subject.moved(
                "consignment.delivered",
                next,
                handed(command.event(), now.items(), subject.asker(), now.buyer(), subject));
    }

    /** The event, and every item, which must be with the one, in the other's hands. */
    static List<Outcome.Write<?>> handed(
            EpcisRecord event, List<LineItems> items, PartyId from, PartyId to, Subject subject) {
        List<String> epcs = items.stream().flatMap(line -> line.epcs().stream()).toList();
        requireSameItems(event, epcs);
        for (String epc : epcs) {
            Custody.requireWith(from, epc, subject.view());
        }
        return carried(event, epcs, to, subject);
    }

    /** The event, and every item in its new custodian's hands. */
    private static List<Outcome.Write<?>> carried(
            EpcisRecord event, List<String> epcs, PartyId custodian, Subject subject) {
        List<Outcome.Write<?>> writes = new ArrayList<>(Provenance.recorded(event, subject.view(), subject.context()));
        for (String epc : epcs) {
            writes.add(
                    Custody.write(new Item(epc, custodian, subject.consignment().id(), subject.now())));
        }
        return writes;
    }

    /** A carrier that may act, and neither buyer nor merchant. */
    static void requireCarrier(PartyId carrier, Subject subject) {
        Parties.inRole(carrier, Role.CARRIER, subject.view(), RefusalCode.UNKNOWN_PARTY);
        Refuse.unless(
                !carrier.equals(subject.consignment().merchant())
                        && !carrier.equals(subject.consignment().buyer()),
                RefusalCode.WRONG_PARTY,
                () -> "the carrier " + carrier + " must be another party than merchant and buyer");
    }

    /** As many items as pieces, of the line's product, for every line that was not given back. */
    private static List<String> requireItemsOfLines(List<LineItems> items, Subject subject) {
        List<Terms.Line> lines = Lines.toShip(subject);
        List<Integer> wanted = lines.stream().map(Terms.Line::line).toList();
        Refuse.unless(
                items.stream().map(LineItems::line).toList().equals(wanted),
                RefusalCode.WRONG_ITEMS,
                () -> "items are named for lines "
                        + items.stream().map(LineItems::line).toList() + "; to ship are lines " + wanted);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            requireItemsOfLine(lines.get(i), items.get(i).epcs());
            all.addAll(items.get(i).epcs());
        }
        Custody.requireItems(all);
        return all;
    }

    private static void requireItemsOfLine(Terms.Line line, List<String> epcs) {
        Refuse.unless(
                epcs.size() == line.quantity(),
                RefusalCode.WRONG_ITEMS,
                () -> "line " + line.line() + " is " + line.quantity() + " pieces; " + epcs.size()
                        + " items are named");
        for (String epc : epcs) {
            String gtin = new Epc(epc).gtin().orElse("");
            Refuse.unless(
                    gtin.equals(line.gtin()),
                    RefusalCode.WRONG_ITEMS,
                    () -> "item " + epc + " is not of line " + line.line() + ", whose GTIN is " + line.gtin());
        }
    }

    private static void requireSameItems(EpcisRecord event, List<String> epcs) {
        Refuse.unless(
                event.epcs().size() == epcs.size() && new HashSet<>(event.epcs()).equals(new HashSet<>(epcs)),
                RefusalCode.WRONG_ITEMS,
                () -> "the EPCIS event names other items than the consignment's: " + epcs);
    }
}
