package io.clearmarket.chaincode.moves;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Deadlines;
import io.clearmarket.chaincode.api.Consignment.Goods;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table: when a command is legal.
 *
 * @param actors who may ask, any of them
 * @param from states of the goods
 * @param quarrels states of the dispute
 * @param funds what must be true of the money
 * @param due what must be true of a deadline, or null
 * @param startsTimer illegal after the stop date
 * @param whenClosed legal on a closed consignment too
 * @param to the state of the goods afterwards, null if unchanged
 * @param then the state of the dispute afterwards, null if unchanged
 * @param closes whether the consignment is closed afterwards
 * @param effect in words, for people
 */
public record LegalMove(
        Class<? extends Command.OfConsignment> command,
        Set<Actor> actors,
        Set<Goods> from,
        Set<Quarrel> quarrels,
        Funds funds,
        @Nullable Due due,
        boolean startsTimer,
        boolean whenClosed,
        @Nullable Goods to,
        @Nullable Quarrel then,
        Closes closes,
        String effect) {

    public LegalMove {
        actors = Set.copyOf(actors);
        from = Set.copyOf(from);
        quarrels = Set.copyOf(quarrels);
    }

    /** True if the party may make this move now, as far as the table says: all of the following. */
    public boolean isLegal(PartyId asker, Consignment now, Terms terms, Instant at) {
        return isFor(asker, now, terms)
                && isOpen(now)
                && isFrom(now)
                && isInQuarrel(now)
                && isFunded(now)
                && isInTime(now.deadlines(), at);
    }

    /** True if the party is one of those whom the move is for. */
    public boolean isFor(PartyId asker, Consignment now, Terms terms) {
        return actors.stream().anyMatch(actor -> actor.is(asker, now, terms));
    }

    /** True unless the consignment is closed and the move is for open ones. */
    public boolean isOpen(Consignment now) {
        return !now.closed() || whenClosed;
    }

    /** True if the goods are where they must be. */
    public boolean isFrom(Consignment now) {
        return from.contains(now.goods());
    }

    /** True if the dispute is as it must be. */
    public boolean isInQuarrel(Consignment now) {
        return quarrels.contains(Quarrel.of(now));
    }

    /** True if the deposit is there, or is not, as it must be. */
    public boolean isFunded(Consignment now) {
        return (funds == Funds.DEPOSITED) == !now.money().deposited().isZero();
    }

    /** True if the deadline that matters is as it must be; of no use where {@link #isFrom} and the others are false. */
    public boolean isInTime(Deadlines deadlines, Instant at) {
        Instant deadline = due == null ? null : due.timer().of(deadlines);
        return (due == null || (deadline != null && due.isMet(deadline, at)))
                && (!startsTimer || Timer.isNotPast(deadlines.stopDate(), at));
    }

    /** Whether there is a dispute, and how far it is. */
    public enum Quarrel {
        NONE,
        /** Before an arbiter. */
        OPEN,
        /** Ruled, and may be appealed. */
        RULED,
        /** Open again, before another arbiter. */
        APPEALED,
        /** Ruled again: nothing is left but to carry it out. */
        RULED_AGAIN;

        /** The state of a consignment's dispute. */
        public static Quarrel of(Consignment consignment) {
            Consignment.Dispute dispute = consignment.dispute();
            if (dispute == null) {
                return NONE;
            }
            boolean appealed = dispute.appealed() != null;
            return switch (dispute.status()) {
                case OPEN -> appealed ? APPEALED : OPEN;
                case RULED -> appealed ? RULED_AGAIN : RULED;
            };
        }
    }

    /** What must be true of the money. */
    public enum Funds {
        NOT_DEPOSITED,
        DEPOSITED
    }

    /** Whether a move ends a consignment. */
    public enum Closes {
        NEVER,
        /** If nothing is held any more. */
        IF_EMPTY,
        ALWAYS
    }

    /** A deadline that must be past, or must not be. */
    public record Due(Timer timer, boolean past) {
        /** True if the deadline, which runs, is as it must be. */
        public boolean isMet(Instant deadline, Instant at) {
            return past ? Timer.isPast(deadline, at) : Timer.isNotPast(deadline, at);
        }
    }
}
