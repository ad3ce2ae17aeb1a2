package io.clearmarket.chaincode.model;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.wallet.identity.PartyId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The dispute of a consignment, if there is one. */
final class Quarrel {
    /** A split of what is held. */
    private record Split(BigInteger toMerchant, BigInteger toBuyer) {}

    private final PlainConsignment of;
    private final Map<Who, Consignment.Offer> offers = new EnumMap<>(Who.class);
    private String state = "NONE";
    private int arbiter;
    private @Nullable Split ruling;
    private @Nullable Split appealed;
    private int appealedArbiter;

    Quarrel(PlainConsignment of) {
        this.of = of;
    }

    boolean isNone() {
        return state.equals("NONE");
    }

    boolean isRuled() {
        return state.equals("RULED") || state.equals("RULED_AGAIN");
    }

    boolean isOpen() {
        return state.equals("OPEN") || state.equals("APPEALED");
    }

    boolean take(Command command, Who by, Instant now) {
        return switch (command) {
            case Command.OpenDispute c ->
                by == Who.BUYER
                        && (of.peaceful("SHIPPED") || (of.peaceful("DELIVERED") && of.isWithin("inspectUntil", now)))
                        && open(now);
            case Command.ContestReturn c ->
                by == Who.MERCHANT
                        && (of.peaceful("RETURN_REQUESTED")
                                || (of.peaceful("RETURNED") && of.isWithin("returnInspectUntil", now)))
                        && open(now);
            case Command.OpenLost c -> of.peaceful("SHIPPED") && of.isPast("deliverBy", now) && open(now);
            case Command.OpenReturnLost c ->
                of.peaceful("RETURN_SHIPPED") && of.isPast("returnDeliverBy", now) && open(now);
            case Command.OfferSplit c -> offer(c, by);
            case Command.WithdrawOffer c -> by.trades() && isOpen() && offers.remove(by) != null;
            case Command.AcceptOffer c -> agree(c.offer(), by);
            case Command.Rule c -> rule(c, by, now);
            case Command.Appeal c -> appeal(by, now);
            case Command.Finalise c ->
                (state.equals("RULED_AGAIN") || (state.equals("RULED") && of.isPast("appealUntil", now)))
                        && decide(ruling);
            case Command.ReplaceArbiter c -> replace(now);
            case Command.DefaultSplit c -> fallBack(now);
            default -> false;
        };
    }

    private boolean open(Instant now) {
        if (of.isStopped(now)) {
            return false;
        }
        state = "OPEN";
        arbiter = 0;
        return hear(now);
    }

    private boolean hear(Instant now) {
        return of.start("arbiterBy", of.sale.timers().arbiterWithin(), now);
    }

    private boolean offer(Command.OfferSplit command, Who by) {
        boolean whole = isWhole(command.toMerchant(), command.toBuyer());
        if (by.trades() && isOpen() && whole) {
            PartyId party = by == Who.BUYER ? of.buyer : of.merchant;
            offers.put(by, new Consignment.Offer(party, command.toMerchant(), command.toBuyer(), command.version()));
            return true;
        }
        return false;
    }

    private boolean isWhole(Amount toMerchant, Amount toBuyer) {
        return toMerchant.units().add(toBuyer.units()).equals(of.purse.held());
    }

    /** Whoever accepts names the other's offer by its digest. */
    private boolean agree(Digest named, Who by) {
        if (!by.trades() || !isOpen()) {
            return false;
        }
        Consignment.Offer other = offers.get(by == Who.BUYER ? Who.MERCHANT : Who.BUYER);
        return other != null
                && named.equals(other.digest(of.id))
                && decide(new Split(other.toMerchant().units(), other.toBuyer().units()));
    }

    private boolean rule(Command.Rule command, Who by, Instant now) {
        boolean may = by == Who.arbiter(arbiter)
                && isOpen()
                && of.isWithin("arbiterBy", now)
                && !of.isStopped(now)
                && isWhole(command.toMerchant(), command.toBuyer());
        if (!may) {
            return false;
        }
        ruling = new Split(command.toMerchant().units(), command.toBuyer().units());
        offers.clear();
        boolean last = state.equals("APPEALED");
        state = last ? "RULED_AGAIN" : "RULED";
        return of.start("appealUntil", last ? 0 : of.sale.timers().appealWithin(), now);
    }

    private boolean appeal(Who by, Instant now) {
        if (!by.trades() || !state.equals("RULED") || !of.isWithin("appealUntil", now) || of.isStopped(now)) {
            return false;
        }
        state = "APPEALED";
        appealed = ruling;
        appealedArbiter = arbiter;
        ruling = null;
        arbiter = (arbiter + 1) % of.sale.arbiters();
        return hear(now);
    }

    private boolean hasSubstitute() {
        int next = arbiter + 1;
        return appealed == null ? next < of.sale.arbiters() : next % of.sale.arbiters() != appealedArbiter;
    }

    private boolean replace(Instant now) {
        if (!isOpen() || !of.isPast("arbiterBy", now) || of.isStopped(now) || !hasSubstitute()) {
            return false;
        }
        arbiter = (arbiter + 1) % of.sale.arbiters();
        return hear(now);
    }

    private boolean fallBack(Instant now) {
        if (!isOpen() || !of.isPast("arbiterBy", now) || (hasSubstitute() && !of.isStopped(now))) {
            return false;
        }
        if (appealed != null) {
            return decide(appealed);
        }
        boolean arrived = of.isAt("DELIVERED") || of.isAt("RETURN_REQUESTED");
        return arrived ? of.allToMerchant() : of.allToBuyer();
    }

    private boolean decide(@Nullable Split split) {
        if (split == null) {
            throw new IllegalStateException("nothing to decide in " + this);
        }
        of.purse.gross = of.purse.gross.add(split.toMerchant());
        of.purse.buyer = of.purse.buyer.add(split.toBuyer());
        return true;
    }

    /** Money that moves beside a dispute: its offers are of another sum now, and a ruling splits what is left. */
    boolean around(BooleanSupplier move) {
        BigInteger held = of.purse.held();
        BigInteger gross = of.purse.gross;
        boolean done = move.getAsBoolean();
        if (done && !isNone() && !held.equals(of.purse.held())) {
            offers.clear();
            BigInteger had = of.purse.gross.subtract(gross).max(BigInteger.ZERO);
            ruling = left(ruling, had);
            appealed = left(appealed, had);
        }
        return done;
    }

    private @Nullable Split left(@Nullable Split split, BigInteger had) {
        if (split == null) {
            return null;
        }
        BigInteger held = of.purse.held();
        BigInteger toMerchant =
                split.toMerchant().subtract(had).max(BigInteger.ZERO).min(held);
        return new Split(toMerchant, held.subtract(toMerchant));
    }

    @Override
    public String toString() {
        return state + (isNone() ? "" : " before arbiter " + arbiter + ", " + offers.size() + " offers");
    }
}
