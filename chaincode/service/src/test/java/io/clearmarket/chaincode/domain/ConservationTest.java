package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.ARBITER;
import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.CARRIER;
import static io.clearmarket.chaincode.domain.Bazaar.ID;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.STRANGER;
import static io.clearmarket.chaincode.domain.Bazaar.SUBSTITUTE;
import static io.clearmarket.chaincode.domain.Bazaar.amount;
import static io.clearmarket.chaincode.domain.Bazaar.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Goods;
import io.clearmarket.chaincode.api.Consignment.Ledgered;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.moves.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories: whatever anybody sends in whatever order, money is conserved and never stuck. */
class ConservationTest {
    private static final List<Person> ANYBODY = List.of(BUYER, MERCHANT, CARRIER, ARBITER, SUBSTITUTE, STRANGER);
    private static final int STEPS = 36;
    private static final int HISTORIES = 20;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void money_is_conserved(long seed) {
        Random random = new Random(seed);
        int moved = 0;
        for (int i = 0; i < HISTORIES; i++) {
            Bazaar bazaar =
                    i % 2 == 0 ? Bazaar.opened().placed() : Bazaar.opened().funded();
            for (int step = 0; step < STEPS; step++) {
                moved += step(bazaar, random) ? 1 : 0;
            }
        }
        assertThat(moved).as("enough happened to mean something").isGreaterThan(2 * HISTORIES);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void time_and_anybody_empty_every_escrow(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < HISTORIES; i++) {
            Bazaar bazaar = Bazaar.opened().funded();
            for (int step = 0; step < STEPS / 4; step++) {
                step(bazaar, random);
            }
            emptyByTimeAlone(bazaar);
            assertThat(bazaar.consignment().money().held())
                    .as("%s", bazaar.consignment())
                    .isEqualTo(Amount.ZERO);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8})
    void the_merchant_alone_gets_nothing_without_a_recorded_delivery(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < HISTORIES; i++) {
            Bazaar bazaar = Bazaar.opened().funded();
            for (int step = 0; step < STEPS; step++) {
                attempt(
                        bazaar,
                        commands(bazaar, random)
                                .get(random.nextInt(TIMED_AND_MERCHANTS))
                                .get(),
                        MERCHANT);
                bazaar.later(Duration.ofHours(random.nextInt(200)));
            }
            assertThat(bazaar.consignment().goods()).isNotEqualTo(Goods.DELIVERED);
            assertThat(bazaar.consignment().money().gross()).isEqualTo(Amount.ZERO);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {9, 10})
    void the_buyer_alone_gets_nothing_back_after_a_recorded_delivery(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < HISTORIES; i++) {
            Bazaar bazaar = Bazaar.opened().delivered();
            for (int step = 0; step < STEPS; step++) {
                List<Supplier<Command>> all = commands(bazaar, random);
                int evidence = 3;
                attempt(bazaar, all.get(random.nextInt(all.size() - evidence)).get(), BUYER);
                bazaar.later(Duration.ofHours(random.nextInt(200)));
            }
            assertThat(bazaar.consignment().money().buyer()).isEqualTo(Amount.ZERO);
        }
    }

    /** One command, tried by everybody in turn: whoever may have it recorded does. */
    private static boolean step(Bazaar bazaar, Random random) {
        List<Supplier<Command>> all = commands(bazaar, random);
        Command command = all.get(random.nextInt(all.size())).get();
        List<Person> askers = new ArrayList<>(ANYBODY);
        Collections.shuffle(askers, random);
        boolean moved = askers.stream().anyMatch(asker -> attempt(bazaar, command, asker));
        if (random.nextInt(4) == 0) {
            bazaar.later(Duration.ofMinutes(random.nextInt(15_000)));
        }
        return moved;
    }

    private static boolean attempt(Bazaar bazaar, Command command, Person by) {
        Consignment before = bazaar.consignment();
        return switch (bazaar.decide(command, by)) {
            case Outcome.Refused refused -> false;
            case Outcome.Moved moved -> {
                moved.writes().forEach(bazaar.ledger::put);
                requireConserved(before, bazaar.consignment());
                yield true;
            }
        };
    }

    private static void requireConserved(Consignment before, Consignment after) {
        Ledgered money = after.money();
        assertThat(money.held().plus(money.gross()).plus(money.buyer())).isEqualTo(money.deposited());
        assertThat(money.merchant().plus(money.fee()).plus(money.referrer())).isEqualTo(money.gross());
        assertThat(money.paidGross()).isLessThanOrEqualTo(money.gross());
        assertThat(money.paidBuyer()).isLessThanOrEqualTo(money.buyer());
        assertThat(after.version()).isBetween(before.version(), before.version() + 1);
        if (!money.deposited().isZero()) {
            assertThat(after.closed()).isEqualTo(money.held().isZero());
        }
        if (before.closed() && !before.money().deposited().isZero()) {
            assertThat(after.closed()).isTrue();
        }
        long running = Arrays.stream(Timer.values())
                .filter(timer -> timer.of(after.deadlines()) != null)
                .peek(timer -> assertThat(timer.of(after.deadlines()))
                        .isBeforeOrEqualTo(after.deadlines().stopDate()))
                .count();
        assertThat(running).isEqualTo(after.closed() ? 0 : 1);
    }

    /** The keeper: every command that only time makes legal, again and again, later and later. */
    private static void emptyByTimeAlone(Bazaar bazaar) {
        for (int round = 0; round < 12; round++) {
            bazaar.later(Duration.ofDays(11));
            for (Command command : List.of(
                    new Command.ExpireUnpaid(bazaar.id(), ID),
                    new Command.RefundUnshipped(bazaar.id(), ID),
                    new Command.OpenLost(bazaar.id(), ID),
                    new Command.ReleaseInspected(bazaar.id(), ID),
                    new Command.ReplaceArbiter(bazaar.id(), ID),
                    new Command.DefaultSplit(bazaar.id(), ID),
                    new Command.Finalise(bazaar.id(), ID))) {
                attempt(bazaar, command, STRANGER);
            }
        }
    }

    /** The timed ones and the merchant's own come first. */
    private static final int TIMED_AND_MERCHANTS = 11;

    private static List<Supplier<Command>> commands(Bazaar bazaar, Random random) {
        long version = bazaar.version();
        int some = 1 + random.nextInt(30_000_000);
        long held = bazaar.consignment().money().held().units().longValueExact();
        long toMerchant = held == 0 ? 0 : random.nextLong(held + 1);
        long paidGross = random.nextLong(Bazaar.total() + 1);
        return List.of(
                () -> new Command.ExpireUnpaid(bazaar.id(), ID),
                () -> new Command.RefundUnshipped(bazaar.id(), ID),
                () -> new Command.OpenLost(bazaar.id(), ID),
                () -> new Command.ReleaseInspected(bazaar.id(), ID),
                () -> new Command.ReplaceArbiter(bazaar.id(), ID),
                () -> new Command.DefaultSplit(bazaar.id(), ID),
                () -> new Command.Finalise(bazaar.id(), ID),
                bazaar::ship,
                () -> new Command.Cancel(bazaar.id(), ID, version),
                bazaar::deliver,
                () -> bazaar.accept(amount(some)),
                () -> new Command.CancelFunded(bazaar.id(), ID, version),
                () -> bazaar.refund(amount(some)),
                () -> bazaar.accept(lines(1 + random.nextInt(3))),
                () -> bazaar.refund(lines(1 + random.nextInt(3))),
                () -> bazaar.accept(Command.Part.ALL),
                () -> new Command.OpenDispute(bazaar.id(), ID, version, Digest.ZERO, null),
                () -> bazaar.rule(toMerchant, held - toMerchant),
                bazaar::deposit,
                () -> bazaar.paid(paidGross, random.nextLong(Bazaar.total() - paidGross + 1)),
                () -> bazaar.reclaimed(paidGross, Bazaar.total() - paidGross));
    }
}
