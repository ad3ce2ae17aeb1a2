package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.ARBITER;
import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.ID;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.STRANGER;
import static io.clearmarket.chaincode.domain.Bazaar.SUBSTITUTE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.moves.Timer;
import io.clearmarket.wallet.eth.EthAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarksTest {
    private final Bazaar bazaar = Bazaar.opened();

    @Test
    void each_timer_that_starts_is_found_by_its_day() {
        Outcome.Moved placed = bazaar.does(bazaar.order(), BUYER);
        assertThat(marks(RecordKind.DUE, placed)).containsExactly(List.of("payBy", "2026-11-25", ID.value()));
        Outcome.Moved funded = bazaar.does(bazaar.deposit(), STRANGER);
        assertThat(marks(RecordKind.DUE, funded)).containsExactly(List.of("shipBy", "2026-11-26", ID.value()));
        Outcome.Moved shipped = bazaar.does(bazaar.ship(), MERCHANT);
        assertThat(marks(RecordKind.DUE, shipped)).containsExactly(List.of("deliverBy", "2026-12-04", ID.value()));
    }

    @Test
    void what_starts_no_timer_adds_nothing() {
        bazaar.shipped();
        assertThat(marks(RecordKind.DUE, bazaar.does(bazaar.accept(Bazaar.amount(1)), BUYER)))
                .isEmpty();
        assertThat(marks(RecordKind.DUE, bazaar.does(bazaar.accept(Command.Part.ALL), BUYER)))
                .isEmpty();
    }

    @Test
    void a_day_is_one_of_utc() {
        Key<?> before = Keys.due(Timer.SHIP_BY, Instant.parse("2026-11-25T23:59:59Z"), ID);
        Key<?> after = Keys.due(Timer.SHIP_BY, Instant.parse("2026-11-26T00:00:00Z"), ID);
        assertThat(before.id()).contains("2026-11-25");
        assertThat(after.id()).contains("2026-11-26");
    }

    @Test
    void a_dispute_is_found_by_every_arbiter_whom_it_came_before() {
        bazaar.delivered();
        Outcome.Moved opened =
                bazaar.does(new Command.OpenDispute(bazaar.id(), ID, bazaar.version(), Digest.ZERO, null), BUYER);
        assertThat(marks(RecordKind.ARBITERDISPUTE, opened))
                .containsExactly(List.of(ARBITER.id().value(), ID.value()));
        Bazaar ruled = bazaar.copy();
        assertThat(marks(RecordKind.ARBITERDISPUTE, ruled.does(ruled.rule(0, Bazaar.total()), ARBITER)))
                .isEmpty();
        bazaar.later(Duration.ofDays(8));
        Outcome.Moved replaced = bazaar.does(new Command.ReplaceArbiter(bazaar.id(), ID), STRANGER);
        assertThat(marks(RecordKind.ARBITERDISPUTE, replaced))
                .containsExactly(List.of(SUBSTITUTE.id().value(), ID.value()));
    }

    @Test
    void an_order_is_found_by_its_referrer_and_by_the_one_whom_amended_terms_name() {
        Outcome.Moved placed = bazaar.does(bazaar.order(), BUYER);
        EthAddress first = TermsBuilder.valid().referrer;
        assertThat(marks(RecordKind.REFERRAL, placed)).containsExactly(List.of(first.toString(), ID.value()));
        TermsBuilder other = TermsBuilder.valid();
        other.referrer = EthAddress.parse("0x" + "4f".repeat(20));
        Outcome.Moved amended =
                bazaar.does(new Command.AmendTerms(bazaar.id(), ID, bazaar.version(), other.signed()), MERCHANT);
        assertThat(marks(RecordKind.REFERRAL, amended)).containsExactly(List.of(other.referrer.toString(), ID.value()));
    }

    @Test
    void an_order_is_found_in_the_state_it_stands_in_and_in_no_other() {
        TradeStates.ALL.forEach((name, come) -> {
            Bazaar state = come.apply(Bazaar.opened());
            Consignment now = state.consignment();
            assertThat(found(state, RecordKind.STATE))
                    .as(name)
                    .containsExactly(Keys.inState(now.state(), ID).composite());
        });
    }

    @Test
    void what_an_earlier_version_wrote_gets_every_mark_with_its_next_state() {
        bazaar.shipped();
        Bazaar old = bazaar.copy();
        found(bazaar, RecordKind.STATE, RecordKind.DUE, RecordKind.REFERRAL).forEach(old.ledger::remove);
        bazaar.does(new Command.OpenDispute(bazaar.id(), ID, bazaar.version(), Digest.ZERO, null), BUYER);
        old.does(new Command.OpenDispute(old.id(), ID, old.version(), Digest.ZERO, null), BUYER);
        assertThat(found(old, RecordKind.STATE, RecordKind.REFERRAL, RecordKind.ARBITERDISPUTE))
                .isEqualTo(found(bazaar, RecordKind.STATE, RecordKind.REFERRAL, RecordKind.ARBITERDISPUTE));
        assertThat(found(old, RecordKind.DUE))
                .containsExactly(Keys.due(
                                Timer.ARBITER_BY,
                                requireNonNull(old.consignment().deadlines().arbiterBy()),
                                ID)
                        .composite());
    }

    /** The marks of these kinds that the ledger has. */
    private static List<String> found(Bazaar of, RecordKind... kinds) {
        return of.ledger.asText().keySet().stream()
                .filter(key -> Arrays.stream(kinds).anyMatch(kind -> key.startsWith("\0" + kind.objectType() + "\0")))
                .toList();
    }

    private static List<List<String>> marks(RecordKind kind, Outcome.Moved moved) {
        return moved.writes().stream()
                .map(Outcome.Write::key)
                .filter(key -> key.kind() == kind)
                .map(Key::id)
                .toList();
    }
}
