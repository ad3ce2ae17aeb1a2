package io.clearmarket.chaincode.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.domain.Facts;
import io.clearmarket.chaincode.domain.Person;
import io.clearmarket.chaincode.domain.TermsBuilder;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Endorsed transactions that are held back, and a keeper that is quick or slow, on the ledger; the endorsers' clock is the test's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TimeOnNetworkTest {
    private static final Duration SHIP_WITHIN = Duration.ofSeconds(60);
    private static final SetClock CLOCK = new SetClock(start());

    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK =
            EmbeddedNetworkExtension.with("market", () -> new MarketChaincode("market", CLOCK));

    private LedgerMarket market;
    private Person buyer;
    private Person merchant;
    private Person carrier;
    private Person arbiter;
    private int orders;

    @BeforeAll
    void open() throws Exception {
        market = LedgerMarket.opened(NETWORK.network(), CLOCK::instant);
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
    void what_is_held_back_is_void_once_the_keeper_has_done_what_was_due() throws Exception {
        ConsignmentId id = funded();
        Instant deadline = shipBy(id);
        CLOCK.set(deadline);
        Transaction held = market.endorsed(merchant, ship(id), CLOCK.instant());
        CLOCK.set(deadline.plusSeconds(30));
        market.submit(buyer, new Command.RefundUnshipped(market.id(), id));
        assertThat(held.submitAsync().getStatus().getCode()).isEqualTo(TxValidationCode.MVCC_READ_CONFLICT);
        assertThat(market.consignment(id).goods()).isEqualTo(Consignment.Goods.PLACED);
        assertThat(market.consignment(id).closed()).isTrue();
    }

    @Test
    void what_is_held_back_is_late_for_as_long_as_nobody_does_what_is_due() throws Exception {
        ConsignmentId id = funded();
        Instant deadline = shipBy(id);
        CLOCK.set(deadline);
        Transaction held = market.endorsed(merchant, ship(id), CLOCK.instant());
        CLOCK.set(deadline.plus(Duration.ofMinutes(3)));
        assertThat(held.submitAsync().getStatus().isSuccessful()).isTrue();
        NETWORK.network().awaitLevel();
        assertThat(market.consignment(id).goods()).isEqualTo(Consignment.Goods.SHIPPED);
        assertThat(market.consignment(id).deadlines().deliverBy())
                .as("the ledger's time is when it was decided")
                .isEqualTo(deadline.plusSeconds(60));
        refuses("WRONG_STATE", buyer, new Command.RefundUnshipped(market.id(), id), CLOCK.instant());
    }

    @Test
    void no_timestamp_makes_a_deadline_pass_before_the_endorsers_clock_says_so() throws Exception {
        ConsignmentId id = funded();
        Instant deadline = shipBy(id);
        Command refund = new Command.RefundUnshipped(market.id(), id);
        CLOCK.set(deadline.minusSeconds(1));
        refuses("TOO_EARLY", buyer, refund, CLOCK.instant().plusSeconds(30));
        refuses("TIMESTAMP_OUTSIDE_GUARD", buyer, refund, deadline.plusSeconds(30));
        CLOCK.set(deadline);
        market.endorsed(buyer, refund, deadline.plusSeconds(30));
    }

    @Test
    void a_deadline_is_missed_ten_minutes_late_at_most() throws Exception {
        ConsignmentId id = funded();
        Instant deadline = shipBy(id);
        CLOCK.set(deadline.plus(Duration.ofMinutes(10)));
        market.endorsed(merchant, ship(id), deadline);
        CLOCK.set(CLOCK.instant().plusSeconds(1));
        refuses("TIMESTAMP_OUTSIDE_GUARD", merchant, ship(id), deadline);
        refuses("TOO_LATE", merchant, ship(id), deadline.plusSeconds(1));
    }

    private static Instant start() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private void refuses(String code, Person by, Command command, Instant timestamp) {
        assertThatExceptionOfType(EndorseException.class)
                .isThrownBy(() -> market.endorsed(by, command, timestamp))
                .satisfies(
                        e -> assertThat(e.getDetails().getFirst().getMessage()).contains("\"code\":\"" + code + "\""));
    }

    private Instant shipBy(ConsignmentId id) throws Exception {
        return Objects.requireNonNull(market.consignment(id).deadlines().shipBy());
    }

    /** An order, paid for at a time of its own. */
    private ConsignmentId funded() throws Exception {
        CLOCK.set(start());
        orders++;
        ConsignmentId id = ConsignmentId.of(new OrderId("in-time-" + orders), 1);
        SignedTerms terms = TermsBuilder.between(buyer, merchant, List.of(arbiter.id()), CLOCK.instant())
                .of(id.orderId())
                .timed(SHIP_WITHIN)
                .signed();
        market.submit(buyer, new Command.PlaceOrder(market.id(), id.orderId(), List.of(terms)));
        market.submit(merchant, new Command.RecordDeposit(market.id(), id, market.deposit(terms.terms())));
        return id;
    }

    private Command ship(ConsignmentId id) {
        List<Command.LineItems> items = Facts.items(10 * orders);
        return new Command.Ship(market.id(), id, 2, items, carrier.id(), market.event("shipping", Facts.epcs(items)));
    }
}
