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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hyperledger.fabric.shim.ChaincodeBase;
import org.hyperledger.fabric.shim.ChaincodeStub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a command costs the chaincode, and an order the ledger: {@code -Dclearmarket.cost=1000} orders for figures, in
 * {@code target/cost.txt}. A run by the way only shows that it measures.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CostOnNetworkTest {
    private static final int ORDERS = Integer.getInteger("clearmarket.cost", 3);
    private static final Map<String, List<Long>> MARKET = Timed.nothing();
    private static final Map<String, List<Long>> EMPTY = Timed.nothing();

    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = EmbeddedNetworkExtension.with(
                    "market", () -> new Timed(new MarketChaincode("market", Clock.systemUTC()), MARKET))
            .and("empty", ChaincodeConfig.MARKET_POLICY, () -> new Timed(new Empty(), EMPTY));

    private final List<Long> bytesUpTo = new ArrayList<>();
    private LedgerMarket market;
    private Person buyer;
    private Person merchant;
    private Person carrier;
    private Person arbiter;

    @BeforeAll
    void open() throws Exception {
        market = LedgerMarket.opened(NETWORK.network(), Instant::now);
        buyer = market.registered("PlatformMSP", Role.BUYER);
        merchant = market.registered("MerchantsMSP", Role.MERCHANT);
        carrier = market.registered("PlatformMSP", Role.CARRIER);
        arbiter = market.registered("AuditMSP", Role.ARBITER);
    }

    @AfterAll
    void close() {
        market.close();
    }

    @Test
    void every_step_of_an_order_and_an_empty_contract_are_measured() throws Exception {
        PeerLedger ledger = NETWORK.network().ledger("AuditMSP");
        long from = ledger.height();
        for (int i = 0; i < ORDERS; i++) {
            trade(i);
            market.channel(buyer).getContract("empty").submitTransaction("nothing", Integer.toString(i));
            NETWORK.network().awaitLevel();
            from = weigh(ledger, from);
        }
        report();
        assertThat(MARKET).containsKeys("placeOrder", "recordDeposit", "ship", "deliver", "accept");
        assertThat(EMPTY.get("nothing")).hasSizeGreaterThanOrEqualTo(2 * ORDERS);
        assertThat(bytesUpTo).hasSize(ORDERS);
    }

    private void trade(int number) throws Exception {
        ConsignmentId id = ConsignmentId.of(new OrderId("costly-" + (1_000_000 + number)), 1);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        SignedTerms terms = TermsBuilder.between(buyer, merchant, List.of(arbiter.id()), now)
                .of(id.orderId())
                .signed();
        List<Command.LineItems> items = Facts.items(10 * number);
        List<String> epcs = Facts.epcs(items);
        market.submit(buyer, new Command.PlaceOrder(market.id(), id.orderId(), List.of(terms)));
        market.submit(merchant, new Command.RecordDeposit(market.id(), id, market.deposit(terms.terms())));
        market.submit(
                merchant, new Command.Ship(market.id(), id, 2, items, carrier.id(), market.event("shipping", epcs)));
        market.submit(carrier, new Command.Deliver(market.id(), id, 3, market.event("arriving", epcs)));
        market.submit(buyer, new Command.Accept(market.id(), id, 4, Command.Part.ALL));
    }

    /** Adds the blocks from this one on. */
    private long weigh(PeerLedger ledger, long from) {
        long bytes = bytesUpTo.isEmpty() ? 0 : bytesUpTo.getLast();
        for (long number = from; number < ledger.height(); number++) {
            bytes += ledger.block(number).orElseThrow().getSerializedSize();
        }
        bytesUpTo.add(bytes);
        return ledger.height();
    }

    private void report() throws IOException {
        StringBuilder text = new StringBuilder();
        long empty = median(EMPTY.getOrDefault("nothing", List.of()));
        text.append(line("empty contract", empty));
        new TreeMap<>(MARKET).forEach((function, nanos) -> text.append(line(function, median(nanos) - empty)));
        int most = bytesUpTo.size();
        int tenth = Math.max(1, most / 10);
        text.append("bytes in blocks for each order, the first ")
                .append(tenth)
                .append(": ")
                .append(bytesUpTo.get(tenth - 1) / tenth)
                .append('\n');
        long last = bytesUpTo.getLast() - (most == tenth ? 0 : bytesUpTo.get(most - tenth - 1));
        text.append("bytes in blocks for each order, the last ")
                .append(tenth)
                .append(" of ")
                .append(most)
                .append(": ")
                .append(last / tenth)
                .append('\n');
        Files.writeString(Path.of("target/cost.txt"), text.toString());
        System.out.println(text);
    }

    private static String line(String what, long nanos) {
        return String.format(Locale.ROOT, "%-16s %7.3f ms at the median%n", what, nanos / 1e6);
    }

    private static long median(List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }

    /** Does nothing at all. */
    private static final class Empty extends ChaincodeBase {
        @Override
        public Response init(ChaincodeStub stub) {
            return invoke(stub);
        }

        @Override
        public Response invoke(ChaincodeStub stub) {
            return new Response(200, "", new byte[0]);
        }
    }
}
