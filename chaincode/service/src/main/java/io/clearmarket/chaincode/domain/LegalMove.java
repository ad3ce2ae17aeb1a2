package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Goods;
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

        static Quarrel of(Consignment consignment) {
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
    public record Due(Timer timer, boolean past) {}
}
