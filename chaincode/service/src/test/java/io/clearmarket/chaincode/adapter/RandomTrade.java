package io.clearmarket.chaincode.adapter;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.domain.Bazaar;
import io.clearmarket.chaincode.domain.Facts;
import io.clearmarket.wallet.identity.PartyId;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Commands about one consignment as they may come: sensible ones, and every other kind, with old versions now and then. */
final class RandomTrade {
    private final ConsignmentId id;
    private final PartyId carrier;
    private final Random random;
    private final Supplier<CommandId> ids;
    private final EventMaker events;

    /** Makes an EPCIS event of these items. */
    interface EventMaker {
        EpcisRecord of(List<String> epcs);
    }

    RandomTrade(ConsignmentId id, PartyId carrier, Random random, Supplier<CommandId> ids, EventMaker events) {
        this.id = id;
        this.carrier = carrier;
        this.random = random;
        this.ids = ids;
        this.events = events;
    }

    Command next(Consignment now, List<Command.LineItems> items) {
        long version = random.nextInt(10) == 0 ? now.version() - 1 : now.version();
        long held = now.money().held().units().longValueExact();
        long some = held == 0 ? 1 : 1 + random.nextLong(held);
        Amount part = Amount.of(some);
        Amount rest = Amount.of(Math.max(0, held - some));
        EpcisRecord event = events.of(Facts.epcs(items));
        Digest offer = now.dispute() == null || now.dispute().offers().isEmpty()
                ? Digest.ZERO
                : now.dispute().offers().getFirst().digest(id);
        CommandId command = ids.get();
        return switch (random.nextInt(22)) {
            case 0, 1 -> new Command.Ship(command, id, version, items, carrier, event);
            case 2, 3 -> new Command.Deliver(command, id, version, event);
            case 4 -> new Command.Accept(command, id, version, Bazaar.amount(some));
            case 5 -> new Command.Refund(command, id, version, Bazaar.amount(some));
            case 6 -> new Command.Accept(command, id, version, Bazaar.lines(1 + random.nextInt(3)));
            case 7 -> new Command.OpenDispute(command, id, version, Digest.ZERO, null);
            case 8 -> new Command.OfferSplit(command, id, version, part, rest);
            case 9 -> new Command.AcceptOffer(command, id, version, offer);
            case 10 -> new Command.WithdrawOffer(command, id, version);
            case 11 -> new Command.Rule(command, id, version, part, rest, Digest.ZERO);
            case 12 -> new Command.Appeal(command, id, version, Digest.ZERO);
            case 13 -> new Command.Finalise(command, id);
            case 14 -> new Command.RequestReturn(command, id, version, carrier, Digest.ZERO);
            case 15 -> new Command.PickUpReturn(command, id, version, event);
            case 16 -> new Command.DeliverReturn(command, id, version, event);
            case 17 -> new Command.ContestReturn(command, id, version, Digest.ZERO);
            case 18 ->
                new Command.OpenCase(
                        command, id, 1 + random.nextInt(3), Command.CaseKind.QUESTION, Digest.ZERO, Bazaar.HOUR);
            case 19 -> new Command.AnswerCase(command, id, 1 + random.nextInt(3), Digest.ZERO);
            case 20 -> new Command.SubmitEvidence(command, id, 1 + random.nextInt(3), Digest.ZERO);
            default -> new Command.CancelFunded(command, id, version);
        };
    }
}
