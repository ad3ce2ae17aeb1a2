package io.clearmarket.gateway.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.readmodel.DailyConsignments.Day;
import io.clearmarket.gateway.readmodel.DailyConsignments.Standing;
import io.clearmarket.gateway.testing.TestDatabase;
import io.clearmarket.wallet.identity.PartyId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The days over rows as the projections write them. */
class DailyConsignmentsTest {
    private static final PartyId MERCHANT = new PartyId("aa".repeat(32));
    private static final PartyId OTHER = new PartyId("ab".repeat(32));

    private JdbcClient database;
    private DailyConsignments consignments;
    private int block;

    @BeforeEach
    void open() {
        database = TestDatabase.create().client();
        consignments = new JdbcDailyConsignments(database, new ChangesByDay(database, new JdbcMoneyHistory(database)));
    }

    @Test
    void a_ledger_on_which_nothing_happened_has_no_days() {
        assertThat(consignments.last(null, 30)).isEmpty();
    }

    @Test
    void a_consignment_stands_where_the_days_end_found_it() {
        version("placeOrder", "2026-11-01T10:00:00Z", MERCHANT, 0, "PLACED", false, false);
        version("recordDeposit", "2026-11-02T10:00:00Z", MERCHANT, 9, "PLACED", false, false);
        version("ship", "2026-11-03T08:00:00Z", MERCHANT, 9, "SHIPPED", false, false);
        version("deliver", "2026-11-03T09:00:00Z", MERCHANT, 9, "DELIVERED", false, false);
        version("openDispute", "2026-11-05T09:00:00Z", MERCHANT, 9, "DELIVERED", true, false);
        version("accept", "2026-11-06T09:00:00Z", MERCHANT, 9, "DELIVERED", false, true);
        assertThat(standings(7)).containsExactly("", "UNPAID", "TO_SHIP", "INSPECTED", "INSPECTED", "DISPUTED", "");
        assertThat(consignments.last(OTHER, 7))
                .allSatisfy(day -> assertThat(day.standing())
                        .isEqualTo(Map.of(
                                Standing.UNPAID, 0L,
                                Standing.TO_SHIP, 0L,
                                Standing.UNDER_WAY, 0L,
                                Standing.INSPECTED, 0L,
                                Standing.DISPUTED, 0L)));
    }

    @Test
    void what_is_with_a_carrier_is_under_way_in_either_direction() {
        version("ship", "2026-11-01T10:00:00Z", MERCHANT, 9, "SHIPPED", false, false);
        version("pickUpReturn", "2026-11-02T10:00:00Z", MERCHANT, 9, "RETURN_SHIPPED", false, false);
        assertThat(standings(2)).containsExactly("UNDER_WAY", "UNDER_WAY");
    }

    @Test
    void a_delivery_counts_on_its_day_as_kept_or_late_by_the_signed_terms() {
        version("recordDeposit", "2026-11-01T10:00:00Z", MERCHANT, 9, "PLACED", false, false);
        version("ship", "2026-11-01T11:00:00Z", MERCHANT, 9, "SHIPPED", false, false);
        version("deliver", "2026-11-02T11:00:00Z", MERCHANT, 9, "DELIVERED", false, false);
        assertThat(consignments.last(MERCHANT, 2)).extracting(Day::kept).containsExactly(0L, 1L);
        database.sql("update market_event set at = at + interval '1 second' where command = 'deliver'")
                .update();
        assertThat(consignments.last(MERCHANT, 2)).extracting(Day::kept).containsExactly(0L, 0L);
        assertThat(consignments.last(MERCHANT, 2)).extracting(Day::late).containsExactly(0L, 1L);
        assertThat(consignments.last(OTHER, 2)).extracting(Day::late).containsExactly(0L, 0L);
    }

    private List<String> standings(int days) {
        return consignments.last(MERCHANT, days).stream()
                .map(day -> day.standing().entrySet().stream()
                        .filter(entry -> entry.getValue() == 1)
                        .map(entry -> entry.getKey().name())
                        .collect(Collectors.joining(",")))
                .toList();
    }

    /** What a transaction made of the one consignment, which is to be delivered within a day. */
    private void version(
            String command,
            String at,
            PartyId merchant,
            long deposited,
            String goods,
            boolean disputed,
            boolean closed) {
        block++;
        String value = """
                {"merchant": "%s", "goods": "%s", "closed": %s, "money": {"deposited": "%d"}%s}""".formatted(
                        merchant, goods, closed, deposited, disputed ? ", \"dispute\": {\"status\": \"OPEN\"}" : "");
        database.sql("""
                        insert into domain_event (block, tx_index, tx_id, type, command, command_id, by_party, msp_id, at,
                                                  consignment_id)
                        values (?, 0, 'tx', 'type', ?, 'id', 'by', 'PlatformMSP', ?::timestamptz, 'order-days.1')""").params(block, command, at).update();
        database.sql("""
                        insert into market_event (block, tx_index, seq, type, tx_id, command, by_party, at, consignment_id,
                                                  audience, data)
                        values (?, 0, 0, 'type', 'tx', ?, 'by', ?::timestamptz, 'order-days.1', '{}', '{}')""").params(block, command, at).update();
        database.sql("insert into record_version values ('CONSIGNMENT', array['order-days.1'], ?, 0, 0, ?::jsonb)")
                .params(block, value)
                .update();
        keep("CONSIGNMENT", value);
        keep("TERMS", "{\"terms\": {\"timers\": {\"shipWithin\": 86400, \"deliverWithin\": 86400}}}");
    }

    private void keep(String kind, String value) {
        database.sql("""
                        insert into record (kind, id, value, block, tx_index, created_block, created_index)
                        values (?, array['order-days.1'], ?::jsonb, 1, 0, 1, 0)
                        on conflict (kind, id) do update set value = excluded.value""").params(kind, value).update();
    }
}
