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
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Many buyers buy of many merchants at once, from the order to the acceptance. {@code -Dclearmarket.merchants=100
 * -Dclearmarket.buyers=1000} for a fair.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContentionTest {
    private static final int MERCHANTS = Integer.getInteger("clearmarket.merchants", 2);
    private static final int BUYERS = Integer.getInteger("clearmarket.buyers", 8);
    private static final int AT_ONCE = 100;
    /** Order, deposit, shipping, delivery, acceptance. */
    private static final int STEPS = 5;

    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = EmbeddedNetworkExtension.with(
                    "market", () -> new MarketChaincode("market", Clock.systemUTC()))
            .and("naive", ChaincodeConfig.MARKET_POLICY, Naive::new);

    private LedgerMarket market;
    private Person carrier;
    private Person arbiter;
    private List<Person> merchants;
    private List<Person> buyers;

    private interface Buying {
        void by(int buyer) throws Exception;
    }

    @BeforeAll
    void open() throws Exception {
        market = LedgerMarket.opened(NETWORK.network(), Instant::now);
        carrier = market.registered("PlatformMSP", Role.CARRIER);
        arbiter = market.registered("AuditMSP", Role.ARBITER);
        merchants = registered("MerchantsMSP", Role.MERCHANT, MERCHANTS);
        buyers = registered("PlatformMSP", Role.BUYER, BUYERS);
    }

    @AfterAll
    void close() {
        market.close();
    }

    @Test
    void different_consignments_never_conflict_whoever_trades_with_whom() throws Exception {
        Submitter submitter = new Submitter();
        atOnce(buyer -> buy(buyer, submitter));
        System.out.println(MERCHANTS + " merchants, " + BUYERS + " buyers: " + submitter);
        assertThat(submitter.committed()).isEqualTo(STEPS * BUYERS);
        assertThat(submitter.conflicts()).isZero();
        assertThat(submitter.submissionsPerCommand()).isLessThanOrEqualTo(1.05);
        NETWORK.network().awaitLevel();
        for (int i = 0; i < BUYERS; i++) {
            assertThat(market.consignment(id(i)).closed()).isTrue();
        }
    }

    @Test
    void a_balance_of_each_merchant_would_conflict() throws Exception {
        Submitter submitter = new Submitter();
        atOnce(buyer -> {
            for (int step = 0; step < STEPS; step++) {
                submitter.bring(() -> market.channel(buyers.get(buyer))
                        .getContract("naive")
                        .newProposal(Naive.STEP)
                        .addArguments(Integer.toString(buyer), Integer.toString(buyer % MERCHANTS))
                        .build()
                        .endorse());
            }
        });
        System.out.println("the naive design, " + MERCHANTS + " merchants, " + BUYERS + " buyers: " + submitter);
        assertThat(submitter.committed()).isEqualTo(STEPS * BUYERS);
        assertThat(submitter.conflicts()).isPositive();
        assertThat(submitter.submissionsPerCommand()).isGreaterThan(1.05);
    }

    private void buy(int number, Submitter submitter) throws Exception {
        Person buyer = buyers.get(number);
        Person merchant = merchants.get(number % MERCHANTS);
        ConsignmentId id = id(number);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        SignedTerms terms = TermsBuilder.between(buyer, merchant, List.of(arbiter.id()), now)
                .of(id.orderId())
                .signed();
        List<Command.LineItems> items = Facts.items(10 * number);
        List<String> epcs = Facts.epcs(items);
        submitter.bring(endorsing(buyer, new Command.PlaceOrder(market.id(), id.orderId(), List.of(terms))));
        submitter.bring(endorsing(merchant, new Command.RecordDeposit(market.id(), id, market.deposit(terms.terms()))));
        submitter.bring(endorsing(
                merchant, new Command.Ship(market.id(), id, 2, items, carrier.id(), market.event("shipping", epcs))));
        submitter.bring(endorsing(carrier, new Command.Deliver(market.id(), id, 3, market.event("arriving", epcs))));
        submitter.bring(endorsing(buyer, new Command.Accept(market.id(), id, 4, Command.Part.ALL)));
    }

    private Submitter.Endorsing endorsing(Person by, Command command) {
        return () -> market.endorsed(by, command, Instant.now());
    }

    private static ConsignmentId id(int buyer) {
        return ConsignmentId.of(new OrderId("fair-" + (1_000_000 + buyer)), 1);
    }

    private static void atOnce(Buying buying) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(Math.min(BUYERS, AT_ONCE))) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < BUYERS; i++) {
                int buyer = i;
                all.add(threads.submit(() -> {
                    buying.by(buyer);
                    return buyer;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    private List<Person> registered(String mspId, Role role, int count) throws Exception {
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            people.add(market.registered(mspId, role));
        }
        return people;
    }
}
