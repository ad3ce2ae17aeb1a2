package io.clearmarket.chaincode.moves;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment.Goods;
import io.clearmarket.chaincode.moves.LegalMove.Closes;
import io.clearmarket.chaincode.moves.LegalMove.Due;
import io.clearmarket.chaincode.moves.LegalMove.Funds;
import io.clearmarket.chaincode.moves.LegalMove.Quarrel;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says only what differs from: by anybody, anywhere, no dispute, money deposited, not closed. */
final class MoveRow {
    /** Before an arbiter, at first or after an appeal. */
    static final Set<Quarrel> OPEN = EnumSet.of(Quarrel.OPEN, Quarrel.APPEALED);

    static final Set<Quarrel> RULED = EnumSet.of(Quarrel.RULED);
    static final Set<Quarrel> NOT_RULED = EnumSet.of(Quarrel.NONE, Quarrel.OPEN, Quarrel.APPEALED);
    static final Set<Quarrel> DISPUTED = EnumSet.complementOf(EnumSet.of(Quarrel.NONE));
    static final Set<Quarrel> ANY = EnumSet.allOf(Quarrel.class);

    private static final Set<Goods> ANYWHERE = EnumSet.allOf(Goods.class);
    private static final Set<Quarrel> PEACE = EnumSet.of(Quarrel.NONE);

    private final Class<? extends Command.OfConsignment> command;
    private Set<Actor> actors = EnumSet.of(Actor.ANYBODY);
    private Set<Goods> from = ANYWHERE;
    private Set<Quarrel> quarrels = PEACE;
    private Funds funds = Funds.DEPOSITED;
    private @Nullable Due due;
    private boolean startsTimer;
    private boolean whenClosed;
    private @Nullable Goods to;
    private @Nullable Quarrel then;
    private Closes closes = Closes.NEVER;

    private MoveRow(Class<? extends Command.OfConsignment> command) {
        this.command = command;
    }

    static MoveRow row(Class<? extends Command.OfConsignment> command) {
        return new MoveRow(command);
    }

    MoveRow by(Actor first, Actor... others) {
        actors = EnumSet.of(first, others);
        return this;
    }

    MoveRow from(Goods first) {
        from = EnumSet.of(first);
        return this;
    }

    MoveRow in(Set<Quarrel> states) {
        quarrels = states;
        return this;
    }

    MoveRow funds(Funds required) {
        funds = required;
        return this;
    }

    MoveRow after(Timer timer) {
        due = new Due(timer, true);
        return this;
    }

    MoveRow within(Timer timer) {
        due = new Due(timer, false);
        return this;
    }

    MoveRow startsTimer() {
        startsTimer = true;
        return this;
    }

    MoveRow alsoWhenClosed() {
        whenClosed = true;
        return this;
    }

    MoveRow to(Goods next) {
        to = next;
        return this;
    }

    MoveRow then(Quarrel next) {
        then = next;
        return this;
    }

    MoveRow closes(Closes when) {
        closes = when;
        return this;
    }

    LegalMove does(String effect) {
        return new LegalMove(
                command, actors, from, quarrels, funds, due, startsTimer, whenClosed, to, then, closes, effect);
    }
}
