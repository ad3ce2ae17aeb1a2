package io.clearmarket.chaincode.model;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.wallet.identity.PartyId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A consignment by the rules of trade as a person would follow them, one sentence after another. */
public final class PlainConsignment {
    final ConsignmentId id;
    final PartyId buyer;
    final PartyId merchant;
    final Sale sale;
    final Purse purse;
    final Quarrel quarrel;
    final TreeSet<Integer> accepted = new TreeSet<>();
    final TreeSet<Integer> refunded = new TreeSet<>();
    private final TreeMap<Integer, Who> cases = new TreeMap<>();
    private final TreeSet<Integer> answered = new TreeSet<>();
    private final TreeSet<Integer> reviewed = new TreeSet<>();
    private final TreeSet<Integer> replied = new TreeSet<>();
    private final TreeSet<String> exhibits = new TreeSet<>();
    private List<String> shipped = List.of();
    private List<Command.LineItems> items = List.of();
    private List<String> returning = List.of();
    String goods = "PLACED";
    String timer = "payBy";
    Instant end;
    boolean closed;
    long version = 1;

    /** Placed on these terms. */
    public PlainConsignment(Terms terms) {
        id = terms.consignmentId();
        buyer = terms.buyer();
        merchant = terms.merchant();
        sale = Sale.of(terms);
        purse = new Purse(sale);
        quarrel = new Quarrel(this);
        end = sale.payBy();
    }

    /** True if the command is legal; it is done then. */
    public boolean take(Command command, Who by, Instant now) {
        if (command instanceof Command.Versioned versioned && versioned.version() != version) {
            return false;
        }
        boolean beside = Service.isBeside(command);
        boolean done = beside
                ? new Service(cases, answered, reviewed, replied, exhibits).take(command, by, this, now)
                : decide(command, by, now);
        if (done && !beside) {
            version++;
        }
        if (done && !purse.deposited.equals(BigInteger.ZERO) && purse.held().signum() == 0) {
            close();
        }
        return done;
    }

    private boolean decide(Command command, Who by, Instant now) {
        return switch (command) {
            case Command.RecordDeposit c -> deposit(now);
            case Command.RecordPaid c ->
                isFunded()
                        && quarrel.around(() -> purse.pay(
                                c.evidence().seen().gross().units(),
                                c.evidence().seen().payer().units()));
            case Command.OfConsignment c when closed -> false;
            case Command.Cancel c -> by.trades() && isAt("PLACED") && !isFunded() && close();
            case Command.ExpireUnpaid c -> isAt("PLACED") && !isFunded() && isPast("payBy", now) && close();
            case Command.OfConsignment c when !isFunded() -> false;
            case Command.CancelFunded c -> by == Who.MERCHANT && peaceful("PLACED") && allToBuyer();
            case Command.RefundUnshipped c -> peaceful("PLACED") && isPast("shipBy", now) && allToBuyer();
            case Command.Ship c -> ship(c, by, now);
            case Command.Deliver c -> deliver(c, by, now);
            case Command.Accept c -> by == Who.BUYER && part(c.part(), true);
            case Command.Refund c -> by == Who.MERCHANT && part(c.part(), false);
            case Command.ReleaseInspected c -> peaceful("DELIVERED") && isPast("inspectUntil", now) && allToMerchant();
            case Command.RequestReturn c -> requestReturn(by, now);
            case Command.PickUpReturn c -> pickUp(c, by, now);
            case Command.DeliverReturn c -> deliverReturn(c, by, now);
            case Command.ReturnLapsed c ->
                peaceful("RETURN_REQUESTED") && isPast("returnShipBy", now) && allToMerchant();
            case Command.RefundReturned c -> peaceful("RETURNED") && isPast("returnInspectUntil", now) && allToBuyer();
            default -> quarrel.take(command, by, now);
        };
    }

    // ---- goods ----

    private boolean ship(Command.Ship command, Who by, Instant now) {
        List<Integer> lines =
                command.items().stream().map(Command.LineItems::line).toList();
        if (by != Who.MERCHANT
                || !peaceful("PLACED")
                || !isWithin("shipBy", now)
                || isStopped(now)
                || !command.event().epcs().equals(epcs(command.items()))
                || !lines.equals(all().filter(line -> !refunded.contains(line)).toList())) {
            return false;
        }
        items = command.items();
        shipped = epcs(items);
        goods = "SHIPPED";
        return start("deliverBy", sale.timers().deliverWithin(), now);
    }

    private boolean deliver(Command.Deliver command, Who by, Instant now) {
        return by == Who.CARRIER
                && isAt("SHIPPED")
                && command.event().epcs().equals(shipped)
                && arrive("DELIVERED", "inspectUntil", sale.timers().inspectWithin(), now);
    }

    private boolean requestReturn(Who by, Instant now) {
        return by == Who.BUYER
                && peaceful("DELIVERED")
                && isWithin("inspectUntil", now)
                && arrive("RETURN_REQUESTED", "returnShipBy", sale.timers().returnShipWithin(), now);
    }

    private boolean pickUp(Command.PickUpReturn command, Who by, Instant now) {
        List<String> undecided = epcs(items.stream()
                .filter(line -> !accepted.contains(line.line()) && !refunded.contains(line.line()))
                .toList());
        if (by != Who.CARRIER
                || !peaceful("RETURN_REQUESTED")
                || !command.event().epcs().equals(undecided)) {
            return false;
        }
        boolean picked =
                arrive("RETURN_SHIPPED", "returnDeliverBy", sale.timers().returnDeliverWithin(), now);
        returning = picked ? undecided : returning;
        return picked;
    }

    private boolean deliverReturn(Command.DeliverReturn command, Who by, Instant now) {
        return by == Who.CARRIER
                && isAt("RETURN_SHIPPED")
                && command.event().epcs().equals(returning)
                && arrive("RETURNED", "returnInspectUntil", sale.timers().returnInspectWithin(), now);
    }

    /** In a dispute goods go on, and no timer starts. */
    private boolean arrive(String where, String next, long seconds, Instant now) {
        if (quarrel.isNone() && isStopped(now)) {
            return false;
        }
        goods = where;
        return !quarrel.isNone() || start(next, seconds, now);
    }

    private static List<String> epcs(List<Command.LineItems> lines) {
        return lines.stream().flatMap(line -> line.epcs().stream()).toList();
    }

    // ---- money ----

    private boolean deposit(Instant now) {
        if (isFunded()) {
            return false;
        }
        boolean late = closed || !isWithin("payBy", now);
        purse.deposited = sale.total();
        if (late) {
            purse.buyer = sale.total();
            return true;
        }
        return start("shipBy", sale.timers().shipWithin(), now);
    }

    private boolean part(Command.Part part, boolean toMerchant) {
        if (quarrel.isRuled()) {
            return false;
        }
        List<Integer> lines = part.amount() != null ? List.of() : part.lines().isEmpty() ? undecided() : part.lines();
        BigInteger amount =
                part.amount() != null ? part.amount().units() : part.lines().isEmpty() ? purse.held() : sum(lines);
        boolean possible = amount.signum() > 0
                && amount.compareTo(purse.held()) <= 0
                && undecided().containsAll(lines);
        if (possible) {
            (toMerchant ? accepted : refunded).addAll(lines);
            quarrel.around(() -> give(toMerchant, amount));
        }
        return possible;
    }

    private boolean give(boolean toMerchant, BigInteger amount) {
        if (toMerchant) {
            purse.gross = purse.gross.add(amount);
        } else {
            purse.buyer = purse.buyer.add(amount);
        }
        return true;
    }

    private BigInteger sum(List<Integer> lines) {
        return lines.stream()
                .filter(line -> line >= 1 && line <= sale.lines().size())
                .map(line -> sale.lines().get(line - 1))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    boolean allToMerchant() {
        accepted.addAll(undecided());
        return give(true, purse.held());
    }

    boolean allToBuyer() {
        refunded.addAll(undecided());
        return give(false, purse.held());
    }

    private Stream<Integer> all() {
        return IntStream.rangeClosed(1, sale.lines().size()).boxed();
    }

    private List<Integer> undecided() {
        return all().filter(line -> !accepted.contains(line) && !refunded.contains(line))
                .toList();
    }

    // ---- time ----

    boolean start(String next, long seconds, Instant now) {
        timer = next;
        Instant full = now.plusSeconds(seconds);
        end = full.isAfter(sale.stop()) ? sale.stop() : full;
        return true;
    }

    boolean isPast(String which, Instant now) {
        return timer.equals(which) && !now.isBefore(end.plusSeconds(30));
    }

    boolean isWithin(String which, Instant now) {
        return timer.equals(which) && !now.isAfter(end);
    }

    boolean isStopped(Instant now) {
        return now.isAfter(sale.stop());
    }

    // ---- state ----

    boolean isAt(String where) {
        return goods.equals(where);
    }

    boolean peaceful(String where) {
        return isAt(where) && quarrel.isNone();
    }

    boolean isFunded() {
        return purse.deposited.signum() > 0;
    }

    private boolean close() {
        closed = true;
        timer = "";
        return true;
    }

    /** What is to be compared with the ledger's record. */
    public List<String> facts() {
        List<String> facts = new ArrayList<>(List.of(
                goods,
                purse.toString(),
                "accepted " + accepted,
                "refunded " + refunded,
                closed ? "closed" : timer + " " + end,
                "version " + version));
        if (!closed) {
            facts.add(quarrel.toString());
        }
        return facts;
    }
}
