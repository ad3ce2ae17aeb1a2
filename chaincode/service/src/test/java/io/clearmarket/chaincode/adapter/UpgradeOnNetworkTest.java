package io.clearmarket.chaincode.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.Page;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.domain.Bazaar;
import io.clearmarket.chaincode.domain.Context;
import io.clearmarket.chaincode.domain.EarlierRecords;
import io.clearmarket.chaincode.domain.Facts;
import io.clearmarket.chaincode.domain.Keys;
import io.clearmarket.chaincode.domain.Ledger;
import io.clearmarket.chaincode.domain.Outcome;
import io.clearmarket.chaincode.domain.Person;
import io.clearmarket.chaincode.domain.Rules;
import io.clearmarket.chaincode.domain.TermsBuilder;
import io.clearmarket.chaincode.domain.TradeStates;
import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.Organization;
import io.clearmarket.network.junit.ChaincodeHost;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.wallet.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A running network with records of an earlier version in every state gets this chaincode, and every order goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpgradeOnNetworkTest {
    private static final Instant NOW = start();
    private static final SetClock CLOCK = new SetClock(NOW);

    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = EmbeddedNetworkExtension.with("market", Loader::new);

    private final Map<String, ConsignmentId> states = new LinkedHashMap<>();
    private final Map<String, Ledger> mirrors = new LinkedHashMap<>();
    private LedgerMarket market;
    private ChaincodeHost upgraded;
    private Person buyer;
    private Person merchant;
    private Person carrier;
    private int followed;

    @BeforeAll
    void an_earlier_version_has_run_and_this_one_takes_its_place() throws Exception {
        market = LedgerMarket.joined(NETWORK.network(), CLOCK::instant);
        buyer = market.enrol("PlatformMSP", Role.BUYER);
        merchant = market.enrol("MerchantsMSP", Role.MERCHANT);
        carrier = market.enrol("PlatformMSP", Role.CARRIER);
        Map<String, Person> people = Map.of(
                "BUYER",
                buyer,
                "MERCHANT",
                merchant,
                "SECOND_MERCHANT",
                market.enrol("MerchantsMSP", Role.MERCHANT),
                "CARRIER",
                carrier,
                "ARBITER",
                market.enrol("AuditMSP", Role.ARBITER),
                "SUBSTITUTE",
                market.enrol("AuditMSP", Role.ARBITER));
        EarlierRecords earlier = EarlierRecords.of(people).later(Duration.between(Bazaar.START, NOW));
        int number = 0;
        for (String state : TradeStates.ALL.keySet()) {
            // suspension is everybody's: it would be in the way of the new order
            if (!state.equals("merchant suspended")) {
                load(state, ++number, earlier);
            }
        }
        List<String> peers = NETWORK.network().organizations().stream()
                .map(Organization::mspId)
                .toList();
        upgraded = ChaincodeHost.start(
                "market", "2", ChaincodeConfig.MARKET_POLICY, peers, () -> new MarketChaincode("market", CLOCK));
        NETWORK.network().deploy(upgraded.config());
    }

    @AfterAll
    void close() {
        market.close();
        upgraded.close();
    }

    /** Every state under an order and items of its own. */
    private void load(String state, int number, EarlierRecords earlier) throws Exception {
        EarlierRecords own = earlier.replacing(Bazaar.ORDER.value(), "state-" + (1_000 + number));
        for (int piece = 1; piece <= 3; piece++) {
            String then = Facts.epc(piece);
            String now = Facts.epc(100 * number + piece);
            own = own.replacing("\"" + then + "\"", "\"" + now + "\"").replacing("\0" + then + "\0", "\0" + now + "\0");
        }
        List<String> arguments = new ArrayList<>();
        own.records(state).forEach((key, json) -> arguments.addAll(List.of(key, json)));
        market.channel(buyer).getContract("market").submitTransaction("load", arguments.toArray(String[]::new));
        states.put(state, ConsignmentId.of(new OrderId("state-" + (1_000 + number)), 1));
        mirrors.put(state, own.ledger(state));
    }

    @Test
    void every_old_order_goes_on_as_the_rules_say() throws Exception {
        assertThat(listed("unmarked")).hasSameSizeAs(states.keySet());
        for (String state : states.keySet()) {
            for (Function<Consignment, Asked> step : steps()) {
                Asked asked = step.apply(mirror(state).get(Keys.consignment(id(state))));
                follow(state, asked.command(), asked.by());
            }
        }
        for (Map.Entry<String, ConsignmentId> state : states.entrySet()) {
            Consignment now = market.consignment(state.getValue());
            assertThat(now)
                    .as(state.getKey())
                    .isEqualTo(mirror(state.getKey()).get(Keys.consignment(state.getValue())));
            assertThat(now.money().held().isZero()).as(state.getKey()).isTrue();
            assertThat(now.money().deposited())
                    .as(state.getKey())
                    .isEqualTo(now.money().gross().plus(now.money().buyer()));
        }
        assertThat(followed).isGreaterThan(2 * states.size());
        everyOneIsListed();
        aMerchantOfThatTimeSellsOn();
    }

    /** By its state as soon as that has changed, and until then by having no mark. */
    private void everyOneIsListed() throws Exception {
        List<String> listed = new ArrayList<>(listed("unmarked"));
        int unmoved = listed.size();
        for (Consignment.State state : Consignment.State.values()) {
            listed.addAll(listed("inState", state.name()));
        }
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(
                        states.values().stream().map(ConsignmentId::value).toList());
        assertThat(unmoved).isLessThan(states.size() / 2);
    }

    private List<String> listed(String query, String... of) throws Exception {
        List<String> ids = new ArrayList<>();
        String bookmark = "";
        do {
            List<String> arguments = new ArrayList<>(List.of(of));
            arguments.addAll(List.of("7", bookmark));
            Page page = Json.MAPPER.readValue(
                    market.channel(buyer)
                            .getContract("market")
                            .evaluateTransaction(query, arguments.toArray(String[]::new)),
                    Page.class);
            ids.addAll(page.ids());
            bookmark = page.bookmark();
        } while (!bookmark.isEmpty());
        return ids;
    }

    private static Instant start() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private record Asked(Command.OfConsignment command, Person by) {}

    /** What is tried on every order, in turn: on its way, back again, and to its end. */
    private List<Function<Consignment, Asked>> steps() {
        return List.of(
                c -> new Asked(
                        new Command.OpenCase(
                                market.id(), c.id(), 9, Command.CaseKind.QUESTION, Digest.ZERO, Bazaar.HOUR),
                        buyer),
                c -> new Asked(ship(c), merchant),
                c -> new Asked(new Command.Deliver(market.id(), c.id(), c.version(), event(c.items())), carrier),
                c -> new Asked(
                        new Command.RequestReturn(market.id(), c.id(), c.version(), carrier.id(), Digest.ZERO), buyer),
                c -> new Asked(
                        new Command.PickUpReturn(market.id(), c.id(), c.version(), event(undecided(c))), carrier),
                c -> new Asked(
                        new Command.DeliverReturn(market.id(), c.id(), c.version(), event(c.returning())), carrier),
                c -> new Asked(new Command.Appeal(market.id(), c.id(), c.version(), Digest.ZERO), merchant),
                c -> new Asked(new Command.Finalise(market.id(), c.id()), carrier),
                c -> new Asked(new Command.Accept(market.id(), c.id(), c.version(), Bazaar.amount(5)), buyer),
                c -> new Asked(new Command.Refund(market.id(), c.id(), c.version(), Command.Part.ALL), merchant),
                c -> new Asked(new Command.Cancel(market.id(), c.id(), c.version()), buyer));
    }

    private Command.Ship ship(Consignment now) {
        int number = Integer.parseInt(now.orderId().value().substring("state-".length())) - 1_000;
        List<Command.LineItems> items = Facts.items(100 * number);
        return new Command.Ship(market.id(), now.id(), now.version(), items, carrier.id(), event(items));
    }

    private EpcisRecord event(List<Command.LineItems> items) {
        return market.event("inspecting", items.isEmpty() ? List.of(Facts.epc(1)) : Facts.epcs(items));
    }

    private static List<Command.LineItems> undecided(Consignment now) {
        return now.items().stream()
                .filter(line -> !now.acceptedLines().contains(line.line())
                        && !now.refundedLines().contains(line.line()))
                .toList();
    }

    /** What the rules accept on a map the ledger accepts too. */
    private void follow(String state, Command command, Person by) throws Exception {
        Ledger mirror = mirror(state);
        Outcome outcome = Rules.decide(command, mirror, new Context(by.asker(), CLOCK.instant()));
        if (outcome instanceof Outcome.Moved moved) {
            market.submit(by, command);
            moved.writes().forEach(mirror::put);
            followed++;
        }
    }

    private void aMerchantOfThatTimeSellsOn() throws Exception {
        OrderId order = new OrderId("new-order-1");
        ConsignmentId id = ConsignmentId.of(order, 1);
        TermsBuilder terms = TermsBuilder.between(
                        buyer,
                        merchant,
                        mirror("placed").get(Keys.terms(id("placed"))).terms().arbiters(),
                        NOW)
                .of(order);
        market.submit(buyer, new Command.PlaceOrder(market.id(), order, List.of(terms.signed())));
        assertThat(market.consignment(id).merchant()).isEqualTo(merchant.id());
    }

    private Ledger mirror(String state) {
        return Objects.requireNonNull(mirrors.get(state));
    }

    private ConsignmentId id(String state) {
        return Objects.requireNonNull(states.get(state));
    }
}
