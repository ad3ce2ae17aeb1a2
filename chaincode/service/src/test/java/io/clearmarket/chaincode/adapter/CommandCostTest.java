package io.clearmarket.chaincode.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hyperledger.fabric.shim.ChaincodeBase;
import org.hyperledger.fabric.shim.ChaincodeStub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What each command of the table costs the chaincode, warm, beside an empty contract: {@code -Dclearmarket.cost.commands=200} for
 * figures, in {@code target/command-cost.txt}; what the first half of the
 * rounds took is not counted. A run by the way only shows that none is left out.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandCostTest {
    private static final int ROUNDS = Integer.getInteger("clearmarket.cost.commands", 1);

    /** Rounds that wait for their timers together. */
    private static final int TOGETHER = 10;

    private static final Path REPORT = Path.of("target/command-cost.txt");
    private static final SetClock CLOCK = new SetClock(early());
    private static final Map<String, List<Timed.Took>> MARKET = Timed.nothing();
    private static final Map<String, List<Timed.Took>> EMPTY = Timed.nothing();

    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = EmbeddedNetworkExtension.with(
                    "market", () -> new Timed(new Waited(new MarketChaincode("market", CLOCK)), MARKET))
            .and("empty", ChaincodeConfig.MARKET_POLICY, () -> new Timed(new Empty(), EMPTY));

    private LedgerMarket market;
    private Deals.People people;

    @BeforeAll
    void open() throws Exception {
        market = LedgerMarket.opened(NETWORK.network(), CLOCK::instant);
        people = Deals.People.of(market);
    }

    @AfterAll
    void close() {
        market.close();
    }

    @Test
    void every_command_of_the_table_is_measured() throws Exception {
        SortedMap<String, List<Timed.Took>> commands = new TreeMap<>();
        for (int from = 0; from < ROUNDS; from += TOGETHER) {
            if (from <= ROUNDS / 2) {
                MARKET.clear();
                EMPTY.clear();
                commands.clear();
            }
            rounds(from, Math.min(from + TOGETHER, ROUNDS));
            commands.putAll(MARKET);
            commands.keySet().retainAll(CommandName.types().keySet());
            Files.writeString(REPORT, Timed.medians(commands, EMPTY.getOrDefault("nothing", List.of())));
        }
        System.out.println(Files.readString(REPORT));
        assertThat(commands).containsOnlyKeys(CommandName.types().keySet());
        assertThat(EMPTY).containsKey("nothing");
    }

    private void rounds(int from, int to) throws Exception {
        CLOCK.set(early());
        List<EveryCommand> rounds = new ArrayList<>();
        for (int i = from; i < to; i++) {
            EveryCommand round = new EveryCommand(market, people, i);
            round.start();
            rounds.add(round);
            market.channel(people.buyer()).getContract("empty").submitTransaction("nothing", Integer.toString(i));
        }
        timersRunOut();
        for (EveryCommand round : rounds) {
            round.afterTimers();
        }
        timersRunOut();
        for (EveryCommand round : rounds) {
            round.afterTimersAgain();
        }
    }

    /** A peer wants its client's clock within 15 minutes of its own. */
    private static Instant early() {
        return Instant.now().minus(Duration.ofMinutes(8)).truncatedTo(ChronoUnit.SECONDS);
    }

    private static void timersRunOut() {
        CLOCK.set(CLOCK.instant().plus(Deals.TIMER).plusSeconds(40));
    }

    /** The market, but that a record may be put there as if more time had passed. */
    private static final class Waited extends ChaincodeBase {
        private final Loader loader = new Loader();
        private final MarketChaincode market;

        Waited(MarketChaincode market) {
            this.market = market;
        }

        @Override
        public Response init(ChaincodeStub stub) {
            return market.init(stub);
        }

        @Override
        public Response invoke(ChaincodeStub stub) {
            return stub.getFunction().equals(LedgerMarket.LOAD) ? loader.invoke(stub) : market.invoke(stub);
        }
    }
}
