package io.clearmarket.gateway.readmodel;

import static io.clearmarket.gateway.testing.LedgerFixture.EPC;
import static io.clearmarket.gateway.testing.LedgerFixture.MERCHANT;
import static io.clearmarket.gateway.testing.LedgerFixture.START;
import static io.clearmarket.gateway.testing.LedgerFixture.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.gateway.testing.LedgerFixture;
import io.clearmarket.gateway.testing.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An item with more events than one part of a list may hold, and their order is not the ledger's. */
class ItemEventsTest {
    private static final int MANY = ReadModel.MAX_LIMIT + 5;
    private static final Epc ITEM = new Epc(EPC);
    private static final Epc OTHER = Epc.of("09521234123453", "A-2");

    private static ItemEvents events;
    private static ReadModel model;

    @BeforeAll
    static void recorded() {
        TestDatabase database = TestDatabase.create();
        LedgerFixture ledger = new LedgerFixture();
        ReadModelFixture readModel = new ReadModelFixture(database);
        for (int i = MANY - 1; i >= 0; i--) {
            // two at a time have one time; the last that the ledger hears of is the first that happened
            told(ledger, "step " + i, START.plusSeconds(i / 2));
        }
        told(ledger, "commissioning", START.plusSeconds(7));
        told(ledger, "commissioning", START.minusSeconds(7));
        readModel.apply(ledger.seal());
        model = readModel.model();
        events = new ItemEvents(database.client());
    }

    private static void told(LedgerFixture ledger, String step, Instant time) {
        ledger.transaction(MERCHANT, null, ledger.epcisEvent(step, time, digest(step + time), MERCHANT));
    }

    @Test
    void parts_together_are_all_events_once_each_by_time_and_name() {
        List<Records.Recorded> all = inParts(ITEM, 30);
        assertThat(all)
                .hasSize(MANY + 2)
                .isEqualTo(inParts(ITEM, 200))
                .isEqualTo(events.numbered(ITEM, 1, MANY + 2))
                .isSortedAccordingTo(ItemEventsTest::byTimeAndName)
                .doesNotHaveDuplicates();
        assertThat(events.count(ITEM)).isEqualTo(MANY + 2);
        assertThat(model.item(ITEM)).map(Records.Item::custodian).contains(MERCHANT);
    }

    @Test
    void an_event_is_found_by_its_number_and_its_number_by_its_name() {
        assertThat(events.numbered(ITEM, 1, 1))
                .singleElement()
                .satisfies(first -> assertThat(first.event().eventTime()).isEqualTo(START.minusSeconds(7)));
        List<Records.Recorded> newest = events.numbered(ITEM, MANY - 1, MANY + 100);
        assertThat(newest).hasSize(4);
        String last = newest.getLast().event().eventId();
        assertThat(events.numbers(ITEM, List.of(last, "ni:///sha-256;" + "0".repeat(64) + "?ver=CBV2.0")))
                .containsOnlyKeys(last)
                .containsEntry(last, MANY + 2);
    }

    @Test
    void the_first_commissioning_is_the_one_that_the_ledger_heard_of_first() {
        assertThat(events.firstRecorded(ITEM, "commissioning"))
                .map(made -> made.event().eventTime())
                .contains(START.plusSeconds(7));
        assertThat(events.firstRecorded(ITEM, "decommissioning")).isEmpty();
    }

    @Test
    void of_an_item_that_nobody_told_of_there_is_none() {
        assertThat(events.count(OTHER)).isZero();
        assertThat(events.page(OTHER, null, 10).items()).isEmpty();
        assertThat(events.numbered(OTHER, 1, 10)).isEmpty();
    }

    @Test
    void a_place_that_no_part_ended_with_is_refused() {
        for (String cursor :
                List.of("x", new Cursor(Long.MIN_VALUE, 0, "").encode(), new Cursor(Long.MAX_VALUE, 0, "").encode())) {
            assertThatThrownBy(() -> events.page(ITEM, cursor, 10)).as(cursor).isInstanceOf(InvalidQuery.class);
        }
    }

    private static int byTimeAndName(Records.Recorded one, Records.Recorded other) {
        int time = one.event().eventTime().compareTo(other.event().eventTime());
        return time == 0 ? one.event().eventId().compareTo(other.event().eventId()) : time;
    }

    private static List<Records.Recorded> inParts(Epc item, int limit) {
        List<Records.Recorded> all = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page<Records.Recorded> part = events.page(item, cursor, limit);
            assertThat(part.items()).hasSizeLessThanOrEqualTo(limit);
            all.addAll(part.items());
            cursor = part.next();
        } while (cursor != null);
        return all;
    }
}
