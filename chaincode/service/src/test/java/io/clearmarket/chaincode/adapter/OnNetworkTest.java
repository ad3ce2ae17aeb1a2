package io.clearmarket.chaincode.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Answer;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.HistoryPage;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.Page;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.domain.Bazaar;
import io.clearmarket.chaincode.domain.Facts;
import io.clearmarket.chaincode.domain.Person;
import io.clearmarket.chaincode.domain.TermsBuilder;
import io.clearmarket.chaincode.moves.Timer;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.GatewayException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One order from the market's first approval to a review, through the unmodified client; keys exist only in the clients. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OnNetworkTest {
    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK =
            EmbeddedNetworkExtension.with("market", () -> new MarketChaincode("market", Clock.systemUTC()));

    private final Map<Person, NetworkClient> clients = new HashMap<>();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final ConsignmentId id = Bazaar.ID;
    private final Mirror mirror = new Mirror();
    private int commands;
    private Person buyer;
    private Person merchant;
    private Person carrier;
    private Person arbiter;

    @BeforeAll
    void everybody_registers() throws Exception {
        Opening<Exception> opening = new Opening<>(this::enrol, this::submit, this::id);
        opening.approve();
        buyer = opening.accredited("PlatformMSP", Role.BUYER);
        merchant = opening.accredited("MerchantsMSP", Role.MERCHANT);
        carrier = opening.accredited("PlatformMSP", Role.CARRIER);
        arbiter = opening.accredited("AuditMSP", Role.ARBITER);
    }

    @AfterAll
    void everybody_leaves() {
        clients.values().forEach(NetworkClient::close);
    }

    @Test
    @Order(1)
    void an_order_is_recorded_under_its_buyers_key_and_placed_once() throws Exception {
        Command order = new Command.PlaceOrder(
                id(),
                Bazaar.ORDER,
                List.of(TermsBuilder.between(buyer, merchant, List.of(arbiter.id()), now)
                        .signed()));
        Answer first = submit(buyer, order);
        Answer again = submit(buyer, order);
        assertThat(first.event().by()).isEqualTo(buyer.id());
        assertThat(again).isEqualTo(new Answer(first.event(), true));
        assertThat(consignment().goods()).isEqualTo(Consignment.Goods.PLACED);
        Page orders = Json.MAPPER.readValue(query("ordersOf", buyer.id().value(), "10", ""), Page.class);
        assertThat(orders).isEqualTo(new Page(List.of(Bazaar.ORDER.value()), ""));
    }

    @Test
    @Order(2)
    void money_and_goods_go_their_way_and_nobody_elses_key_accepts() throws Exception {
        submit(merchant, new Command.RecordDeposit(id(), id, deposit()));
        submit(merchant, new Command.Ship(id(), id, 2, Facts.items(), carrier.id(), event("shipping")));
        submit(carrier, new Command.Deliver(id(), id, 3, event("arriving")));
        refuses(RefusalCode.WRONG_PARTY, merchant, new Command.Accept(id(), id, 4, Command.Part.ALL));
        submit(buyer, new Command.Accept(id(), id, 4, Command.Part.ALL));
        assertThat(consignment().money().gross()).isEqualTo(Amount.of(Bazaar.total()));
        submit(buyer, new Command.RecordReview(id(), id, 1, 5, Digest.ZERO));
        refuses(RefusalCode.WRONG_PARTY, buyer, new Command.AnswerReview(id(), id, 1, Digest.ZERO));
        submit(merchant, new Command.AnswerReview(id(), id, 1, Digest.ZERO));
        refuses(RefusalCode.REVIEW_ANSWERED, merchant, new Command.AnswerReview(id(), id, 1, Digest.ZERO));
    }

    @Test
    @Order(3)
    void history_and_pages_can_be_asked_for() throws Exception {
        assertThat(versions("200")).containsExactly(5, 4, 3, 2, 1);
        assertThat(versions("2")).containsExactly(5, 4, 3, 2, 1);
        assertThat(versions("1")).containsExactly(5, 4, 3, 2, 1);
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> query("history", "consignment", id.value(), "2", "0".repeat(64)))
                .satisfies(e -> assertThat(refusal(e)).contains("INVALID_VALUE", "bookmark"));
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> query("history", "consignment", id.value(), "201", ""))
                .satisfies(e -> assertThat(refusal(e)).contains("INVALID_VALUE", "page size"));
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> query("history", "consignment", id.value()))
                .satisfies(e -> assertThat(refusal(e)).contains("WRONG_ARGUMENTS"));
        Page first = Json.MAPPER.readValue(query("eventsOf", Facts.epc(1), "1", ""), Page.class);
        Page second = Json.MAPPER.readValue(query("eventsOf", Facts.epc(1), "1", first.bookmark()), Page.class);
        assertThat(first.ids()).hasSize(1).isNotEqualTo(second.ids());
        assertThat(second.bookmark()).isEmpty();
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> query("eventsOf", Facts.epc(2), "1", first.bookmark()))
                .satisfies(e -> assertThat(refusal(e)).contains("INVALID_VALUE"));
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> query("get", "order", "nothing-here"))
                .satisfies(e -> assertThat(refusal(e)).contains("UNKNOWN_ORDER"));
    }

    /** The consignment's versions by its history, asked for page by page. */
    private List<Integer> versions(String pageSize) throws Exception {
        List<Integer> versions = new ArrayList<>();
        String bookmark = "";
        do {
            HistoryPage page = Json.MAPPER.readValue(
                    query("history", "consignment", id.value(), pageSize, bookmark), HistoryPage.class);
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(Integer.parseInt(pageSize));
            page.entries().stream()
                    .map(entry -> Objects.requireNonNull(entry.value())
                            .path("version")
                            .asInt())
                    .forEach(versions::add);
            bookmark = page.bookmark();
        } while (!bookmark.isEmpty());
        return versions;
    }

    @Test
    @Order(4)
    void what_is_refused_says_why() {
        refuses(RefusalCode.CLOSED, buyer, new Command.Accept(id(), id, 5, Command.Part.ALL));
        assertThatExceptionOfType(EndorseException.class)
                .isThrownBy(() -> contract(buyer).submitTransaction("accept", "{"))
                .satisfies(e -> assertThat(refusal(e)).contains("MALFORMED_JSON"));
    }

    @Test
    @Order(4)
    void what_is_due_disputed_or_referred_is_listed_a_page_at_a_time() throws Exception {
        OrderId order = new OrderId("listed-order-1");
        ConsignmentId about = ConsignmentId.of(order, 1);
        TermsBuilder terms = TermsBuilder.between(buyer, merchant, List.of(arbiter.id()), now)
                .of(order);
        submit(buyer, new Command.PlaceOrder(id(), order, List.of(terms.signed())));
        assertThat(due(about, Timer.PAY_BY)).contains(about.value());
        assertThat(listed("inState", "PLACED")).contains(about.value());
        assertThat(listed("unmarked")).isEmpty();
        String payDay = day(about, Timer.PAY_BY);
        submit(merchant, new Command.RecordDeposit(id(), about, deposit(about, 77)));
        assertThat(listed("dueOn", "payBy", payDay)).doesNotContain(about.value());
        assertThat(due(about, Timer.SHIP_BY)).contains(about.value());
        List<Command.LineItems> items = Facts.items(70);
        submit(merchant, new Command.Ship(id(), about, 2, items, carrier.id(), event("shipping", Facts.epcs(items))));
        submit(buyer, new Command.OpenDispute(id(), about, 3, Digest.ZERO, null));
        assertThat(listed("inState", "DISPUTED")).containsExactly(about.value());
        assertThat(listed("inState", "PLACED")).doesNotContain(about.value());
        assertThat(listed("inState", "SHIPPED")).isEmpty();
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> query("inState", "LOST", "1", ""))
                .satisfies(e -> assertThat(refusal(e)).contains("INVALID_VALUE", "RETURN_SHIPPED"));
        assertThat(listed("disputesOf", arbiter.id().value())).containsExactly(about.value());
        String referrer = terms.build().escrow().referrer().toString();
        Page first = Json.MAPPER.readValue(query("referredBy", referrer, "1", ""), Page.class);
        Page second = Json.MAPPER.readValue(query("referredBy", referrer, "1", first.bookmark()), Page.class);
        assertThat(List.of(first.ids(), second.ids()))
                .containsExactlyInAnyOrder(List.of(about.value()), List.of(id.value()));
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> query("dueOn", "lunch", payDay, "1", ""))
                .satisfies(e -> assertThat(refusal(e)).contains("INVALID_VALUE"));
    }

    private List<String> due(ConsignmentId about, Timer timer) throws Exception {
        return listed("dueOn", timer.member(), day(about, timer));
    }

    private String day(ConsignmentId about, Timer timer) {
        Instant end = Objects.requireNonNull(timer.of(mirror.consignment(about).deadlines()));
        return LocalDate.ofInstant(end, ZoneOffset.UTC).toString();
    }

    private List<String> listed(String query, String... of) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(of));
        arguments.addAll(List.of("200", ""));
        return Json.MAPPER
                .readValue(query(query, arguments.toArray(String[]::new)), Page.class)
                .ids();
    }

    /** {@code -Dclearmarket.contention=1000} for a busy day. */
    @Test
    @Order(5)
    void orders_of_one_merchant_by_one_buyer_at_once_never_conflict() throws Exception {
        int orders = Integer.getInteger("clearmarket.contention", 12);
        List<ConsignmentId> placed = IntStream.range(0, orders)
                .mapToObj(i -> ConsignmentId.of(new OrderId("crowd-" + (1_000_000 + i)), 1))
                .toList();
        atOnce(
                placed,
                about -> new Command.PlaceOrder(
                        id(),
                        about.orderId(),
                        List.of(TermsBuilder.between(buyer, merchant, List.of(arbiter.id()), now)
                                .of(about.orderId())
                                .signed())));
        atOnce(
                placed,
                about -> new Command.RecordDeposit(id(), about, deposit(about, 1_000_000 + placed.indexOf(about))));
        for (ConsignmentId about : placed) {
            assertThat(mirror.consignment(about).money().held()).isEqualTo(Amount.of(Bazaar.total()));
        }
    }

    /** Everybody submits at the same time, and nobody twice: a conflict would be a failed commit. */
    private void atOnce(List<ConsignmentId> all, Function<ConsignmentId, Command> command) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(Math.min(all.size(), 50))) {
            List<Future<Answer>> answers = all.stream()
                    .map(about -> threads.submit(() -> submit(buyer, command.apply(about))))
                    .toList();
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().repeated()).isFalse();
            }
        }
    }

    private Evidence deposit() throws Exception {
        return deposit(id, 0);
    }

    private Evidence deposit(ConsignmentId of, int log) {
        Evidence.Seen seen = new Evidence.Seen(
                Bazaar.CHAIN,
                Bazaar.ESCROW,
                mirror.consignment(of).escrowId(),
                Evidence.Kind.DEPOSIT,
                Amount.of(Bazaar.total()),
                Amount.ZERO,
                Amount.ZERO,
                Digest.ZERO,
                log,
                1,
                Digest.ZERO,
                now);
        return Facts.attested(seen, Bazaar.AUDIT_ATTESTER, Bazaar.MERCHANTS_ATTESTER);
    }

    private EpcisRecord event(String step) {
        return event(step, Facts.epcs(Facts.items()));
    }

    private EpcisRecord event(String step, List<String> epcs) {
        commands++;
        String hash = Digest.sha256(Integer.toString(commands).getBytes(UTF_8)).hex();
        return new EpcisRecord(
                "ni:///sha-256;" + hash + "?ver=CBV2.0",
                "ObjectEvent",
                "OBSERVE",
                step,
                null,
                now,
                epcs,
                null,
                null,
                Digest.ZERO);
    }

    private Person enrol(String mspId, Role role) {
        String attribute = role.name().toLowerCase(Locale.ROOT);
        SigningIdentity identity =
                NETWORK.network().issue(mspId, attribute + "-1", NodeOu.CLIENT, Map.of(Role.ATTRIBUTE, attribute));
        Person person = Person.of(identity, role);
        clients.put(person, NetworkClient.connect(NETWORK.network(), mspId, identity));
        return person;
    }

    private void refuses(RefusalCode code, Person by, Command command) {
        assertThatExceptionOfType(EndorseException.class)
                .isThrownBy(() -> submit(by, command))
                .satisfies(e -> assertThat(refusal(e)).contains("\"code\":\"" + code + "\""));
    }

    private static String refusal(GatewayException e) {
        return e.getDetails().getFirst().getMessage();
    }

    private Answer submit(Person by, Command command) throws Exception {
        byte[] answer = contract(by)
                .submitTransaction(CommandName.of(command.getClass()), new String(CanonicalJson.bytes(command), UTF_8));
        // whoever asks next may ask another organisation's peer
        NETWORK.network().awaitLevel();
        Answer read = Json.MAPPER.readValue(answer, Answer.class);
        if (!read.repeated()) {
            mirror.follow(command, by, read.event());
        }
        return read;
    }

    private Consignment consignment() throws Exception {
        return Json.MAPPER.readValue(query("get", "consignment", id.value()), Consignment.class);
    }

    private byte[] query(String name, String... arguments) throws GatewayException {
        return contract(buyer).evaluateTransaction(name, arguments);
    }

    private Contract contract(Person person) {
        NetworkClient client = clients.get(person);
        if (client == null) {
            throw new AssertionError("nobody connected as " + person.id());
        }
        return client.contract("market");
    }

    private synchronized CommandId id() {
        commands++;
        return new CommandId("command-" + commands);
    }
}
