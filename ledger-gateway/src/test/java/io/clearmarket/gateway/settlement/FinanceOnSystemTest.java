package io.clearmarket.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.audit.Recheck;
import io.clearmarket.gateway.chain.ChainFixture;
import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.gateway.chain.EscrowReader;
import io.clearmarket.gateway.config.Language;
import io.clearmarket.gateway.finance.Camt053;
import io.clearmarket.gateway.finance.Delta;
import io.clearmarket.gateway.finance.Solvency;
import io.clearmarket.gateway.finance.SolvencyCheck;
import io.clearmarket.gateway.finance.Statement;
import io.clearmarket.gateway.pages.Messages;
import io.clearmarket.gateway.readmodel.AsOf;
import io.clearmarket.gateway.readmodel.MoneyAudit;
import io.clearmarket.gateway.testing.Browser;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.wallet.json.Json;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What finance and auditors are told of money on both ledgers, and a recheck of it from one's own peer and node. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FinanceOnSystemTest {
    private static MoneyTestMarket market;

    /** 1,000 and 500 are held; of 100,000 the merchant gets 60,001, and all of 800 and 700. */
    @BeforeAll
    static void start() throws Exception {
        market = MoneyTestMarket.start();
        held("order-quorum", 1_000);
        held("order-repeat", 500);
        Terms paid = held("order-paid", 100_000);
        market.accept(paid, 60_001);
        market.await(paid, "the first payout", it -> it.money().paidGross().equals(Amount.of(60_001)));
        market.refundRest(paid);
        Terms second = held("order-pause", 800);
        market.accept(second, 800);
        Terms third = held("order-stopped", 700);
        market.accept(third, 700);
        for (Terms terms : List.of(paid, second, third)) {
            market.await(terms, "the payout", it -> it.closed() && it.money().isSettled());
        }
        market.system.awaitRead();
    }

    @AfterAll
    static void stop() {
        market.close();
    }

    private static Terms held(String order, long total) {
        Terms terms = market.place(order, total);
        market.deposit(terms);
        market.await(terms, "the deposit on the ledger", it -> it.money().held().equals(Amount.of(total)));
        return terms;
    }

    @Test
    void the_contract_is_solvent_and_a_recheck_from_both_ledgers_says_the_same() throws Exception {
        Solvency said = MoneyTestMarket.await(
                "the read model to know of the last payout",
                () -> Json.MAPPER.treeToValue(
                        MoneyTestMarket.accepted(market.http("auditor").get("/api/v1/solvency"))
                                .body(),
                        Solvency.class),
                answer -> answer.differences().isEmpty());
        assertThat(said.sound()).isTrue();
        // order-quorum's 1,000 and order-repeat's 500 are held, all else is paid
        Solvency.OfAsset sums = said.assets().getFirst();
        assertThat(sums.held()).hasToString("1500");
        assertThat(sums.owedByLedger()).isEqualTo(sums.owedByContract()).isEqualTo(sums.balance());
        assertThat(market.http("merchant").get("/api/v1/solvency").status()).isEqualTo(403);

        assertThat(recheck(again -> again.of(said, null))).isEmpty();
        Solvency lie = new Solvency(said.ledger(), said.chain(), true, List.of(), List.of());
        assertThat(recheck(again -> again.of(lie, null)))
                .singleElement()
                .asString()
                .contains("solvency.assets[0]")
                .endsWith("found nothing");
    }

    @Test
    void a_recheck_of_the_conservation_check_says_the_same_and_finds_a_lie() throws Exception {
        ObjectNode answer =
                (ObjectNode) MoneyTestMarket.accepted(market.http("auditor").get("/api/v1/audit/conservation"))
                        .body();
        AsOf asOf = Json.MAPPER.treeToValue(answer.remove("asOf"), AsOf.class);
        MoneyAudit.Conservation said = Json.MAPPER.treeToValue(answer, MoneyAudit.Conservation.class);
        assertThat(said.totals()).isNotEmpty();
        assertThat(recheck(again -> again.of(said, asOf))).isEmpty();
        MoneyAudit.Conservation lie = new MoneyAudit.Conservation(said.checked() - 1, said.totals(), said.differing());
        assertThat(recheck(again -> again.of(lie, asOf)))
                .containsExactly("conservation: checked: expected " + said.checked() + ", found " + lie.checked());
    }

    @Test
    void a_recheck_of_the_checks_consignments_says_the_same_and_names_each_lie_on_either_ledger() throws Exception {
        List<MoneyAudit.Part> said = parts();
        assertThat(said).hasSizeGreaterThan(1);
        assertThat(recheck(again -> again.of(said))).isEmpty();

        MoneyAudit.Part first = said.getFirst();
        String json = Json.MAPPER.writeValueAsString(first);
        String id = first.items().getFirst().id().value();
        String gross = "\"gross\":\"" + first.items().getFirst().gross();
        MoneyAudit.Part lie = Json.MAPPER.readValue(json.replace(gross, gross + "1"), MoneyAudit.Part.class);
        assertThat(recheck(again -> again.of(List.of(lie, said.get(1)))))
                .singleElement()
                .asString()
                .startsWith("consignments after none[0].gross: the gateway's answer: expected");
        MoneyAudit.Part hiding =
                new MoneyAudit.Part(first.items().subList(1, first.items().size()), first.next(), first.asOf());
        assertThat(recheck(again -> again.of(List.of(hiding, said.get(1)))))
                .anySatisfy(line -> assertThat(line).contains("[0].id").contains("expected \"" + id));
        MoneyAudit.Part otherLedger = new MoneyAudit.Part(
                first.items(), first.next(), new AsOf(first.asOf().block(), Digest.ZERO));
        assertThat(recheck(again -> again.of(List.of(otherLedger))))
                .singleElement()
                .asString()
                .startsWith("ledger: hash of block");

        // the same ledger beside a contract on which nothing has happened
        try (ChainFixture empty = ChainFixture.start();
                EscrowReader node = empty.reader()) {
            MoneyTestMarket.await(
                    "the contract to be final",
                    () -> node.finalizedBlock().number(),
                    number -> number > node.firstBlock());
            assertThat(new Recheck(market.ledger(), node).of(said))
                    .contains(
                            "order-paid.1: deposited on the chain: expected true, found false",
                            "order-paid.1: paid gross on the chain: expected at least 60001, found 0",
                            "order-paid.1: paid to the payer on the chain: expected at least 39999, found 0")
                    .allSatisfy(line -> assertThat(line).contains("on the chain"));
        }
    }

    /** The list of the check's consignments, two at once. */
    private static List<MoneyAudit.Part> parts() {
        List<MoneyAudit.Part> parts = new ArrayList<>();
        String next = "";
        while (next != null) {
            MoneyAudit.Part part = Json.MAPPER.treeToValue(
                    MoneyTestMarket.accepted(market.http("auditor")
                                    .get("/api/v1/audit/conservation/consignments?limit=2" + next))
                            .body(),
                    MoneyAudit.Part.class);
            parts.add(part);
            next = part.next() == null ? null : "&cursor=" + part.next();
        }
        return parts;
    }

    @Test
    void a_recheck_of_a_search_says_the_same_and_names_what_was_hidden_and_what_was_invented() throws Exception {
        Consignment known = market.consignment(ConsignmentId.of(new OrderId("order-repeat"), 1));
        String address = market.system.person("buyer").ethKey().address().toString();
        String transaction = market.system
                .context()
                .getBean(JdbcClient.class)
                .sql("select id from ledger_transaction where id <> '' order by block desc limit 1")
                .query(String.class)
                .single();
        String escrow = known.escrowId().hex();
        for (String text : List.of("order-", "order-repeat", escrow, "0x" + escrow, address, transaction, "order")) {
            assertThat(recheckedSearch(text, hits -> hits)).as(text).isEmpty();
        }
        assertThat(recheckedSearch(escrow, hits -> List.of()))
                .containsExactly("search: on the ledger: expected consignment " + known.id() + " about " + known.id()
                        + ", found nothing");
        MoneyAudit.Hit invented = new MoneyAudit.Hit("order", "order-repeat-2", null);
        assertThat(recheckedSearch(
                        "order-repeat",
                        hits -> Stream.concat(hits.stream(), Stream.of(invented))
                                .toList()))
                .containsExactly("search: on the ledger: expected nothing, found order order-repeat-2");
    }

    /** What a recheck says of an answer that somebody has changed on the way. */
    private static List<String> recheckedSearch(String text, UnaryOperator<List<MoneyAudit.Hit>> lie) {
        JsonNode answer = MoneyTestMarket.accepted(market.http("auditor").get("/api/v1/audit/search?q=" + text))
                .body();
        List<MoneyAudit.Hit> hits = answer.path("items")
                .valueStream()
                .map(hit -> Json.MAPPER.treeToValue(hit, MoneyAudit.Hit.class))
                .toList();
        AsOf asOf = Json.MAPPER.treeToValue(answer.path("asOf"), AsOf.class);
        return recheck(again -> again.of(text, lie.apply(hits), asOf));
    }

    @Test
    void money_that_the_ledger_knows_and_the_contract_does_not_is_named() {
        List<MoneyAudit.Escrow> known = new ArrayList<>();
        market.system.context().getBean(MoneyAudit.class).escrows(null, known::addAll);
        MoneyAudit.Escrow held = known.stream()
                .filter(escrow -> escrow.id().value().startsWith("order-repeat"))
                .findFirst()
                .orElseThrow();
        MoneyAudit.Escrow invented = new MoneyAudit.Escrow(
                held.id(),
                Digest.ZERO,
                held.asset(),
                held.total(),
                held.deposited(),
                held.held(),
                held.decided(),
                held.paidGross(),
                held.paidBuyer());
        Solvency found =
                SolvencyCheck.of(new AsOf(1, Digest.ZERO), List.of(invented), chain(), chain().finalizedBlock());
        assertThat(found.sound()).isFalse();
        assertThat(found.differences())
                .containsExactly(new Solvency.Difference(
                        held.id(), held.asset(), Solvency.Kind.LEDGER_AHEAD, "deposited", Amount.of(500), Amount.ZERO));
        assertThat(SolvencyCheck.of(
                                new AsOf(1, Digest.ZERO),
                                List.of(held, held, held, held),
                                chain(),
                                chain().finalizedBlock())
                        .sound())
                .as("four times 500 are owed and 1,500 there")
                .isFalse();
    }

    @Test
    void a_merchants_statement_ties_to_both_ledgers_and_a_recheck_finds_each_lie() throws Exception {
        String merchant = market.system.person("merchant").party().value();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String path = "/api/v1/statements?from=" + today.minusDays(1) + "&to=" + today.plusDays(1);
        Statement own = statement(market.http("merchant").get(path));
        assertThat(statement(market.http("auditor").get(path + "&merchant=" + merchant)))
                .isEqualTo(own);
        assertThat(market.http("buyer").get(path + "&merchant=" + merchant).status())
                .isEqualTo(403);
        Statement.Account account = own.accounts().getFirst();
        assertThat(account.closing().held()).isEqualTo(Amount.of(1_500));
        assertThat(account.closing().receivable()).isEqualTo(Amount.ZERO);
        // 60,001, 800 and 700, each less 2.5 %
        assertThat(account.closing().paid()).isEqualTo(Amount.of(58_501 + 780 + 683));
        assertThat(account.movements().stream().flatMap(movement -> Stream.ofNullable(movement.evm())))
                .hasSizeGreaterThan(4)
                .allSatisfy(evm -> assertThat(evm.gasPaidBy()).isEqualTo(ChainFixture.FUNDED.address()));

        assertThat(recheck(again -> again.of(own))).isEmpty();
        Statement lie = Json.MAPPER.readValue(
                Json.MAPPER.writeValueAsString(own).replace("\"58501\"", "\"58502\""), Statement.class);
        assertThat(recheck(again -> again.of(lie)))
                .anySatisfy(line -> assertThat(line).endsWith("expected 58501, found 58502"))
                .anySatisfy(line -> assertThat(line).contains("statement.accounts[0].movements["));
        String csv = market.http("merchant").text(path + "&format=csv");
        assertThat(csv.lines()).hasSize(account.movements().size() + 3);
        assertThat(market.http("merchant").text(path + "&format=camt053")).contains(Camt053.NAMESPACE);
    }

    @Test
    @Order(Integer.MAX_VALUE) // the others know what is held
    void what_the_contract_has_before_the_ledger_knows_is_shown_to_auditors_in_every_language() throws Exception {
        Terms terms = market.place("order-ahead", 900);
        market.fund(terms);
        String balance = "{\"to\":\"" + terms.asset().token() + "\",\"data\":\"0x70a08231" + "0".repeat(24)
                + terms.escrow().payer().toString().substring(2) + "\"}, \"latest\"";
        MoneyTestMarket.await(
                "the buyer's money",
                () -> market.chain.anvil("eth_call", balance).asString(),
                units -> Long.decode(units) >= 900);
        settlement("PAUSED");
        market.requestDeposit(market.depositRequest(terms));
        Solvency ahead = MoneyTestMarket.await(
                "the contract to be ahead",
                () -> {
                    chain().tick();
                    return Json.MAPPER.treeToValue(
                            MoneyTestMarket.accepted(market.http("auditor").get("/api/v1/solvency"))
                                    .body(),
                            Solvency.class);
                },
                answer -> answer.differences().stream()
                        .anyMatch(one -> one.consignment().equals(terms.consignmentId())));
        List<JsonNode> visits = solvencyPages();
        settlement("RUNNING");
        market.await(terms, "the deposit on the ledger", it -> it.money().held().equals(Amount.of(900)));

        Solvency.OfAsset sums = ahead.assets().getFirst();
        assertThat(visits).hasSizeGreaterThanOrEqualTo(8).allSatisfy(visit -> {
            assertThat(visit.path("status").asInt()).isEqualTo(200);
            assertThat(visit.path("overflow").asInt()).isLessThanOrEqualTo(0);
            assertThat(visit.path("violations")).isEmpty();
            assertThat(visit.path("text").asString())
                    .contains(terms.consignmentId().value());
            Map<String, String> amounts = visit.path("amounts")
                    .valueStream()
                    .collect(Collectors.toMap(
                            amount -> amount.path("name").asString(),
                            amount -> amount.path("value").asString()));
            assertThat(amounts)
                    .containsEntry("ledger", sums.owedByLedger().toString())
                    .containsEntry("contract", sums.owedByContract().toString())
                    .containsEntry("balance", sums.balance().toString())
                    .containsEntry("surplus", "0")
                    .containsEntry("on-ledger", "0")
                    .containsEntry("in-contract", "900");
            Language language = Language.of(visit.path("language").asString().substring(0, 2))
                    .orElseThrow();
            if (language != Language.ENGLISH) {
                assertThat(visit.path("words")).noneMatch(word -> Messages.isEnglish(word.asString(), language));
            }
        });
        assertThat(visits.getFirst().path("text").asString())
                .contains("The contract has all that is owed.", "its evidence is on the way");
    }

    @Test
    @Order(Integer.MAX_VALUE - 1) // the others know what is held
    void a_tender_is_paid_in_by_its_provider_and_refunded_at_the_original_rate() throws Exception {
        Terms terms = LiquidityProvider.tendered(market.terms("order-tender", 45_000_000));
        market.place(terms);
        new LiquidityProvider(market).deposit(terms);
        market.await(terms, "the deposit on the ledger", it -> it.money().held().equals(terms.total()));
        market.accept(terms, 15_000_001);
        market.refundRest(terms);
        market.await(terms, "the payout", it -> it.closed() && it.money().isSettled());

        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String path = "/api/v1/statements?from=" + today.minusDays(1) + "&to=" + today.plusDays(1);
        Statement statement = MoneyTestMarket.await(
                "the read model to know of the payout",
                () -> statement(market.http("merchant").get(path)),
                known -> tenders(known, Statement.Kind.PAYOUT).stream()
                                .mapToLong(paid ->
                                        paid.gross().plus(paid.buyer()).units().longValueExact())
                                .sum()
                        == 4_140);
        // 41.40 for 45; 15.000001 of them are 13.80
        assertThat(tenders(statement, Statement.Kind.DEPOSIT))
                .containsExactly(new Statement.InTender("EUR", "23/250000", delta(4_140), Delta.ZERO, Delta.ZERO));
        assertThat(tenders(statement, Statement.Kind.DECISION))
                .containsExactly(
                        new Statement.InTender("EUR", "23/250000", Delta.ZERO, delta(1_380), Delta.ZERO),
                        new Statement.InTender("EUR", "23/250000", Delta.ZERO, Delta.ZERO, delta(2_760)));
        assertThat(recheck(again -> again.of(statement))).isEmpty();
        Statement lie = Json.MAPPER.readValue(
                Json.MAPPER.writeValueAsString(statement).replace("\"2760\"", "\"2761\""), Statement.class);
        assertThat(recheck(again -> again.of(lie)))
                .isNotEmpty()
                .allSatisfy(line ->
                        assertThat(line).contains("tender.buyer").endsWith("expected \"2760\", found \"2761\""));
        assertThat(market.http("merchant").text(path + "&format=camt053"))
                .contains("<InstdAmt><Amt Ccy=\"EUR\">13.80</Amt><CcyXchg><SrcCcy>EUR</SrcCcy><TrgtCcy>XXX</TrgtCcy>"
                        + "<UnitCcy>XXX</UnitCcy><XchgRate>0.00000092</XchgRate></CcyXchg></InstdAmt>");
        List<JsonNode> pages = visits(path.replace("/api/v1/statements", "/statement"), "merchant");
        assertThat(pages).hasSizeGreaterThanOrEqualTo(8).allSatisfy(visit -> {
            assertThat(visit.path("overflow").asInt()).isLessThanOrEqualTo(0);
            assertThat(visit.path("violations")).isEmpty();
            assertThat(visit.path("amounts").toString())
                    .contains("\"tender-deposited\",\"value\":\"4140\"", "\"tender-gross\",\"value\":\"1380\"")
                    .contains("\"tender-buyer\",\"value\":\"2760\"");
        });
        assertThat(pages.getFirst().path("text").asString()).contains("Handed over by the buyer", "€27.60");
        assertThat(visits("/merchant/consignments/" + terms.consignmentId(), "merchant"))
                .allSatisfy(visit -> assertThat(visit.path("text").asString()).contains("Example Pay"));
    }

    private static List<Statement.InTender> tenders(Statement statement, Statement.Kind kind) {
        return statement.accounts().getFirst().movements().stream()
                .filter(movement -> movement.kind() == kind)
                .flatMap(movement -> Stream.ofNullable(movement.tender()))
                .toList();
    }

    private static Delta delta(long units) {
        return Delta.of(Amount.of(units));
    }

    private static void settlement(String mode) {
        MoneyTestMarket.accepted(market.http("operator-PlatformMSP").put("/api/v1/settlement", Map.of("mode", mode)));
    }

    /** On a phone, on a desk and at 3840 pixels, and in each language. */
    private static List<JsonNode> solvencyPages() throws Exception {
        return visits("/audit/solvency", "auditor");
    }

    private static List<JsonNode> visits(String path, String person) throws Exception {
        Browser browser = Browser.open();
        return browser.run(
                "pages.mjs",
                Map.of(
                        "base", market.system.address().toString(),
                        "chromium", browser.chromium(),
                        "token", Map.of(person, market.system.token(person)),
                        "languages",
                                Language.codes().stream()
                                        .filter(code -> !code.equals(Language.ENGLISH.code()))
                                        .toList(),
                        "pages", List.of(Map.of("path", path, "as", person, "wide", true))));
    }

    private static Statement statement(TestHttp.Answer answer) {
        return Json.MAPPER.treeToValue(MoneyTestMarket.accepted(answer).body(), Statement.class);
    }

    /** As an auditor would, from AuditMSP's peer and a node. */
    private static List<String> recheck(Function<Recheck, List<String>> question) {
        try (EscrowReader node = market.chain.reader()) {
            return question.apply(new Recheck(market.ledger(), node));
        }
    }

    private static EscrowChain chain() {
        return market.system.context().getBean(EscrowChain.class);
    }
}
