package io.clearmarket.chaincode.adapter;

import static io.clearmarket.chaincode.domain.Bazaar.ARBITER;
import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.CARRIER;
import static io.clearmarket.chaincode.domain.Bazaar.ID;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment.Deadlines;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.domain.Bazaar;
import io.clearmarket.chaincode.domain.Context;
import io.clearmarket.chaincode.domain.Outcome;
import io.clearmarket.chaincode.domain.Person;
import io.clearmarket.chaincode.domain.Rules;
import io.clearmarket.chaincode.domain.TermsBuilder;
import io.clearmarket.chaincode.moves.MoveTable;
import io.clearmarket.chaincode.moves.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Around every deadline: clients whose timestamps are up to a quarter of an hour off, and endorsers of which one may be as far
 * off. A transaction takes effect if all endorsers that the policy asks for accept it, and one of them is right.
 */
class ClocksTest {
    private static final List<Duration> OFF = List.of(
            Duration.ofMinutes(-15),
            Duration.ofMinutes(-10),
            Duration.ofMinutes(-5),
            Duration.ofSeconds(-30),
            Duration.ZERO,
            Duration.ofSeconds(30),
            Duration.ofSeconds(31),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15));
    private static final Duration AROUND = Duration.ofMinutes(20);
    private static final Duration STEP = Duration.ofSeconds(60);
    /** What a client may be late: its timestamp is accepted for this long. */
    private static final Duration LATE = ClockGuard.BEHIND;

    /** A command that waits for a deadline to be past, or for it not to be. */
    private record Waiting(Command command, Timer timer, boolean past, Bazaar bazaar, Person by) {
        Instant deadline() {
            Deadlines deadlines = bazaar.consignment().deadlines();
            return Objects.requireNonNull(timer.of(deadlines), timer.name());
        }
    }

    private final Map<Instant, Boolean> decided = new HashMap<>();

    @Test
    void nothing_is_early_by_any_clients_clock_and_late_by_ten_minutes_at_most() {
        for (Waiting waiting : all()) {
            decided.clear();
            Instant deadline = waiting.deadline();
            for (Instant real = deadline.minus(AROUND); !real.isAfter(deadline.plus(AROUND)); real = real.plus(STEP)) {
                for (Duration client : OFF) {
                    for (Duration endorser : OFF) {
                        requireInTime(waiting, real, client, endorser);
                    }
                }
            }
        }
    }

    @Test
    void every_deadline_of_the_table_is_tried() {
        List<String> tried = all().stream()
                .map(waiting -> waiting.timer() + " " + waiting.past())
                .distinct()
                .toList();
        assertThat(tried)
                .containsAll(MoveTable.rows().stream()
                        .filter(row -> row.due() != null)
                        .map(row -> row.due().timer() + " " + row.due().past())
                        .distinct()
                        .toList());
    }

    private void requireInTime(Waiting waiting, Instant real, Duration client, Duration endorser) {
        Instant timestamp = real.plus(client);
        boolean effective = accepts(real, timestamp)
                && accepts(real.plus(endorser), timestamp)
                && decided.computeIfAbsent(timestamp, at -> moves(waiting, at));
        Instant deadline = waiting.deadline();
        boolean inTime = waiting.past() ? !real.isBefore(deadline) : !real.isAfter(deadline.plus(LATE));
        boolean certain = client.isZero() && endorser.isZero();
        boolean right = waiting.past() ? !real.isBefore(deadline.plusSeconds(30)) : !real.isAfter(deadline);
        if ((effective && !inTime) || (certain && effective != right)) {
            throw new AssertionError(
                    waiting.command().getClass().getSimpleName() + (effective ? " takes" : " takes no") + " effect "
                            + Duration.between(deadline, real) + " from its deadline, client " + client
                            + " off, other endorser "
                            + endorser);
        }
    }

    /** Whether the guard of an endorser whose clock says so lets the timestamp pass. */
    private static boolean accepts(Instant clock, Instant timestamp) {
        try {
            new ClockGuard(Clock.fixed(clock, ZoneOffset.UTC)).require(timestamp);
            return true;
        } catch (RequestRefused outside) {
            return false;
        }
    }

    private static boolean moves(Waiting waiting, Instant timestamp) {
        Context context = new Context(waiting.by().asker(), timestamp);
        return Rules.decide(waiting.command(), waiting.bazaar().ledger, context) instanceof Outcome.Moved;
    }

    private static List<Waiting> all() {
        List<Waiting> all = new ArrayList<>();
        Bazaar placed = Bazaar.opened().placed();
        past(all, Timer.PAY_BY, placed, b -> new Command.ExpireUnpaid(b.id(), ID));
        within(all, Timer.PAY_BY, placed, BUYER, ClocksTest::amended);
        Bazaar funded = Bazaar.opened().funded();
        past(all, Timer.SHIP_BY, funded, b -> new Command.RefundUnshipped(b.id(), ID));
        within(all, Timer.SHIP_BY, funded, MERCHANT, Bazaar::ship);
        past(all, Timer.DELIVER_BY, Bazaar.opened().shipped(), b -> new Command.OpenLost(b.id(), ID));
        Bazaar delivered = Bazaar.opened().delivered();
        past(all, Timer.INSPECT_UNTIL, delivered, b -> new Command.ReleaseInspected(b.id(), ID));
        within(all, Timer.INSPECT_UNTIL, delivered, BUYER, ClocksTest::disputed);
        within(
                all,
                Timer.INSPECT_UNTIL,
                delivered,
                BUYER,
                b -> new Command.RequestReturn(b.id(), ID, b.version(), CARRIER.id(), Digest.ZERO));
        past(all, Timer.RETURN_SHIP_BY, Bazaar.opened().returnRequested(), b -> new Command.ReturnLapsed(b.id(), ID));
        past(
                all,
                Timer.RETURN_DELIVER_BY,
                Bazaar.opened().returnShipped(),
                b -> new Command.OpenReturnLost(b.id(), ID));
        Bazaar returned = Bazaar.opened().returned();
        past(all, Timer.RETURN_INSPECT_UNTIL, returned, b -> new Command.RefundReturned(b.id(), ID));
        within(
                all,
                Timer.RETURN_INSPECT_UNTIL,
                returned,
                MERCHANT,
                b -> new Command.ContestReturn(b.id(), ID, b.version(), Digest.ZERO));
        Bazaar open = Bazaar.opened().disputed();
        past(all, Timer.ARBITER_BY, open, b -> new Command.ReplaceArbiter(b.id(), ID));
        within(all, Timer.ARBITER_BY, open, ARBITER, b -> b.rule(0, Bazaar.total()));
        Bazaar ruled = Bazaar.opened().ruled(0, Bazaar.total());
        past(all, Timer.APPEAL_UNTIL, ruled, b -> new Command.Finalise(b.id(), ID));
        within(all, Timer.APPEAL_UNTIL, ruled, MERCHANT, b -> new Command.Appeal(b.id(), ID, b.version(), Digest.ZERO));
        return all;
    }

    private static void past(List<Waiting> all, Timer timer, Bazaar bazaar, Function<Bazaar, Command> command) {
        all.add(new Waiting(command.apply(bazaar), timer, true, bazaar, STRANGER));
    }

    private static void within(
            List<Waiting> all, Timer timer, Bazaar bazaar, Person by, Function<Bazaar, Command> command) {
        all.add(new Waiting(command.apply(bazaar), timer, false, bazaar, by));
    }

    private static Command disputed(Bazaar bazaar) {
        return new Command.OpenDispute(bazaar.id(), ID, bazaar.version(), Digest.ZERO, null);
    }

    /** Terms that pay later, at a quote that still holds around the old deadline. */
    private static Command amended(Bazaar bazaar) {
        TermsBuilder terms = TermsBuilder.valid().payingLater(Duration.ofDays(2));
        return new Command.AmendTerms(bazaar.id(), ID, bazaar.version(), terms.signed());
    }
}
