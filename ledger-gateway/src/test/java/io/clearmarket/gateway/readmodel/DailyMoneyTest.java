package io.clearmarket.gateway.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.gateway.readmodel.DailyMoney.Day;
import io.clearmarket.gateway.testing.TestDatabase;
import io.clearmarket.wallet.identity.PartyId;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The days over rows as the projections write them. */
class DailyMoneyTest {
    private static final String ASSET = "eip155:31337/erc20:0x" + "5F".repeat(20);
    private static final PartyId MERCHANT = new PartyId("aa".repeat(32));
    private static final PartyId OTHER = new PartyId("ab".repeat(32));

    private JdbcClient database;
    private DailyMoney money;
    private int block;

    @BeforeEach
    void open() {
        database = TestDatabase.create().client();
        money = new JdbcDailyMoney(database, new ChangesByDay(database, new JdbcMoneyHistory(database)));
    }

    @Test
    void a_ledger_on_which_nothing_happened_has_no_days() {
        assertThat(money.last(null, 30)).isEmpty();
    }

    @Test
    void what_was_decided_paid_held_and_pending_stands_on_its_day() {
        version("order-days.1", MERCHANT, "2026-10-01T12:00:00Z", 100, 0, 0);
        version("order-days.1", MERCHANT, "2026-11-01T23:59:59Z", 70, 30, 0);
        version("order-days.1", MERCHANT, "2026-11-03T00:00:00Z", 60, 40, 30);
        assertThat(days(MERCHANT, 3))
                .containsExactly(
                        day("2026-11-01", 30, 0, 70, 30),
                        day("2026-11-02", 0, 0, 70, 30),
                        day("2026-11-03", 10, 30, 60, 10));
        assertThat(days(MERCHANT, 40).getFirst()).isEqualTo(day("2026-09-25", 0, 0, 0, 0));
    }

    @Test
    void a_transaction_that_tells_an_earlier_time_happened_when_the_ledger_had_come_to() {
        version("order-late.1", MERCHANT, "2026-11-02T00:00:01Z", 100, 0, 0);
        version("order-late.1", MERCHANT, "2026-11-01T23:59:59Z", 90, 10, 0);
        assertThat(days(MERCHANT, 2)).containsExactly(day("2026-11-01", 0, 0, 0, 0), day("2026-11-02", 10, 0, 90, 10));
    }

    @Test
    void a_merchant_sees_their_own_and_the_market_all_of_it() {
        version("order-mine.1", MERCHANT, "2026-11-02T00:00:00Z", 100, 0, 0);
        version("order-theirs.1", OTHER, "2026-11-02T10:00:00Z", 5, 2, 0);
        assertThat(days(OTHER, 1)).containsExactly(day("2026-11-02", 2, 0, 5, 2));
        assertThat(money.last(null, 1).getFirst().days()).containsExactly(day("2026-11-02", 2, 0, 105, 2));
    }

    private List<Day> days(PartyId merchant, int count) {
        return money.last(merchant, count).getFirst().days();
    }

    /** What a transaction made of a consignment; all that was decided went to the merchant's side. */
    private void version(String id, PartyId merchant, String at, long held, long gross, long paid) {
        block++;
        String value = """
                {"merchant": "%s", "asset": "%s", "money": {"held": "%d", "gross": "%d", "buyer": "0", "paidGross": "%d",
                "paidBuyer": "0"}}""".formatted(merchant, ASSET, held, gross, paid);
        database.sql("""
                        insert into domain_event (block, tx_index, tx_id, type, command, command_id, by_party, msp_id, at,
                                                  consignment_id)
                        values (?, 0, 'tx', 'type', 'accept', 'id', 'by', 'PlatformMSP', ?::timestamptz, ?)""").params(block, at, id).update();
        database.sql("insert into record_version values ('CONSIGNMENT', array[?], ?, 0, 0, ?::jsonb)")
                .params(id, block, value)
                .update();
        database.sql("""
                        insert into record (kind, id, value, block, tx_index, created_block, created_index)
                        values ('CONSIGNMENT', array[?], ?::jsonb, 1, 0, 1, 0)
                        on conflict (kind, id) do update set value = excluded.value""").params(id, value).update();
    }

    private static Day day(String day, long decided, long paid, long held, long pending) {
        return new Day(LocalDate.parse(day), Amount.of(decided), Amount.of(paid), Amount.of(held), Amount.of(pending));
    }
}
