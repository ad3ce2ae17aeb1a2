package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Goods;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.moves.LegalMove;
import io.clearmarket.chaincode.moves.LegalMove.Due;
import io.clearmarket.chaincode.moves.LegalMove.Quarrel;
import io.clearmarket.chaincode.moves.MoveTable;
import io.clearmarket.chaincode.moves.Timer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The check by {@link MoveTable} that every command of a consignment passes first. */
public final class LegalMoves {
    private static final Map<Class<?>, List<LegalMove>> BY_COMMAND =
            MoveTable.rows().stream().collect(Collectors.groupingBy(LegalMove::command));

    private LegalMoves() {}

    /** The rows of a command. */
    static List<LegalMove> of(Class<? extends Command.OfConsignment> command) {
        return BY_COMMAND.getOrDefault(command, List.of());
    }

    /** Refuses with the first thing that is wrong: who, closed, version, goods, dispute, money, time. */
    static void require(Command.OfConsignment command, Subject subject) {
        Consignment now = subject.consignment();
        List<LegalMove> rows = of(command.getClass());
        rows = narrow(
                rows,
                row -> row.isFor(subject.asker(), now, subject.terms()),
                RefusalCode.WRONG_PARTY,
                of -> wrongParty(of, command));
        rows = narrow(
                rows,
                row -> row.isOpen(now),
                RefusalCode.CLOSED,
                of -> "consignment " + now.id() + " is closed: nothing is held and nothing more can happen to it");
        requireVersion(command, now);
        rows = narrow(rows, row -> row.isFrom(now), RefusalCode.WRONG_STATE, of -> wrongState(of, command, now));
        rows = requireQuarrel(rows, command, now);
        rows = requireFunds(rows, command, now);
        requireTime(rows.getFirst(), command, subject);
    }

    private static List<LegalMove> requireQuarrel(List<LegalMove> rows, Command command, Consignment now) {
        Quarrel quarrel = Quarrel.of(now);
        return narrow(
                rows,
                row -> row.isInQuarrel(now),
                quarrel == Quarrel.NONE ? RefusalCode.WRONG_STATE : RefusalCode.DISPUTED,
                of -> name(command) + " is not legal while the dispute of consignment " + now.id() + " is " + quarrel
                        + "; it must be one of "
                        + of.stream()
                                .flatMap(row -> row.quarrels().stream())
                                .distinct()
                                .sorted()
                                .toList());
    }

    private static List<LegalMove> requireFunds(List<LegalMove> rows, Command command, Consignment now) {
        boolean deposited = !now.money().deposited().isZero();
        return narrow(
                rows,
                row -> row.isFunded(now),
                deposited ? RefusalCode.ALREADY_DEPOSITED : RefusalCode.NOT_DEPOSITED,
                of -> name(command) + (deposited ? " is legal only before a deposit, and " : " needs a deposit, but ")
                        + now.money().deposited() + " is deposited for consignment " + now.id());
    }

    private static void requireVersion(Command command, Consignment now) {
        if (command instanceof Command.Versioned versioned) {
            Refuse.unless(
                    versioned.version() == now.version(),
                    RefusalCode.WRONG_VERSION,
                    () -> "the command was decided on version " + versioned.version() + " of consignment " + now.id()
                            + ", which is now at version " + now.version());
        }
    }

    private static void requireTime(LegalMove row, Command command, Subject subject) {
        Instant now = subject.now();
        Due due = row.due();
        if (due != null) {
            requireDue(due, command, subject.consignment(), now);
        }
        Instant stop = subject.consignment().deadlines().stopDate();
        Refuse.unless(
                !row.startsTimer() || Timer.isNotPast(stop, now),
                RefusalCode.TOO_LATE,
                () -> name(command) + " starts a timer and is not legal after the stop date " + stop + "; it is "
                        + now);
    }

    private static void requireDue(Due due, Command command, Consignment consignment, Instant now) {
        @Nullable Instant deadline = due.timer().of(consignment.deadlines());
        if (deadline == null) {
            throw new IllegalStateException(due.timer() + " does not run in " + consignment.id());
        }
        boolean met = due.isMet(deadline, now);
        if (due.past()) {
            Refuse.unless(
                    met,
                    RefusalCode.TOO_EARLY,
                    () -> name(command) + " is legal from " + deadline.plus(Timer.GRACE) + " (" + due.timer()
                            + " and 30 s); it is " + now);
        } else {
            Refuse.unless(
                    met,
                    RefusalCode.TOO_LATE,
                    () -> name(command) + " was legal until " + deadline + " (" + due.timer() + "); it is " + now);
        }
    }

    private static List<LegalMove> narrow(
            List<LegalMove> rows,
            Predicate<LegalMove> fits,
            RefusalCode code,
            Function<List<LegalMove>, String> message) {
        List<LegalMove> fitting = rows.stream().filter(fits).toList();
        Refuse.unless(!fitting.isEmpty(), code, () -> message.apply(rows));
        return fitting;
    }

    private static String wrongParty(List<LegalMove> rows, Command command) {
        return name(command) + " is for "
                + rows.getFirst().actors().stream().sorted().toList() + " of this consignment only";
    }

    private static String wrongState(List<LegalMove> rows, Command command, Consignment now) {
        List<Goods> right = rows.stream()
                .flatMap(row -> row.from().stream())
                .distinct()
                .sorted()
                .toList();
        return name(command) + " is not legal while the goods of consignment " + now.id() + " are " + now.goods()
                + "; they must be one of " + right;
    }

    private static String name(Command command) {
        return CommandName.of(command.getClass());
    }
}
