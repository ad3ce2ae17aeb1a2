package io.clearmarket.gateway.audit;

import static io.clearmarket.gateway.testing.LedgerFixture.BUYER;
import static io.clearmarket.gateway.testing.LedgerFixture.MERCHANT;
import static io.clearmarket.gateway.testing.LedgerFixture.held;
import static io.clearmarket.gateway.testing.LedgerFixture.money;
import static io.clearmarket.gateway.testing.LedgerFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Goods;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.readmodel.AsOf;
import io.clearmarket.gateway.readmodel.MoneyAudit;
import io.clearmarket.gateway.readmodel.MoneyAudit.Line;
import io.clearmarket.gateway.readmodel.MoneyAudit.Part;
import io.clearmarket.gateway.readmodel.Page;
import io.clearmarket.gateway.readmodel.ReadModelFixture;
import io.clearmarket.gateway.testing.LedgerFixture;
import io.clearmarket.gateway.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The list of the conservation check, in SQL over tables and anew from blocks: of money that adds up and of each way in which it does not. */
class ConservationLinesTest {
    private static final LedgerFixture LEDGER = new LedgerFixture();
    private static final Map<String, Consignment.Ledgered> MONEY = Map.of(
            "sound", held(1000),
            "unpaid", money(0, 0, 0, 0, 0, 0, 0, 0, false),
            "more", money(1000, 1, 1000, 950, 50, 0, 0, 0, true),
            "shares", money(1000, 0, 1000, 951, 50, 0, 0, 0, true),
            "fee", money(1000, 0, 1000, 949, 51, 0, 0, 0, true),
            "total", money(999, 999, 0, 0, 0, 0, 0, 0, false),
            "paid", money(1000, 0, 1000, 950, 50, 0, 1001, 0, true));

    private static MoneyAudit inTables;

    @BeforeAll
    static void trade() {
        ReadModelFixture tables = new ReadModelFixture(TestDatabase.create());
        MONEY.forEach((order, money) -> {
            Consignment placed = LEDGER.place("order-" + order, MERCHANT);
            LEDGER.seal();
            LEDGER.change(with(placed, Goods.DELIVERED, money), "consignment.accepted", "accept", BUYER);
        });
        LEDGER.seal();
        LEDGER.blocks().forEach(tables::apply);
        inTables = tables.audit();
    }

    @Test
    void the_ledger_gives_the_same_list_as_the_tables_in_parts_of_any_size() {
        for (int limit = 1; limit <= 8; limit++) {
            assertThat(wrong(parts(limit))).as("%s at once", limit).isEmpty();
        }
        assertThat(parts(8).getFirst().items())
                .filteredOn(line -> line.breaches().isEmpty())
                .hasSize(2);
    }

    @Test
    void what_is_left_out_invented_moved_or_changed_is_named() {
        List<Part> parts = parts(3);
        Part first = parts.getFirst();
        List<Line> items = first.items();
        assertThat(wrong(List.of(saying(first, items.subList(1, 3))))).isNotEmpty();
        assertThat(wrong(List.of(saying(first, List.of(items.get(1), items.get(0), items.get(2))))))
                .isNotEmpty();
        assertThat(wrong(List.of(saying(first, List.of(items.get(0), items.get(0), items.get(1))))))
                .isNotEmpty();
        assertThat(wrong(List.of(first, parts.get(2)))).isNotEmpty();
        assertThat(wrong(List.of(new Part(items, null, first.asOf()))))
                .containsExactly("consignments: more of them after 3: expected true, found false");
        Part last = parts.getLast();
        assertThat(wrong(List.of(first, parts.get(1), new Part(last.items(), "more", last.asOf()))))
                .containsExactly("consignments: more of them after 7: expected false, found true");
    }

    private static List<String> wrong(List<Part> parts) {
        Differences differences = new Differences();
        ConservationLines own = ConservationLines.of(LEDGER.blocks());
        Line before = null;
        for (Part part : parts) {
            own.compare(before, part, differences);
            before = part.items().getLast();
        }
        return differences.lines();
    }

    private static List<Part> parts(int limit) {
        LedgerBlock newest = LEDGER.blocks().getLast();
        List<Part> parts = new ArrayList<>();
        String cursor = null;
        do {
            Page<Line> page = inTables.lines(cursor, limit);
            parts.add(new Part(page.items(), page.next(), new AsOf(newest.number(), newest.hash())));
            cursor = page.next();
        } while (cursor != null);
        return parts;
    }

    private static Part saying(Part part, List<Line> items) {
        return new Part(items, part.next(), part.asOf());
    }
}
