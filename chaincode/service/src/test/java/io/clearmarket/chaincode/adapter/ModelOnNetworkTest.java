package io.clearmarket.chaincode.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.chaincode.domain.Bazaar;
import io.clearmarket.chaincode.domain.Facts;
import io.clearmarket.chaincode.domain.Person;
import io.clearmarket.chaincode.domain.TermsBuilder;
import io.clearmarket.chaincode.model.Chooser;
import io.clearmarket.chaincode.model.PlainConsignment;
import io.clearmarket.chaincode.model.Recorded;
import io.clearmarket.chaincode.model.Who;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hyperledger.fabric.client.EndorseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Random sequences of commands on the deployed chaincode, against a model that is written down from the rules and shares no code with
 * them. {@code -Dclearmarket.sequences=5000} for a long night; {@code target/model.txt} tells what came of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelOnNetworkTest {
    private static final int SEQUENCES = Integer.getInteger("clearmarket.sequences", 6);
    private static final int AT_ONCE = 40;
    private static final int STEPS = 22;
    private static final Duration WINDOW = Duration.ofMinutes(13);
    private static final SetClock CLOCK = new SetClock(start());
    /** Every timer of every consignment. */
    private static final Duration TIMER = Duration.ofSeconds(60);
    /** Nothing passes, or the timer runs out. A peer wants its client's clock within 15 minutes of its own, so timers are short. */
    private static final List<Duration> PASSES = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(20),
            Duration.ofSeconds(65),
            Duration.ofSeconds(95));

    /** Currencies of 0, 2 and 3 decimals; a token of 6 decimals and one of 18, whose amounts no long holds. */
    private static final List<Unit> UNITS = List.of(
            new Unit("JPY", Bazaar.ASSET, 6_711),
            new Unit("BRL", Bazaar.ASSET, 10_000),
            new Unit("KWD", Bazaar.FINE_ASSET, 9_000_000_000_000_000L));

    private record Unit(String currency, Asset asset, long rate) {}

    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK =
            EmbeddedNetworkExtension.with("market", () -> new MarketChaincode("market", CLOCK));

    private final Map<Who, Person> people = new EnumMap<>(Who.class);
    private final Map<String, Integer> moved = new TreeMap<>();
    private final Map<String, Integer> refused = new TreeMap<>();
    private LedgerMarket market;

    @BeforeAll
    void open() throws Exception {
        market = LedgerMarket.opened(NETWORK.network(), CLOCK::instant);
        people.put(Who.BUYER, market.registered("PlatformMSP", Role.BUYER));
        people.put(Who.MERCHANT, market.registered("MerchantsMSP", Role.MERCHANT));
        people.put(Who.CARRIER, market.registered("PlatformMSP", Role.CARRIER));
        people.put(Who.FIRST_ARBITER, market.registered("AuditMSP", Role.ARBITER));
        people.put(Who.SECOND_ARBITER, market.registered("AuditMSP", Role.ARBITER));
        people.put(Who.STRANGER, market.registered("PlatformMSP", Role.DEVICE));
    }

    @AfterAll
    void close() {
        market.close();
    }

    @Test
    void the_ledger_does_what_the_plain_model_says() throws Exception {
        for (int first = 0; first < SEQUENCES; first += AT_ONCE) {
            inStep(first, Math.min(SEQUENCES - first, AT_ONCE));
        }
        report();
        assertThat(moved.values().stream().mapToInt(Integer::intValue).sum())
                .as("enough happened to mean something")
                .isGreaterThan(5 * SEQUENCES);
    }

    /** One clock for all: everybody takes a step, then time passes. */
    private void inStep(int first, int count) throws Exception {
        Random random = new Random(first);
        List<Sequence> sequences = new ArrayList<>();
        CLOCK.set(start());
        for (int i = 0; i < count; i++) {
            sequences.add(new Sequence(first + i));
        }
        allOf(sequences, Sequence::place);
        allOf(sequences, Sequence::fund);
        for (int step = 0; step < STEPS; step++) {
            pass(PASSES.get(random.nextInt(PASSES.size())));
            allOf(sequences, Sequence::step);
        }
    }

    private static Instant start() {
        return Instant.now().minus(WINDOW).truncatedTo(ChronoUnit.SECONDS);
    }

    /** As far as the peers' own clocks let it. */
    private static void pass(Duration time) {
        Instant now = Instant.now();
        Instant next = CLOCK.instant().plus(time);
        Instant least = start();
        if (next.isBefore(now.plus(WINDOW))) {
            CLOCK.set(next.isBefore(least) ? least : next);
        }
    }

    private interface Action {
        void on(Sequence sequence) throws Exception;
    }

    private void allOf(List<Sequence> sequences, Action action) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> done = new ArrayList<>();
            for (Sequence sequence : sequences) {
                done.add(threads.submit(() -> {
                    action.on(sequence);
                    return null;
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        }
        NETWORK.network().awaitLevel();
    }

    private Person person(Who who) {
        return Objects.requireNonNull(people.get(who));
    }

    /** One consignment, on the ledger and in the model. */
    private final class Sequence {
        private final Unit unit;
        private final Chooser chooser;
        private final SignedTerms signed;
        private final PlainConsignment model;

        Sequence(int number) {
            unit = UNITS.get(number % UNITS.size());
            OrderId order = new OrderId("sequence-" + (1_000_000 + number));
            signed = TermsBuilder.between(
                            person(Who.BUYER),
                            person(Who.MERCHANT),
                            List.of(
                                    person(Who.FIRST_ARBITER).id(),
                                    person(Who.SECOND_ARBITER).id()),
                            CLOCK.instant())
                    .of(order)
                    .in(unit.currency(), unit.asset(), unit.rate())
                    .timed(TIMER)
                    .signed();
            model = new PlainConsignment(signed.terms());
            chooser = new Chooser(
                    signed.terms().consignmentId(),
                    Facts.items(10 * number),
                    new Random(20_261_126L + number),
                    new Chooser.Means(
                            market::id,
                            epcs -> market.event("inspecting", epcs),
                            (gross, buyer) -> market.paid(terms(), new Amount(gross), new Amount(buyer)),
                            person(Who.CARRIER).id()));
        }

        private Terms terms() {
            return signed.terms();
        }

        private ConsignmentId id() {
            return terms().consignmentId();
        }

        void place() throws Exception {
            market.commit(person(Who.BUYER), new Command.PlaceOrder(market.id(), terms().orderId(), List.of(signed)));
        }

        void fund() throws Exception {
            take(
                    new Chooser.Asked(
                            new Command.RecordDeposit(market.id(), id(), market.deposit(terms())), Who.STRANGER),
                    compared());
        }

        void step() throws Exception {
            Consignment record = compared();
            take(chooser.next(record), record);
        }

        /** Both take it, or both refuse it. */
        private void take(Chooser.Asked asked, Consignment record) throws Exception {
            boolean expected = model.take(asked.command(), asked.by(), CLOCK.instant());
            String happened = unit.currency() + " " + asked.command().getClass().getSimpleName();
            try {
                market.commit(person(asked.by()), asked.command());
                assertThat(expected).as("accepted: %s on %s", asked, record).isTrue();
                count(moved, happened);
            } catch (EndorseException refusal) {
                String why = refusal.getDetails().getFirst().getMessage();
                assertThat(expected)
                        .as("refused: %s on %s: %s", asked, record, why)
                        .isFalse();
                count(refused, happened);
            }
        }

        private Consignment compared() throws Exception {
            Consignment record = market.consignment(id());
            assertThat(Recorded.facts(record)).as("%s", id()).isEqualTo(model.facts());
            return record;
        }
    }

    private static void count(Map<String, Integer> what, String name) {
        synchronized (what) {
            what.merge(name, 1, Integer::sum);
        }
    }

    private void report() throws Exception {
        StringBuilder text = new StringBuilder();
        text.append(SEQUENCES).append(" sequences of ").append(STEPS).append(" steps\n");
        moved.forEach((name, count) ->
                text.append("accepted ").append(name).append(' ').append(count).append('\n'));
        refused.forEach((name, count) ->
                text.append("refused ").append(name).append(' ').append(count).append('\n'));
        Files.writeString(Path.of("target/model.txt"), text.toString());
    }
}
