package io.clearmarket.chaincode.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.domain.Facts;
import io.clearmarket.chaincode.domain.Person;
import io.clearmarket.chaincode.domain.TermsBuilder;
import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a command costs the chaincode, and an order the ledger: {@code -Dclearmarket.cost=1000} orders for figures, in
 * {@code target/cost.txt}; {@code -Dclearmarket.cost.at.once=16} of them at a time where only bytes matter. A run by the way only shows
 * that it measures.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CostOnNetworkTest {
    private static final int ORDERS = Integer.getInteger("clearmarket.cost", 3);
    private static final int AT_ONCE = Integer.getInteger("clearmarket.cost.at.once", 1);

    /** Orders are weighed so many times, each time as many. */
    private static final int PARTS = Math.min(ORDERS, 50);

    private static final Path REPORT = Path.of("target/cost.txt");
    private static final Map<String, List<Timed.Took>> MARKET = Timed.nothing();
    private static final Map<String, List<Timed.Took>> EMPTY = Timed.nothing();

    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = EmbeddedNetworkExtension.with(
                    "market", () -> new Timed(new MarketChaincode("market", Clock.systemUTC()), MARKET))
            .and("empty", ChaincodeConfig.MARKET_POLICY, () -> new Timed(new Empty(), EMPTY));

    /** Of an order in blocks, at the mean of each part. */
    private final List<Long> bytes = new ArrayList<>();

    private final List<Person> buyers = new ArrayList<>();
    private final List<Person> merchants = new ArrayList<>();
    private LedgerMarket market;
    private Person carrier;
    private Person arbiter;

    @BeforeAll
    void open() throws Exception {
        market = LedgerMarket.opened(NETWORK.network(), Instant::now);
        for (int i = 0; i < AT_ONCE; i++) {
            buyers.add(market.registered("PlatformMSP", Role.BUYER));
            merchants.add(market.registered("MerchantsMSP", Role.MERCHANT));
        }
        carrier = market.registered("PlatformMSP", Role.CARRIER);
        arbiter = market.registered("AuditMSP", Role.ARBITER);
    }

    @AfterAll
    void close() {
        market.close();
    }

    @Test
    void every_step_of_an_order_and_an_empty_contract_are_measured() throws Exception {
        Submitter submitter = new Submitter();
        for (int part = 0; part < PARTS; part++) {
            int from = ORDERS * part / PARTS;
            int to = ORDERS * (part + 1) / PARTS;
            long height = NETWORK.network().height("AuditMSP");
            atOnce(from, to, submitter);
            NETWORK.network().awaitLevel();
            bytes.add(weight(height) / (to - from));
            System.out.println(to + " orders, " + bytes.getLast() + " bytes for each of the last " + (to - from));
        }
        report();
        assertThat(MARKET).containsKeys("placeOrder", "recordDeposit", "ship", "deliver", "accept");
        assertThat(AT_ONCE > 1 || EMPTY.containsKey("nothing")).isTrue();
        assertThat(submitter.conflicts()).isZero();
        assertThat(Collections.max(bytes) / (double) Collections.min(bytes)).isLessThan(1.15);
    }

    private void atOnce(int from, int to, Submitter submitter) throws Exception {
        Semaphore places = new Semaphore(AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = from; i < to; i++) {
                int number = i;
                places.acquire();
                all.add(threads.submit(() -> {
                    try {
                        trade(number, submitter);
                    } finally {
                        places.release();
                    }
                    return number;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    private void trade(int number, Submitter submitter) throws Exception {
        Person buyer = buyers.get(number % AT_ONCE);
        Person merchant = merchants.get(number % AT_ONCE);
        ConsignmentId id = ConsignmentId.of(new OrderId("costly-" + (1_000_000 + number)), 1);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        SignedTerms terms = TermsBuilder.between(buyer, merchant, List.of(arbiter.id()), now)
                .of(id.orderId())
                .signed();
        List<Command.LineItems> items = Facts.items(10 * number);
        List<String> epcs = Facts.epcs(items);
        submitter.bring(by(buyer, new Command.PlaceOrder(market.id(), id.orderId(), List.of(terms))));
        submitter.bring(by(merchant, new Command.RecordDeposit(market.id(), id, market.deposit(terms.terms()))));
        submitter.bring(by(
                merchant, new Command.Ship(market.id(), id, 2, items, carrier.id(), market.event("shipping", epcs))));
        submitter.bring(by(carrier, new Command.Deliver(market.id(), id, 3, market.event("arriving", epcs))));
        submitter.bring(by(buyer, new Command.Accept(market.id(), id, 4, Command.Part.ALL)));
        if (AT_ONCE == 1) {
            market.channel(buyer).getContract("empty").submitTransaction("nothing", Integer.toString(number));
        }
    }

    private Submitter.Endorsing by(Person person, Command command) {
        return () -> market.endorsed(person, command, Instant.now());
    }

    /** Of all blocks from this one on. */
    private static long weight(long from) {
        PeerLedger ledger = NETWORK.network().ledger("AuditMSP");
        return LongStream.range(from, ledger.height())
                .map(number -> ledger.block(number).orElseThrow().getSerializedSize())
                .sum();
    }

    private void report() throws IOException {
        StringBuilder text =
                new StringBuilder(Timed.medians(new TreeMap<>(MARKET), EMPTY.getOrDefault("nothing", List.of())));
        text.append("bytes in blocks for each order, for each ")
                .append(ORDERS / PARTS)
                .append(" of ")
                .append(ORDERS)
                .append(": ")
                .append(bytes)
                .append('\n');
        Files.writeString(REPORT, text.toString());
        System.out.println(text);
    }
}
