package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.HandOver;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.Records.HandedOver;
import io.clearmarket.chaincode.api.Records.Item;
import io.clearmarket.chaincode.api.Records.Party;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.wallet.identity.PartyId;
import java.util.ArrayList;
import java.util.List;

/** Items change hands: one side signs the transaction, the other the hand-over itself. */
final class HandOvers {
    private HandOvers() {}

    static Outcome record(Command.RecordHandOver command, View view, Context context) {
        HandOver handOver = command.handOver();
        PartyId asker = Permissions.asker(command, view, context).id();
        Party other = otherSide(handOver, asker, view);
        Parties.requireNotReplaced(Parties.registered(handOver.from(), view, RefusalCode.UNKNOWN_PARTY));
        MarketConfig market = Market.inForce(view);
        Refuse.unless(
                handOver.ledger().equals(market.ledger()),
                RefusalCode.TERMS_WRONG_LEDGER,
                () -> "the hand-over is for ledger " + handOver.ledger() + "; this is " + market.ledger());
        Bounds.require(handOver.at(), "at");
        Custody.requireItems(handOver.epcs());
        byte[] signed = handOver.canonicalBytes();
        Refuse.unless(
                Parties.hasSigned(other, signed, command.counterSignature()),
                RefusalCode.BAD_PARTY_SIGNATURE,
                () -> "the counter-signature is not that of party " + other.id() + " over the hand-over");
        Key<HandedOver> key = Keys.handOver(Digest.sha256(signed));
        Refuse.unless(
                view.find(key) == null,
                RefusalCode.HAND_OVER_EXISTS,
                () -> "this hand-over has been recorded already; a new one needs a new nonce");
        List<Outcome.Write<?>> writes = new ArrayList<>();
        writes.add(new Outcome.Write<>(key, new HandedOver(handOver, asker, context.now())));
        for (String epc : handOver.epcs()) {
            Item item = Custody.requireWith(handOver.from(), epc, view);
            writes.add(Custody.write(new Item(epc, handOver.to(), item.consignmentId(), context.now())));
        }
        return new Outcome.Moved("items.handed_over", null, null, writes);
    }

    private static Party otherSide(HandOver handOver, PartyId asker, View view) {
        boolean gives = asker.equals(handOver.from());
        boolean takes = asker.equals(handOver.to());
        Refuse.unless(
                gives != takes,
                RefusalCode.WRONG_PARTY,
                () -> "a hand-over is recorded by one of its two different sides, " + handOver.from() + " or "
                        + handOver.to());
        return Parties.registered(gives ? handOver.to() : handOver.from(), view, RefusalCode.UNKNOWN_PARTY);
    }
}
