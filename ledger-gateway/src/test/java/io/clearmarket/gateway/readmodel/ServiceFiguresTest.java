package io.clearmarket.gateway.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.testing.TestDatabase;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The figures over rows as the projections write them; that real events get there is the read model's own tests' matter. */
class ServiceFiguresTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final String MERCHANT = "aa".repeat(32);
    private static final String OTHER = "ab".repeat(32);
    private static final String BUYER = "bb".repeat(32);
    private static final String CARRIER = "cc".repeat(32);

    private JdbcClient database;
    private JdbcServiceFigures figures;
    private int block;

    @BeforeEach
    void open() {
        database = TestDatabase.create().client();
        figures = new JdbcServiceFigures(database);
    }

    @Test
    void shipping_and_delivery_are_held_to_the_signed_terms() {
        trade("order-fast.1", MERCHANT, 0, 10, 30);
        trade("order-edge.1", MERCHANT, 0, 100, 300);
        trade("order-late.1", MERCHANT, 0, 101, 400);
        ServiceFigures.Merchant merchant =
                figures.merchants(new PartyId(MERCHANT)).getFirst();
        assertThat(merchant.funded()).isEqualTo(3);
        assertThat(merchant.shipping()).isEqualTo(new ServiceFigures.Promise(2, 1, 0, 100L));
        assertThat(merchant.delivery()).isEqualTo(new ServiceFigures.Promise(2, 1, 0, 200L));
        assertThat(figures.carriers(null))
                .containsExactly(
                        new ServiceFigures.Carrier(new PartyId(CARRIER), new ServiceFigures.Promise(2, 1, 0, 200L)));
    }

    @Test
    void a_merchant_sees_what_carriers_made_of_their_own_deliveries() {
        trade("order-mine.1", MERCHANT, 0, 10, 30);
        trade("order-theirs.1", OTHER, 0, 10, 400);
        assertThat(figures.carriersOf(new PartyId(MERCHANT)))
                .containsExactly(
                        new ServiceFigures.Carrier(new PartyId(CARRIER), new ServiceFigures.Promise(1, 0, 0, 20L)));
        assertThat(figures.carriers(null).getFirst().delivery().late()).isEqualTo(1);
    }

    @Test
    void what_is_not_done_is_overdue_only_once_its_time_is_past() {
        trade("order-waits.1", MERCHANT, 0, null, null);
        assertThat(figures.merchants(null).getFirst().shipping()).isEqualTo(new ServiceFigures.Promise(0, 0, 0, null));
        event("order-other.1", "accept", BUYER, 101);
        assertThat(figures.merchants(null).getFirst().shipping()).isEqualTo(new ServiceFigures.Promise(0, 0, 1, null));
    }

    @Test
    void an_unpaid_order_is_nobodys_failure() {
        consignment("order-unpaid.1", MERCHANT);
        event("order-unpaid.1", "expireUnpaid", OTHER, 5);
        assertThat(figures.merchants(null)).isEmpty();
        assertThat(figures.carriers(null)).isEmpty();
    }

    @Test
    void a_dispute_counts_once_for_its_consignment_and_for_nobody_else() {
        trade("order-bad.1", MERCHANT, 0, 10, 20);
        event("order-bad.1", "openDispute", BUYER, 30);
        event("order-bad.1", "contestReturn", MERCHANT, 40);
        trade("order-good.1", OTHER, 0, 10, 20);
        assertThat(figures.merchants(new PartyId(MERCHANT)).getFirst().disputed())
                .isEqualTo(1);
        assertThat(figures.merchants(new PartyId(OTHER)).getFirst().disputed()).isZero();
        assertThat(figures.merchants(null)).hasSize(2);
    }

    @Test
    void a_merchants_answers_are_to_what_others_asked_and_against_when_an_answer_was_asked_for() {
        trade("order-asked.1", MERCHANT, 0, 10, 20);
        question("order-asked.1", 1, BUYER, 20, 80, 50);
        question("order-asked.1", 2, BUYER, 20, 80, 90);
        question("order-asked.1", 3, BUYER, 20, 80, null);
        question("order-asked.1", 4, MERCHANT, 20, 80, 30);
        event("order-asked.1", "accept", BUYER, 81);
        assertThat(figures.merchants(null).getFirst().answers()).isEqualTo(new ServiceFigures.Promise(1, 1, 1, 30L));
    }

    private void trade(String id, String merchant, int funded, @Nullable Integer shipped, @Nullable Integer delivered) {
        consignment(id, merchant);
        event(id, "recordDeposit", OTHER, funded);
        if (shipped != null) {
            event(id, "ship", merchant, shipped);
        }
        if (delivered != null) {
            event(id, "deliver", CARRIER, delivered);
        }
    }

    /** Ships within 100 seconds, delivers within 200. */
    private void consignment(String id, String merchant) {
        record("CONSIGNMENT", new String[] {id}, """
                {"orderId": "order", "merchant": "%s", "buyer": "%s"}""".formatted(merchant, BUYER));
        record("TERMS", new String[] {id}, """
                {"terms": {"timers": {"shipWithin": 100, "deliverWithin": 200}}}""");
    }

    private void question(String id, int number, String by, int at, int due, @Nullable Integer answered) {
        record("CASE", new String[] {id, Integer.toString(number)}, """
                {"by": "%s", "at": "%s", "answerBy": "%s"%s}""".formatted(
                        by,
                        START.plusSeconds(at),
                        START.plusSeconds(due),
                        answered == null ? "" : ", \"answeredAt\": \"" + START.plusSeconds(answered) + "\""));
    }

    private void record(String kind, String[] id, String value) {
        database.sql("""
                        insert into record (kind, id, value, block, tx_index, created_block, created_index)
                        values (?, ?, ?::jsonb, 1, 0, 1, 0)""").params(kind, id, value).update();
    }

    /** One transaction; a funding one is told by two market events, as the projection does. */
    private void event(String id, String command, String by, int at) {
        block++;
        database.sql("""
                        insert into domain_event (block, tx_index, tx_id, type, command, command_id, by_party, msp_id, at,
                                                  consignment_id)
                        values (:block, 0, :tx, 'type', :command, :tx, :by, 'PlatformMSP', :at::timestamptz, :id)""")
                .param("block", block)
                .param("tx", UUID.randomUUID().toString())
                .param("command", command)
                .param("by", by)
                .param("at", START.plusSeconds(at).toString())
                .param("id", id)
                .update();
        for (int seq = 0; seq < 2; seq++) {
            database.sql("""
                            insert into market_event (block, tx_index, seq, type, tx_id, command, by_party, at,
                                                      consignment_id, audience, data)
                            values (:block, 0, :seq, 'type', 'tx', :command, :by, :at::timestamptz, :id, '{}', '{}')""")
                    .param("block", block)
                    .param("seq", seq)
                    .param("command", command)
                    .param("by", by)
                    .param("at", START.plusSeconds(at).toString())
                    .param("id", id)
                    .update();
        }
    }
}
