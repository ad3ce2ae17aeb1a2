package io.clearmarket.gateway.readmodel;

import static io.clearmarket.gateway.testing.LedgerFixture.ARBITER;
import static io.clearmarket.gateway.testing.LedgerFixture.BUYER;
import static io.clearmarket.gateway.testing.LedgerFixture.CARRIER;
import static io.clearmarket.gateway.testing.LedgerFixture.MERCHANT;
import static io.clearmarket.gateway.testing.LedgerFixture.OTHER_MERCHANT;
import static io.clearmarket.gateway.testing.LedgerFixture.START;
import static io.clearmarket.gateway.testing.LedgerFixture.STRANGER;
import static io.clearmarket.gateway.testing.LedgerFixture.decided;
import static io.clearmarket.gateway.testing.LedgerFixture.digest;
import static io.clearmarket.gateway.testing.LedgerFixture.held;
import static io.clearmarket.gateway.testing.LedgerFixture.money;
import static io.clearmarket.gateway.testing.LedgerFixture.with;
import static io.clearmarket.gateway.testing.LedgerFixture.write;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Goods;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Money;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.chaincode.api.SaleOffer;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.testing.LedgerFixture;
import io.clearmarket.gateway.testing.TestDatabase;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadModelTest {
    private final LedgerFixture ledger = new LedgerFixture();
    private TestDatabase database;
    private ReadModelProjection projection;
    private JdbcReadModel model;
    private JdbcMoneyAudit audit;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        projection = new ReadModelProjection(
                database.template(), new MarketEventWriter(database.template(), database.client()));
        model = new JdbcReadModel(database.client(), database.transactions());
        audit = new JdbcMoneyAudit(database.client());
    }

    @Test
    void a_record_is_answered_as_the_chaincode_wrote_it() {
        Consignment shipped = shipped("order-0001");
        apply();
        assertThat(model.consignment(shipped.id())).contains(shipped);
        assertThat(model.order(shipped.orderId()).map(Records.Order::consignments))
                .contains(List.of(shipped.id()));
        assertThat(model.terms(shipped.id())).map(t -> t.terms().hash()).contains(shipped.termsHash());
    }

    @Test
    void every_version_tells_who_when_and_by_which_command() {
        Consignment shipped = shipped("order-0001");
        apply();
        List<Version> history = history(shipped, null, 10).items();
        assertThat(history).extracting(Version::command).containsExactly("placeOrder", "recordDeposit", "ship");
        assertThat(history).extracting(Version::by).containsExactly(BUYER, STRANGER, MERCHANT);
        assertThat(history)
                .extracting(v -> requireNonNull(v.value()).path("version").asInt())
                .containsExactly(1, 2, 3);
        assertThat(history).allSatisfy(v -> {
            assertThat(v.transactionId()).hasSize(64);
            assertThat(v.at()).isEqualTo(START);
            assertThat(v.endorsers()).isEqualTo(LedgerFixture.ENDORSERS);
        });
    }

    @Test
    void a_history_is_told_in_parts_and_whole() {
        Consignment shipped = shipped("order-0001");
        apply();
        List<Version> whole = history(shipped, null, 3).items();
        Page<Version> first = history(shipped, null, 2);
        Page<Version> second = history(shipped, first.next(), 2);
        assertThat(first.items()).isEqualTo(whole.subList(0, 2));
        assertThat(second.items()).isEqualTo(whole.subList(2, 3));
        assertThat(second.next()).isNull();
        assertThat(history(shipped, null, 3).next()).isNull();
        for (Version version : whole) {
            assertThat(model.version(
                            RecordKind.CONSIGNMENT, List.of(shipped.id().value()), version.transactionId()))
                    .contains(version);
        }
    }

    private Page<Version> history(Consignment of, @Nullable String cursor, int limit) {
        return model.history(RecordKind.CONSIGNMENT, List.of(of.id().value()), cursor, limit);
    }

    @Test
    void consignments_are_found_by_arbiter_referrer_and_by_what_is_due() {
        Consignment shipped = shipped("order-0001");
        apply();
        Terms terms = model.terms(shipped.id()).orElseThrow().terms();
        EthAddress referrer = terms.escrow().referrer();
        Instant due = requireNonNull(shipped.deadlines().payBy());
        assertThat(found(terms.arbiters().getFirst(), referrer, due.plusSeconds(1)))
                .containsExactly(shipped);
        assertThat(found(terms.arbiters().getFirst(), null, null)).containsExactly(shipped);
        assertThat(found(null, referrer, null)).containsExactly(shipped);
        assertThat(found(null, null, due)).isEmpty();
        assertThat(found(shipped.buyer(), null, null)).isEmpty();
        assertThat(found(null, EthAddress.parse("0x" + "77".repeat(20)), null)).isEmpty();
    }

    private List<Consignment> found(
            @Nullable PartyId arbiter, @Nullable EthAddress referrer, @Nullable Instant dueBefore) {
        ConsignmentFilter filter = new ConsignmentFilter(null, null, null, null, null, arbiter, referrer, dueBefore);
        return model.consignments(Viewer.GATEWAY, filter, null, 10).items();
    }

    @Test
    void each_party_sees_its_own_consignments_and_nobody_elses() {
        Consignment mine = shipped("order-0001");
        ledger.place("order-0002", OTHER_MERCHANT);
        ledger.seal();
        apply();
        assertThat(seenBy(MERCHANT)).containsExactly("order-0001.1");
        assertThat(seenBy(BUYER)).containsExactly("order-0002.1", "order-0001.1");
        assertThat(seenBy(CARRIER)).containsExactly("order-0001.1");
        assertThat(seenBy(ARBITER)).containsExactly("order-0002.1", "order-0001.1");
        assertThat(seenBy(STRANGER)).isEmpty();
        assertThat(model.maySee(new Viewer(false, STRANGER), mine.id())).isFalse();
        assertThat(model.maySee(new Viewer(false, CARRIER), mine.id())).isTrue();
        assertThat(model.orders(new Viewer(false, OTHER_MERCHANT), null, 10).items())
                .extracting(o -> o.id().value())
                .containsExactly("order-0002");
        assertThat(model.orders(new Viewer(false, null), null, 10).items()).isEmpty();
    }

    @Test
    void a_cursor_walks_every_consignment_once_while_others_change() {
        for (int i = 10; i < 35; i++) {
            ledger.place("order-00" + i, MERCHANT);
            if (i % 4 == 0) {
                ledger.seal();
            }
        }
        ledger.seal();
        apply();
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            Page<Consignment> page = model.consignments(Viewer.GATEWAY, ConsignmentFilter.ALL, cursor, 7);
            page.items().forEach(c -> seen.add(c.id().value()));
            cursor = page.next();
        } while (cursor != null);
        assertThat(seen).hasSize(25).doesNotHaveDuplicates();
        assertThatThrownBy(() -> model.consignments(Viewer.GATEWAY, ConsignmentFilter.ALL, "?", 7))
                .isInstanceOf(InvalidQuery.class);
        assertThatThrownBy(() -> model.consignments(Viewer.GATEWAY, ConsignmentFilter.ALL, null, 201))
                .isInstanceOf(InvalidQuery.class);
    }

    @Test
    void cases_and_reviews_of_a_consignment_come_by_number_and_in_parts() {
        ConsignmentId id = shipped("order-0001").id();
        for (int number : new int[] {10, 2, 1}) {
            ledger.transaction(
                    BUYER,
                    null,
                    write(RecordKind.CASE, question(id, number), id.value(), Integer.toString(number)),
                    write(RecordKind.REVIEW, review(id, number), id.value(), Integer.toString(number)));
        }
        ledger.seal();
        apply();
        Page<Records.Case> first = model.cases(id, null, 2);
        assertThat(first.items()).extracting(Records.Case::number).containsExactly(1, 2);
        Page<Records.Case> rest = model.cases(id, first.next(), 2);
        assertThat(rest.items()).extracting(Records.Case::number).containsExactly(10);
        assertThat(rest.next()).isNull();
        assertThat(model.reviews(id)).extracting(Records.Review::line).containsExactly(1, 2, 10);
        assertThatThrownBy(() -> model.cases(id, null, 201)).isInstanceOf(InvalidQuery.class);
        assertThatThrownBy(() -> model.cases(id, "?", 2)).isInstanceOf(InvalidQuery.class);
    }

    private static Records.Case question(ConsignmentId id, int number) {
        return new Records.Case(
                id, number, Command.CaseKind.QUESTION, BUYER, Digest.ZERO, START, START.plusSeconds(3600), null, null);
    }

    private static Records.Review review(ConsignmentId id, int line) {
        return new Records.Review(id, line, BUYER, MERCHANT, 3, Digest.ZERO, START, null, null);
    }

    @Test
    void a_merchants_offers_are_walked_newest_first_and_nobody_elses() {
        List<Digest> published = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            SaleOffer offer = offer(i % 3 == 2 ? OTHER_MERCHANT : MERCHANT, i);
            published.add(offer.hash());
            ledger.transaction(
                    offer.merchant(),
                    null,
                    write(RecordKind.OFFER, offer, offer.hash().hex()));
        }
        ledger.seal();
        apply();
        List<Digest> seen = new ArrayList<>();
        String cursor = null;
        do {
            Page<SaleOffer> page = model.offers(MERCHANT, cursor, 2);
            page.items().forEach(offer -> seen.add(offer.hash()));
            cursor = page.next();
        } while (cursor != null);
        assertThat(seen)
                .containsExactly(
                        published.get(6), published.get(4), published.get(3), published.get(1), published.get(0));
        assertThat(model.offers(null, null, 200).items()).hasSize(7);
        assertThat(model.offers(BUYER, null, 200).items()).isEmpty();
    }

    private static SaleOffer offer(PartyId merchant, int number) {
        return new SaleOffer(
                "clearmarket:test:market",
                merchant,
                "p-1",
                "09521234123453",
                new Money(Amount.of(1000), "BRL"),
                0,
                START,
                START.plusSeconds(3600),
                10,
                2,
                digest("offer " + number));
    }

    @Test
    void one_transaction_tells_all_that_it_means() {
        Consignment placed = ledger.place("order-0001", MERCHANT);
        ledger.seal();
        Consignment funded =
                ledger.change(with(placed, Goods.PLACED, held(1000)), "consignment.funded", "recordDeposit", STRANGER);
        ledger.seal();
        Consignment accepted =
                ledger.change(with(funded, Goods.DELIVERED, decided(1000, 0)), "consignment.accepted", "accept", BUYER);
        ledger.change(with(accepted, Goods.DELIVERED, decided(1000, 1000)), "consignment.paid", "recordPaid", STRANGER);
        ledger.seal();
        apply();
        assertThat(model.eventsAfter(EventPosition.START, new Viewer(false, MERCHANT), 100))
                .extracting(e -> e.position() + " " + e.type())
                .containsExactly(
                        "0.0.0 order.placed",
                        "1.0.0 consignment.funded",
                        "1.0.1 deposit.seen",
                        "2.0.0 consignment.accepted",
                        "2.0.1 consignment.delivered",
                        "2.0.2 consignment.decided",
                        "2.1.0 consignment.paid");
        assertThat(model.eventsAfter(EventPosition.parse("1.0.0"), Viewer.GATEWAY, 1))
                .extracting(MarketEvent::type)
                .containsExactly("deposit.seen");
        assertThat(model.eventsAfter(EventPosition.parse("1.0"), Viewer.GATEWAY, 1))
                .extracting(MarketEvent::type)
                .containsExactly("consignment.accepted");
        assertThat(model.eventsAfter(EventPosition.START, new Viewer(false, OTHER_MERCHANT), 100))
                .isEmpty();
        assertThat(model.unpaid(null, 10)).isEmpty();
    }

    @Test
    void what_is_decided_but_not_paid_and_what_is_overdue_can_be_found() {
        Consignment placed = ledger.place("order-0001", MERCHANT);
        ledger.change(with(placed, Goods.DELIVERED, decided(1000, 0)), "consignment.accepted", "accept", BUYER);
        ledger.seal();
        apply();
        assertThat(model.unpaid(null, 10)).extracting(c -> c.id().value()).containsExactly("order-0001.1");
        assertThat(model.unpaid(placed.id(), 10)).isEmpty();
        assertThat(model.overdue(START, 0, 10)).isEmpty();
        assertThat(model.overdue(START.plusSeconds(4000), 0, 10)).hasSize(1);
        assertThat(model.overdue(START.plusSeconds(4000), 1, 10)).isEmpty();
        assertThat(model.byEscrow(placed.escrowId())).isPresent();
    }

    @Test
    void sound_money_passes_the_conservation_check_and_each_breach_is_named() {
        Consignment placed = ledger.place("order-0001", MERCHANT);
        ledger.change(with(placed, Goods.DELIVERED, decided(1000, 950)), "consignment.accepted", "accept", BUYER);
        ledger.seal();
        apply();
        assertThat(audit.conservation().differing()).isEmpty();
        assertThat(audit.conservation().checked()).isEqualTo(1);
        assertThat(audit.conservation(placed.id()))
                .map(MoneyAudit.Line::settled)
                .contains(false);

        breach(placed, money(1000, 1, 1000, 950, 50, 0, 0, 0, true), "DEPOSITED_NOT_HELD_PLUS_DECIDED");
        breach(placed, money(1000, 0, 1000, 951, 50, 0, 0, 0, true), "GROSS_NOT_SUM_OF_SHARES");
        breach(placed, money(1000, 0, 1000, 949, 51, 0, 0, 0, true), "FEE_NOT_AS_AGREED");
        breach(placed, money(999, 999, 0, 0, 0, 0, 0, 0, false), "DEPOSIT_NOT_THE_TOTAL");
        breach(placed, money(1000, 0, 1000, 950, 50, 0, 1001, 0, true), "PAID_MORE_THAN_DECIDED");
    }

    private void breach(Consignment placed, Consignment.Ledgered money, String name) {
        ledger.change(with(placed, Goods.DELIVERED, money), "consignment.accepted", "accept", BUYER);
        LedgerBlock block = ledger.seal();
        database.transaction().executeWithoutResult(status -> projection.apply(block));
        assertThat(audit.conservation().differing())
                .singleElement()
                .satisfies(line -> assertThat(line.breaches()).containsExactly(name));
        assertThat(audit.lines(null, 10).items()).hasSize(1);
    }

    @Test
    void an_auditor_finds_things_by_id_or_its_beginning() {
        Consignment shipped = shipped("order-0001");
        ledger.invalidTransaction(BUYER);
        ledger.seal();
        apply();
        assertThat(audit.search("order-0001")).extracting(MoneyAudit.Hit::kind).containsExactly("consignment", "order");
        assertThat(audit.search(shipped.escrowId().hex()))
                .extracting(MoneyAudit.Hit::id)
                .containsExactly("order-0001.1");
        assertThat(audit.search("0x" + shipped.escrowId().hex())).hasSize(1);
        String transaction = history(shipped, null, 10).items().get(1).transactionId();
        assertThat(audit.search(transaction.substring(0, 10)))
                .singleElement()
                .satisfies(hit -> assertThat(hit.about()).isEqualTo(shipped.id()));
        assertThat(audit.search("order%")).isEmpty();
        assertThat(audit.search("' or 1=1 --")).isEmpty();
    }

    @Test
    void rebuilt_from_block_0_every_table_is_equal_byte_for_byte() {
        shipped("order-0001");
        shipped("order-0002");
        ledger.transaction(MERCHANT, null, ledger.epcisEvent("commissioning", digest("doc"), MERCHANT));
        ledger.invalidTransaction(BUYER);
        ledger.seal();
        apply();
        String before = dump();
        assertThat(before).contains("MVCC_READ_CONFLICT").contains("order-0002");
        projection.reset();
        assertThat(dump()).doesNotContain("order-0002");
        apply();
        assertThat(dump()).isEqualTo(before);
    }

    private Consignment shipped(String order) {
        Consignment placed = ledger.place(order, MERCHANT);
        ledger.seal();
        Consignment funded =
                ledger.change(with(placed, Goods.PLACED, held(1000)), "consignment.funded", "recordDeposit", STRANGER);
        ledger.seal();
        Consignment shipped = ledger.change(
                with(funded, Goods.SHIPPED, held(1000)),
                "consignment.shipped",
                "ship",
                MERCHANT,
                ledger.epcisEvent("shipping " + order, digest("doc"), MERCHANT));
        ledger.seal();
        return shipped;
    }

    private void apply() {
        ledger.blocks()
                .forEach(block -> database.transaction().executeWithoutResult(status -> projection.apply(block)));
    }

    private List<String> seenBy(PartyId party) {
        return model.consignments(new Viewer(false, party), ConsignmentFilter.ALL, null, 10).items().stream()
                .map(c -> c.id().value())
                .toList();
    }

    private String dump() {
        StringBuilder text = new StringBuilder();
        for (String table :
                List.of("block", "ledger_transaction", "record_version", "record", "domain_event", "market_event")) {
            for (Map<String, Object> row :
                    database.template().queryForList("select t::text as line from " + table + " t order by 1")) {
                text.append(table).append(row.get("line")).append('\n');
            }
        }
        return text.toString();
    }
}
