package io.clearmarket.gateway.finance;

import static io.clearmarket.gateway.testing.LedgerFixture.BUYER;
import static io.clearmarket.gateway.testing.LedgerFixture.MERCHANT;
import static io.clearmarket.gateway.testing.LedgerFixture.digest;
import static io.clearmarket.gateway.testing.LedgerFixture.money;
import static io.clearmarket.gateway.testing.LedgerFixture.with;
import static io.clearmarket.gateway.testing.LedgerFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Goods;
import io.clearmarket.chaincode.api.Consignment.Ledgered;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.QuoteSide;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.chaincode.api.Tender;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.audit.BlockHistory;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.fabric.Write;
import io.clearmarket.gateway.finance.Statement.Account;
import io.clearmarket.gateway.finance.Statement.Balance;
import io.clearmarket.gateway.finance.Statement.InTender;
import io.clearmarket.gateway.finance.Statement.Kind;
import io.clearmarket.gateway.finance.Statement.Movement;
import io.clearmarket.gateway.readmodel.AsOf;
import io.clearmarket.gateway.readmodel.MoneyHistory;
import io.clearmarket.gateway.readmodel.ReadModelFixture;
import io.clearmarket.gateway.testing.LedgerFixture;
import io.clearmarket.gateway.testing.TestDatabase;
import io.clearmarket.wallet.json.Json;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.SAXException;
import tools.jackson.databind.node.ObjectNode;

/** Statements of three days, from the read model's tables and from blocks alone. */
class StatementTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-23");
    private static final LedgerFixture LEDGER = new LedgerFixture();
    private static MoneyHistory inTables;

    @BeforeAll
    static void trade() {
        ReadModelFixture tables = new ReadModelFixture(TestDatabase.create());
        Consignment first = LEDGER.at(at("2026-11-23T10:00:00Z")).place("order-first", MERCHANT);
        LEDGER.place("order-other", LedgerFixture.OTHER_MERCHANT);
        first = LEDGER.change(
                with(first, Goods.PLACED, LedgerFixture.held(1000)),
                "deposit.seen",
                "recordDeposit",
                BUYER,
                evidence(first, "deposit", 3));
        LEDGER.seal();
        // its clock is behind the transaction before it, and behind midnight: the ledger has no way back
        LEDGER.at(at("2026-11-24T00:00:00Z"));
        Consignment second = LEDGER.place("order-second", MERCHANT);
        LEDGER.at(at("2026-11-23T23:59:30Z"));
        first = LEDGER.change(
                with(first, Goods.DELIVERED, money(1000, 379, 621, 590, 31, 0, 0, 0, true)), "money", "accept", BUYER);
        LEDGER.seal();
        LEDGER.at(at("2026-11-24T12:00:00Z"));
        first = LEDGER.change(
                with(first, Goods.DELIVERED, money(1000, 379, 621, 590, 31, 0, 621, 0, true)),
                "paid",
                "recordPaid",
                BUYER,
                evidence(first, "payout", 7));
        LEDGER.change(with(second, Goods.PLACED, LedgerFixture.held(1000)), "deposit.seen", "recordDeposit", BUYER);
        LEDGER.seal();
        LEDGER.at(at("2026-11-25T08:00:00Z"));
        LEDGER.change(
                with(first, Goods.DELIVERED, money(1000, 0, 621, 590, 31, 379, 621, 379, true)),
                "reclaimed",
                "recordReclaim",
                BUYER,
                evidence(first, "reclaim", 1));
        LEDGER.seal();
        LEDGER.blocks().forEach(tables::apply);
        inTables = tables.history();
    }

    static Stream<MoneyHistory> histories() {
        return Stream.of(inTables, new BlockHistory(LEDGER.blocks()));
    }

    @ParameterizedTest
    @MethodSource("histories")
    void a_days_closing_is_the_next_days_opening_and_all_days_give_the_whole(MoneyHistory history) {
        List<Account> days = Stream.of(DAY, DAY.plusDays(1), DAY.plusDays(2))
                .map(day -> account(history, day, day))
                .toList();
        assertThat(days.get(0).opening()).isEqualTo(balance(0, 0, 0));
        assertThat(days.get(0).closing())
                .isEqualTo(balance(1000, 0, 0))
                .isEqualTo(days.get(1).opening());
        assertThat(days.get(1).closing())
                .isEqualTo(balance(1379, 0, 590))
                .isEqualTo(days.get(2).opening());
        assertThat(days.get(2).closing()).isEqualTo(balance(1000, 0, 590));
        Account whole = account(history, DAY, DAY.plusDays(2));
        assertThat(whole.opening()).isEqualTo(days.get(0).opening());
        assertThat(whole.closing()).isEqualTo(days.get(2).closing());
        assertThat(whole.movements())
                .containsExactlyElementsOf(
                        days.stream().flatMap(day -> day.movements().stream()).toList());
    }

    @ParameterizedTest
    @MethodSource("histories")
    void a_transaction_behind_the_ledgers_time_is_booked_at_the_ledgers_time(MoneyHistory history) {
        Movement decision =
                account(history, DAY.plusDays(1), DAY.plusDays(1)).movements().getFirst();
        assertThat(decision.kind()).isEqualTo(Kind.DECISION);
        assertThat(decision.command()).isEqualTo("accept");
        assertThat(decision.at()).isEqualTo(at("2026-11-24T00:00:00Z"));
    }

    @ParameterizedTest
    @MethodSource("histories")
    void a_payout_has_its_shares_its_rate_and_the_settlement_chains_log(MoneyHistory history) {
        Account day = account(history, DAY.plusDays(1), DAY.plusDays(1));
        Movement payout = day.movements().stream()
                .filter(movement -> movement.kind() == Kind.PAYOUT)
                .findFirst()
                .orElseThrow();
        assertThat(payout.gross()).hasToString("621");
        // 5 % of 621, rounded down
        assertThat(payout.fee()).hasToString("31");
        assertThat(payout.merchant()).hasToString("590");
        assertThat(payout.rate()).isEqualTo("1/1");
        assertThat(payout.orderCurrency()).isEqualTo("BRL");
        assertThat(payout.evm()).isEqualTo(new Statement.Evm(digest("payout"), 7, null, null));
        assertThat(day.totals().paid()).isEqualTo(day.totals().merchant());
    }

    @ParameterizedTest
    @MethodSource("histories")
    void what_went_back_is_told_in_the_orders_currency_at_the_original_rate(MoneyHistory history) {
        Account whole = account(history, DAY, DAY.plusDays(2));
        for (Kind kind : List.of(Kind.DECISION, Kind.PAYOUT)) {
            List<Movement> movements = whole.movements().stream()
                    .filter(movement -> movement.kind() == kind)
                    .toList();
            assertThat(movements).extracting(Movement::grossOrdered).containsExactly(delta(621), delta(0));
            assertThat(movements).extracting(Movement::buyerOrdered).containsExactly(delta(0), delta(379));
        }
    }

    @Test
    void parts_at_a_rate_that_divides_nothing_add_up_to_the_orders_total_in_any_order() {
        Random random = new Random(1);
        for (int run = 0; run < 200; run++) {
            long ordered = 1L + random.nextInt(20_000);
            Terms terms = terms(10_007, ordered);
            long gross = 0;
            long buyer = 0;
            Delta sum = Delta.ZERO;
            Ledgered before = Ledgered.NOTHING;
            while (gross + buyer < 10_007) {
                long more = 1L + random.nextInt((int) (10_007 - gross - buyer));
                long toBuyer = random.nextInt((int) more + 1);
                gross += more - toBuyer;
                buyer += toBuyer;
                Ledgered after = money(10_007, 10_007 - gross - buyer, gross, gross, 0, buyer, 0, 0, true);
                for (Movement movement : Movements.of(change(before, after), terms)) {
                    sum = sum.plus(movement.grossOrdered()).plus(movement.buyerOrdered());
                    assertThat(movement.grossOrdered().isNegative()).isFalse();
                    assertThat(movement.buyerOrdered().isNegative()).isFalse();
                }
                before = after;
            }
            assertThat(sum).isEqualTo(delta(ordered));
        }
    }

    @Test
    void a_tenders_movements_are_what_was_handed_over_whatever_the_parts() {
        Random random = new Random(2);
        for (int i = 0; i < 300; i++) {
            Tender tender = tender("EUR", 1 + random.nextInt(99_999), 10_007);
            Terms terms = tendered(terms(10_007, 500), tender);
            Delta sum = Delta.ZERO;
            Ledgered before = money(10_007, 10_007, 0, 0, 0, 0, 0, 0, true);
            long gross = 0;
            long buyer = 0;
            while (gross + buyer < 10_007) {
                long step = 1 + random.nextLong(10_007 - gross - buyer);
                long back = random.nextLong(step + 1);
                gross += step - back;
                buyer += back;
                Ledgered after = money(10_007, 10_007 - gross - buyer, gross, gross, 0, buyer, gross, buyer, true);
                List<Movement> movements = Movements.of(change(before, after), terms);
                assertThat(movements).hasSize(2);
                assertThat(movements.getFirst().tender())
                        .isEqualTo(movements.getLast().tender());
                InTender told = Objects.requireNonNull(movements.getFirst().tender());
                sum = sum.plus(told.gross()).plus(told.buyer());
                before = after;
            }
            assertThat(sum).isEqualTo(Delta.of(tender.amount()));
        }
    }

    @Test
    void a_tender_is_in_its_own_columns_and_in_camt053_where_the_standard_has_a_place() throws Exception {
        Account account = account(inTables, DAY, DAY.plusDays(2));
        List<String> camt = Stream.of(
                        tender("EUR", 9_200, 1_000),
                        tender("EUR", 333, 1_001),
                        tender("JPY", 15, 1_000),
                        tender(BITCOIN, 7, 1_000))
                .map(tender -> camt(withTender(account, tender)))
                .toList();
        for (String xml : camt) {
            for (Schema schema : schemas()) {
                schema.newValidator().validate(new StreamSource(new StringReader(xml)));
            }
        }
        // 621 of 1,000 are the merchant's side's; 0.092 euro for each unit
        assertThat(camt.get(0))
                .contains(
                        "<Amt Ccy=\"EUR\">57.13</Amt><CcyXchg><SrcCcy>EUR</SrcCcy><TrgtCcy>XXX</TrgtCcy><UnitCcy>XXX</UnitCcy><XchgRate>0.092</XchgRate>")
                .contains("<Ustrd>tender 5713 minor units at 46/5</Ustrd><Ustrd>tender in EUR</Ustrd>");
        assertThat(camt.get(1))
                .contains("<Amt Ccy=\"EUR\">2.07</Amt></InstdAmt>")
                .doesNotContain("CcyXchg");
        assertThat(camt.get(2)).contains("<Amt Ccy=\"JPY\">9</Amt>").contains("<XchgRate>0.015</XchgRate>");
        assertThat(camt.get(3)).doesNotContain("AmtDtls").contains("<Ustrd>tender in " + BITCOIN + "</Ustrd>");
        List<String> lines = StatementCsv.of(withTender(account, tender("EUR", 9_200, 1_000)))
                .lines()
                .toList();
        assertThat(lines.getFirst())
                .contains(",buyer_ordered,tender,tender_rate,deposited_tendered,gross_tendered,buyer_tendered,");
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).contains(",DECISION,").contains(",EUR,46/5,0,5713,0,"));
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).contains(",DEPOSIT,").contains(",EUR,46/5,9200,0,0,"));
    }

    private static final String BITCOIN = "bip122:000000000019d6689c085ae165831e93/slip44:0";

    /** At a rate of so many for a total, in its lowest terms. */
    private static Tender tender(String unit, long amount, long total) {
        long common = BigInteger.valueOf(amount).gcd(BigInteger.valueOf(total)).longValueExact();
        return new Tender(
                unit, Amount.of(amount), QuoteSide.of(amount / common), QuoteSide.of(total / common), "Example Pay");
    }

    private static Terms tendered(Terms terms, Tender tender) {
        ObjectNode json = Json.MAPPER.valueToTree(terms);
        json.withObject("quote").set("tender", Json.MAPPER.valueToTree(tender));
        return Json.MAPPER.treeToValue(json, Terms.class);
    }

    /** The statement of the three days, had the first order's buyer handed this over. */
    private static Statement withTender(Account account, Tender tender) {
        MoneyHistory tendered = new AlteredHistory(inTables, each -> tendered(each, tender), change -> true);
        assertThat(account.tendered()).isFalse();
        return statement(tendered, DAY, DAY.plusDays(2));
    }

    private static String camt(Statement statement) {
        return Camt053.of(statement, at("2026-11-26T00:00:00Z"));
    }

    private static MoneyHistory.Change change(Ledgered before, Ledgered after) {
        return new MoneyHistory.Change(
                new MoneyHistory.Place(1, 0),
                "tx",
                Instant.EPOCH,
                "accept",
                new ConsignmentId("order-odd.1"),
                before,
                after,
                null);
    }

    private static Terms terms(long total, long ordered) {
        Terms any = inTables.terms(MERCHANT).values().iterator().next();
        ObjectNode json = Json.MAPPER.valueToTree(any);
        json.put("total", Long.toString(total));
        json.withObject("orderTotal").put("amount", Long.toString(ordered));
        return Json.MAPPER.treeToValue(json, Terms.class);
    }

    private static Delta delta(long units) {
        return Delta.of(Amount.of(units));
    }

    @ParameterizedTest
    @MethodSource("histories")
    void a_day_is_complete_once_the_ledgers_time_has_passed_it(MoneyHistory history) {
        assertThat(statement(history, DAY, DAY.plusDays(1)).complete()).isTrue();
        assertThat(statement(history, DAY, DAY.plusDays(2)).complete()).isFalse();
    }

    @Test
    void tables_and_blocks_give_the_same_statement() {
        assertThat(statement(inTables, DAY, DAY.plusDays(2)))
                .isEqualTo(statement(new BlockHistory(LEDGER.blocks()), DAY, DAY.plusDays(2)));
    }

    @Test
    void a_lost_movement_is_not_hidden_by_the_balances() {
        MoneyHistory forgetful = new AlteredHistory(
                new BlockHistory(LEDGER.blocks()),
                terms -> terms,
                change -> !change.command().equals("accept"));
        assertThatThrownBy(() -> statement(forgetful, DAY, DAY.plusDays(2)))
                .hasMessageContaining("held opened with 0, moved by 1621 and closed with 1000");
    }

    @Test
    void json_of_a_statement_reads_back_as_the_same() {
        Statement statement = statement(inTables, DAY, DAY.plusDays(2));
        assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsBytes(statement), Statement.class))
                .isEqualTo(statement);
    }

    @Test
    void csv_has_a_row_for_each_movement_between_opening_and_closing() {
        Statement statement = statement(inTables, DAY, DAY.plusDays(2));
        List<String> lines = StatementCsv.of(statement).lines().toList();
        assertThat(lines)
                .hasSize(1 + 2 + statement.accounts().getFirst().movements().size());
        assertThat(lines)
                .allSatisfy(
                        line -> assertThat(line.chars().filter(c -> c == ',')).hasSize(29));
        assertThat(lines.get(1)).contains(",OPENING,2026-11-23,").endsWith(",0,0,0");
        assertThat(lines.getLast()).contains(",CLOSING,2026-11-25,").endsWith(",1000,0,590");
    }

    @Test
    void camt053_keeps_to_its_schema_and_its_entries_tie_to_the_balances() throws Exception {
        String xml = Camt053.of(statement(inTables, DAY, DAY.plusDays(2)), at("2026-11-26T00:00:00Z"));
        for (Schema schema : schemas()) {
            schema.newValidator().validate(new StreamSource(new StringReader(xml)));
            String wrong = xml.replace("<CdtDbtInd>DBIT</CdtDbtInd>", "<CdtDbtInd>OUT</CdtDbtInd>");
            assertThatThrownBy(() -> schema.newValidator().validate(new StreamSource(new StringReader(wrong))))
                    .isInstanceOf(SAXException.class);
        }
        assertThat(xml)
                .contains("<TtlCdtNtries><NbOfNtries>1</NbOfNtries><Sum>590</Sum></TtlCdtNtries>")
                .contains("<TtlDbtNtries><NbOfNtries>1</NbOfNtries><Sum>590</Sum></TtlDbtNtries>");
    }

    @Test
    void an_amount_of_more_digits_than_camt053_has_is_refused() {
        Account account = account(inTables, DAY, DAY);
        Balance large = new Balance(Amount.ZERO, Amount.parse("1000000000000000000"), Amount.ZERO);
        Statement statement = new Statement(
                MERCHANT,
                DAY,
                DAY,
                statement(inTables, DAY, DAY).asOf(),
                true,
                List.of(new Account(account.asset(), large, List.of(), large, account.totals())));
        assertThatThrownBy(() -> Camt053.of(statement, Instant.EPOCH)).isInstanceOf(Camt053.TooLarge.class);
    }

    /** What of the standard's schema this message needs; and the whole of it, if {@code -Dclearmarket.camt053.xsd} says where. */
    private static List<Schema> schemas() throws SAXException {
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        Schema own = factory.newSchema(StatementTest.class.getResource("/finance/camt.053-used.xsd"));
        String whole = System.getProperty("clearmarket.camt053.xsd");
        return whole == null
                ? List.of(own)
                : List.of(own, factory.newSchema(Path.of(whole).toFile()));
    }

    private static Write evidence(Consignment about, String transaction, long log) {
        return write(
                RecordKind.EVIDENCE,
                new Records.UsedEvidence(about.id()),
                "31337",
                digest(transaction).hex(),
                Long.toString(log));
    }

    private static Account account(MoneyHistory history, LocalDate from, LocalDate to) {
        return statement(history, from, to).accounts().getFirst();
    }

    private static Statement statement(MoneyHistory history, LocalDate from, LocalDate to) {
        LedgerBlock newest = LEDGER.blocks().getLast();
        return new StatementMaker(history, new AsOf(newest.number(), newest.hash())).of(MERCHANT, from, to);
    }

    private static Balance balance(long held, long receivable, long paid) {
        return new Balance(Amount.of(held), Amount.of(receivable), Amount.of(paid));
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }
}
