package io.clearmarket.chaincode.model;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.wallet.identity.PartyId;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Commands about one consignment as they may come: mostly such as fit its state, by whom they are for; and every other kind, by anybody,
 * with old versions now and then.
 */
public final class Chooser {
    /** A command and who asks. */
    public record Asked(Command.OfConsignment command, Who by) {}

    /** What else commands need. */
    public record Means(
            Supplier<CommandId> ids,
            Function<List<String>, EpcisRecord> events,
            BiFunction<BigInteger, BigInteger, Evidence> paid,
            PartyId carrier) {}

    private final ConsignmentId id;
    private final List<Command.LineItems> items;
    private final Random random;
    private final Means means;

    public Chooser(ConsignmentId id, List<Command.LineItems> items, Random random, Means means) {
        this.id = id;
        this.items = items;
        this.random = random;
        this.means = means;
    }

    public Asked next(Consignment now) {
        int kind = random.nextInt(10) < 7 ? sensible(now) : random.nextInt(KINDS);
        long version = random.nextInt(12) == 0 ? now.version() - 1 : now.version();
        Asked asked = asked(kind, now, version);
        Who[] all = Who.values();
        return random.nextInt(8) == 0 ? new Asked(asked.command(), all[random.nextInt(all.length)]) : asked;
    }

    private static final int KINDS = 28;
    private static final List<Integer> PEACE = List.of(0, 1, 1, 2, 3, 14, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 4, 7);
    private static final List<Integer> OPEN = List.of(3, 4, 8, 8, 9, 10, 11, 11, 24, 25, 1, 16, 27);
    private static final List<Integer> RULED = List.of(12, 12, 13, 1, 26);

    /** A kind that the state may allow. */
    private int sensible(Consignment now) {
        Consignment.Dispute dispute = now.dispute();
        List<Integer> kinds = now.closed()
                ? List.of(26, 27)
                : dispute == null ? PEACE : dispute.status() == Consignment.Dispute.Status.OPEN ? OPEN : RULED;
        if (now.goods() == Consignment.Goods.PLACED && random.nextInt(3) > 0) {
            return 0;
        }
        return kinds.get(random.nextInt(kinds.size()));
    }

    private Asked asked(int kind, Consignment now, long version) {
        BigInteger held = now.money().held().units();
        BigInteger some = some(held);
        Amount rest = new Amount(held.subtract(some).max(BigInteger.ZERO));
        Consignment.Dispute dispute = now.dispute();
        CommandId command = means.ids().get();
        return switch (kind) {
            case 0 -> {
                List<Command.LineItems> left = items.stream()
                        .filter(line -> !now.refundedLines().contains(line.line()))
                        .toList();
                yield new Asked(
                        new Command.Ship(command, id, version, left, means.carrier(), event(left)), Who.MERCHANT);
            }
            case 1 -> new Asked(new Command.Deliver(command, id, version, event(now.items())), Who.CARRIER);
            case 2 -> new Asked(new Command.Accept(command, id, version, lines()), Who.BUYER);
            case 3 -> new Asked(new Command.Accept(command, id, version, amount(some)), Who.BUYER);
            case 4 -> new Asked(new Command.Refund(command, id, version, amount(some)), Who.MERCHANT);
            case 5 -> new Asked(new Command.Refund(command, id, version, lines()), Who.MERCHANT);
            case 6 -> new Asked(new Command.Accept(command, id, version, Command.Part.ALL), Who.BUYER);
            case 7 -> new Asked(new Command.OpenDispute(command, id, version, Digest.ZERO, null), Who.BUYER);
            case 8 -> new Asked(new Command.OfferSplit(command, id, version, new Amount(some), rest), trader());
            case 9 -> new Asked(new Command.AcceptOffer(command, id, version, offer(now)), trader());
            case 10 -> new Asked(new Command.WithdrawOffer(command, id, version), trader());
            case 11 ->
                new Asked(
                        new Command.Rule(command, id, version, new Amount(some), rest, Digest.ZERO),
                        Who.arbiter(dispute == null ? 0 : dispute.arbiter()));
            case 12 -> new Asked(new Command.Appeal(command, id, version, Digest.ZERO), trader());
            case 13 -> new Asked(new Command.Finalise(command, id), Who.STRANGER);
            case 14 ->
                new Asked(new Command.RequestReturn(command, id, version, means.carrier(), Digest.ZERO), Who.BUYER);
            case 15 -> new Asked(new Command.PickUpReturn(command, id, version, undecided(now)), Who.CARRIER);
            case 16 -> new Asked(new Command.DeliverReturn(command, id, version, event(now.returning())), Who.CARRIER);
            case 17 -> new Asked(new Command.ContestReturn(command, id, version, Digest.ZERO), Who.MERCHANT);
            case 18 -> new Asked(new Command.RefundUnshipped(command, id), Who.STRANGER);
            case 19 -> new Asked(new Command.OpenLost(command, id), Who.STRANGER);
            case 20 -> new Asked(new Command.ReleaseInspected(command, id), Who.STRANGER);
            case 21 -> new Asked(new Command.ReturnLapsed(command, id), Who.STRANGER);
            case 22 -> new Asked(new Command.OpenReturnLost(command, id), Who.STRANGER);
            case 23 -> new Asked(new Command.RefundReturned(command, id), Who.STRANGER);
            case 24 -> new Asked(new Command.ReplaceArbiter(command, id), Who.STRANGER);
            case 25 -> new Asked(new Command.DefaultSplit(command, id), Who.STRANGER);
            case 26 -> new Asked(new Command.RecordPaid(command, id, paid(now)), Who.STRANGER);
            default -> beside(command);
        };
    }

    private Asked beside(CommandId command) {
        int number = 1 + random.nextInt(3);
        return switch (random.nextInt(5)) {
            case 0 ->
                new Asked(
                        new Command.OpenCase(command, id, number, Command.CaseKind.QUESTION, Digest.ZERO, 3_600),
                        trader());
            case 1 -> new Asked(new Command.AnswerCase(command, id, number, Digest.ZERO), trader());
            case 2 -> new Asked(new Command.SubmitEvidence(command, id, number, Digest.ZERO), trader());
            case 3 -> new Asked(new Command.AnswerReview(command, id, number, Digest.ZERO), Who.MERCHANT);
            default -> new Asked(new Command.RecordReview(command, id, number, 4, Digest.ZERO), Who.BUYER);
        };
    }

    /** What was decided is paid, or now and then more than that to one side. */
    private Evidence paid(Consignment now) {
        BigInteger gross = now.money().gross().units();
        BigInteger buyer = now.money().buyer().units();
        BigInteger more = some(now.money().deposited().units());
        return switch (random.nextInt(6)) {
            case 0 -> means.paid().apply(gross.add(more), buyer);
            case 1 -> means.paid().apply(gross, buyer.add(more));
            default -> means.paid().apply(gross, buyer);
        };
    }

    private BigInteger some(BigInteger of) {
        return of.signum() <= 0
                ? BigInteger.ONE
                : new BigInteger(of.bitLength() + 8, random).mod(of).add(BigInteger.ONE);
    }

    private Who trader() {
        return random.nextBoolean() ? Who.BUYER : Who.MERCHANT;
    }

    private Digest offer(Consignment now) {
        Consignment.Dispute dispute = now.dispute();
        return (dispute == null ? Stream.<Consignment.Offer>empty() : dispute.offers().stream())
                .map(offer -> offer.digest(id))
                .findFirst()
                .orElse(Digest.ZERO);
    }

    private EpcisRecord undecided(Consignment now) {
        return event(now.items().stream()
                .filter(line -> !now.acceptedLines().contains(line.line())
                        && !now.refundedLines().contains(line.line()))
                .toList());
    }

    /** An event names at least one item. */
    private EpcisRecord event(List<Command.LineItems> lines) {
        List<Command.LineItems> named = lines.isEmpty() ? items : lines;
        return means.events()
                .apply(named.stream().flatMap(line -> line.epcs().stream()).toList());
    }

    private Command.Part lines() {
        return new Command.Part(null, List.of(1 + random.nextInt(3)));
    }

    private static Command.Part amount(BigInteger units) {
        return new Command.Part(new Amount(units), List.of());
    }
}
