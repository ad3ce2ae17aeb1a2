package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.ARBITER;
import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.CARRIER;
import static io.clearmarket.chaincode.domain.Bazaar.ID;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.SECOND_MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.STRANGER;
import static io.clearmarket.chaincode.domain.Bazaar.SUBSTITUTE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.Records.Party;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.wallet.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;

/** Records that an earlier version stored, read and carried on by this one. */
class UpgradeTest {
    private static final Map<String, Person> PEOPLE = Map.of(
            "BUYER", BUYER,
            "MERCHANT", MERCHANT,
            "SECOND_MERCHANT", SECOND_MERCHANT,
            "CARRIER", CARRIER,
            "ARBITER", ARBITER,
            "SUBSTITUTE", SUBSTITUTE);
    private static final EarlierRecords EARLIER = EarlierRecords.of(PEOPLE);

    static Set<String> states() {
        return TradeStates.ALL.keySet();
    }

    @ParameterizedTest
    @MethodSource("states")
    void every_command_is_decided_on_an_old_record_as_on_one_of_today(String state) {
        Bazaar old = old(state);
        Bazaar today = requireNonNull(TradeStates.ALL.get(state)).apply(Bazaar.opened());
        assertThat(today.now).isEqualTo(old.now);
        for (Duration later : List.of(Duration.ZERO, Duration.ofDays(60))) {
            for (Class<? extends Command> type : CommandName.types().values()) {
                if (Command.OfConsignment.class.isAssignableFrom(type)) {
                    for (Person by : List.of(BUYER, MERCHANT, CARRIER, ARBITER, SUBSTITUTE, STRANGER)) {
                        String name = CommandName.of(type);
                        assertThat(said(name, old.copy().later(later), by))
                                .as("%s by %s", name, by.asker().role())
                                .isEqualTo(said(name, today.copy().later(later), by));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("states")
    void an_old_order_is_brought_to_its_end_by_time_alone(String state) {
        Bazaar bazaar = old(state);
        for (int round = 0; round < 4; round++) {
            bazaar.later(Duration.ofDays(15));
            for (Command due : due(bazaar)) {
                if (bazaar.decide(due, STRANGER) instanceof Outcome.Moved moved) {
                    moved.writes().forEach(bazaar.ledger::put);
                }
            }
        }
        Consignment.Ledgered money = bazaar.consignment().money();
        assertThat(money.held().isZero()).isTrue();
        assertThat(money.deposited()).isEqualTo(money.gross().plus(money.buyer()));
    }

    @Test
    void a_merchant_of_the_time_before_onboarding_sells_on_and_a_new_one_is_approved_first() {
        Bazaar bazaar = old("accepted");
        Party before = bazaar.ledger.get(Keys.party(MERCHANT.id()));
        assertThat(before.accreditedBy()).isEmpty();
        assertThat(before.isAccredited()).isTrue();
        bazaar.now = Bazaar.START;
        bazaar.does(order(bazaar, MERCHANT, "order-0002"), BUYER);
        Person newcomer = Person.of("MerchantsMSP", Role.MERCHANT);
        bazaar.does(bazaar.registration(newcomer), newcomer);
        bazaar.refuses(RefusalCode.NOT_ACCREDITED, order(bazaar, newcomer, "order-0003"), BUYER);
        bazaar.accredited(newcomer);
        bazaar.does(order(bazaar, newcomer, "order-0003"), BUYER);
    }

    @Test
    void an_old_party_is_written_in_todays_form_once_something_changes_it() {
        Bazaar bazaar = old("placed");
        bazaar.does(new Command.SuspendParty(bazaar.id(), MERCHANT.id(), Digest.ZERO), Bazaar.AUDIT);
        String stored = stored(bazaar);
        assertThat(stored).contains("\"schema\":2").contains("\"grandfathered\":true");
        assertThat(Json.MAPPER.readValue(stored, Party.class).isAccredited()).isTrue();
    }

    @Test
    void a_record_of_newer_code_is_not_guessed_at() {
        Bazaar bazaar = Bazaar.opened();
        String stored = stored(bazaar);
        assertThat(stored).contains("\"schema\":2");
        assertThatThrownBy(() -> Json.MAPPER.readValue(stored.replace("\"schema\":2", "\"schema\":3"), Party.class))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("schema");
    }

    private static String stored(Bazaar bazaar) {
        return requireNonNull(
                bazaar.ledger.asText().get(Keys.party(MERCHANT.id()).composite()));
    }

    private static Bazaar old(String state) {
        return Bazaar.on(EARLIER.ledger(state), EARLIER.now(state));
    }

    private static Command order(Bazaar bazaar, Person merchant, String id) {
        TermsBuilder terms = TermsBuilder.valid().of(new OrderId(id));
        terms.merchant = merchant;
        return new Command.PlaceOrder(bazaar.id(), new OrderId(id), List.of(terms.signed()));
    }

    /** What anybody may call once it is due. */
    static List<Command> due(Bazaar bazaar) {
        return List.of(
                new Command.ExpireUnpaid(bazaar.id(), ID),
                new Command.RefundUnshipped(bazaar.id(), ID),
                new Command.OpenLost(bazaar.id(), ID),
                new Command.OpenReturnLost(bazaar.id(), ID),
                new Command.ReleaseInspected(bazaar.id(), ID),
                new Command.ReturnLapsed(bazaar.id(), ID),
                new Command.RefundReturned(bazaar.id(), ID),
                new Command.ReplaceArbiter(bazaar.id(), ID),
                new Command.DefaultSplit(bazaar.id(), ID),
                new Command.Finalise(bazaar.id(), ID));
    }

    /** The answer without ids that another order's terms make. */
    private static String said(String name, Bazaar bazaar, Person by) {
        return switch (bazaar.decide(LegalityTest.command(name, bazaar, by), by)) {
            case Outcome.Refused refused -> refused.refusal().code().name();
            case Outcome.Moved moved -> {
                moved.writes().forEach(bazaar.ledger::put);
                Consignment now = bazaar.consignment();
                yield String.join(
                        " ",
                        moved.type(),
                        now.goods().name(),
                        now.money().toString(),
                        now.deadlines().toString(),
                        String.valueOf(now.dispute()),
                        now.acceptedLines().toString(),
                        now.refundedLines().toString(),
                        Boolean.toString(now.closed()));
            }
        };
    }
}
