package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.ARBITER;
import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.CARRIER;
import static io.clearmarket.chaincode.domain.Bazaar.ID;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.STRANGER;
import static io.clearmarket.chaincode.domain.Bazaar.amount;
import static io.clearmarket.chaincode.domain.Bazaar.lines;
import static io.clearmarket.chaincode.domain.Bazaar.total;
import static io.clearmarket.chaincode.domain.TermsBuilder.FIRST;
import static io.clearmarket.chaincode.domain.TermsBuilder.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Dispute;
import io.clearmarket.chaincode.api.Consignment.Ledgered;
import io.clearmarket.chaincode.api.Consignment.Ruling;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.RefusalCode;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MoneyTest {
    private final Bazaar bazaar = Bazaar.opened();

    @Test
    void an_accepted_delivery_pays_the_merchant_less_fee_and_referral_rounded_down() {
        bazaar.delivered();
        bazaar.does(bazaar.accept(Command.Part.ALL), BUYER);
        Ledgered money = money();
        assertThat(money.gross()).isEqualTo(Amount.of(total()));
        assertThat(money.fee()).isEqualTo(Amount.of(total() * 333 / 10_000));
        assertThat(money.referrer()).isEqualTo(Amount.of(total() * 77 / 10_000));
        assertThat(money.merchant().plus(money.fee()).plus(money.referrer())).isEqualTo(money.gross());
        assertThat(bazaar.consignment().closed()).isTrue();
        assertThat(bazaar.consignment().acceptedLines()).containsExactly(1, 2);
    }

    @Test
    void fees_are_of_the_cumulative_gross_however_it_was_split() {
        EscrowMoney escrow = new EscrowMoney(333, 77);
        Ledgered once = escrow.decide(escrow.deposit(Amount.of(1000)), "a", Amount.of(1000), Amount.ZERO, bazaar.now);
        Ledgered split = escrow.deposit(Amount.of(1000));
        for (int i = 0; i < 1000; i++) {
            split = escrow.decide(split, "a", Amount.of(1), Amount.ZERO, bazaar.now);
        }
        assertThat(split.fee()).isEqualTo(once.fee()).isEqualTo(Amount.of(33));
        assertThat(split.referrer()).isEqualTo(once.referrer()).isEqualTo(Amount.of(7));
    }

    @Test
    void lines_amounts_and_all_decide_what_they_say() {
        bazaar.funded();
        bazaar.does(bazaar.refund(lines(2)), MERCHANT);
        assertThat(money().buyer()).isEqualTo(Amount.of(SECOND));
        bazaar.does(bazaar.accept(amount(7)), BUYER);
        assertThat(money().held()).isEqualTo(Amount.of(FIRST - 7));
        assertThat(bazaar.consignment().acceptedLines()).isEmpty();
        bazaar.does(bazaar.accept(Command.Part.ALL), BUYER);
        assertThat(money().held()).isEqualTo(Amount.ZERO);
        assertThat(bazaar.consignment().acceptedLines()).containsExactly(1);
        assertThat(bazaar.consignment().refundedLines()).containsExactly(2);
        assertThat(money().decisions()).hasSize(3);
    }

    @Test
    void a_deposit_after_pay_by_goes_back_and_closes() {
        bazaar.placed().later(Duration.ofDays(1)).later(Duration.ofSeconds(1));
        bazaar.does(bazaar.deposit(), STRANGER);
        assertThat(money().buyer()).isEqualTo(Amount.of(total()));
        assertThat(bazaar.consignment().closed()).isTrue();
        assertThat(bazaar.consignment().deadlines().shipBy()).isNull();
    }

    @Test
    void a_deposit_after_cancellation_goes_back() {
        bazaar.placed();
        bazaar.does(new Command.Cancel(bazaar.id(), ID, 1), MERCHANT);
        assertThat(bazaar.does(bazaar.deposit(), STRANGER).type()).isEqualTo("consignment.deposit_returned");
        assertThat(money().buyer()).isEqualTo(Amount.of(total()));
    }

    @Test
    void a_deposit_at_the_last_moment_is_held() {
        bazaar.placed().later(Duration.ofDays(1));
        bazaar.does(bazaar.deposit(), STRANGER);
        assertThat(money().held()).isEqualTo(Amount.of(total()));
    }

    @Test
    void what_the_chain_has_paid_fits_the_deposit_and_what_was_seen_before() {
        bazaar.delivered();
        bazaar.does(bazaar.accept(amount(10)), BUYER);
        Command ofAnotherDeposit =
                new Command.RecordPaid(bazaar.id(), ID, bazaar.attested(Evidence.Kind.PAID, total() + 1, 10, 0));
        bazaar.refuses(RefusalCode.EVIDENCE_WRONG_AMOUNT, ofAnotherDeposit, STRANGER);
        bazaar.refuses(RefusalCode.EVIDENCE_WRONG_AMOUNT, bazaar.paid(total(), 1), STRANGER);
        bazaar.does(bazaar.paid(10, 0), STRANGER);
        bazaar.refuses(RefusalCode.EVIDENCE_WRONG_AMOUNT, bazaar.paid(9, 1), STRANGER);
    }

    @Test
    void a_reclaim_empties_the_escrow_and_takes_nothing_back() {
        bazaar.delivered();
        bazaar.does(bazaar.accept(amount(10)), BUYER);
        bazaar.does(bazaar.paid(10, 0), STRANGER);
        Command ofAnotherDeposit = new Command.RecordReclaim(
                bazaar.id(), ID, bazaar.attested(Evidence.Kind.RECLAIM, total() + 1, 10, total() - 10));
        bazaar.refuses(RefusalCode.EVIDENCE_WRONG_AMOUNT, ofAnotherDeposit, STRANGER);
        bazaar.refuses(RefusalCode.EVIDENCE_WRONG_AMOUNT, bazaar.reclaimed(9, total() - 9), STRANGER);
        bazaar.refuses(RefusalCode.EVIDENCE_WRONG_AMOUNT, bazaar.reclaimed(10, total() - 11), STRANGER);
        bazaar.does(bazaar.reclaimed(10, total() - 10), STRANGER);
    }

    @Test
    void a_ruling_is_decided_only_after_the_appeal_window() {
        bazaar.ruled(FIRST, SECOND);
        bazaar.refuses(RefusalCode.DISPUTED, bazaar.accept(Command.Part.ALL), BUYER);
        bazaar.refuses(RefusalCode.TOO_EARLY, new Command.Finalise(bazaar.id(), ID), STRANGER);
        bazaar.later(Duration.ofDays(3)).later(Duration.ofSeconds(30));
        bazaar.does(new Command.Finalise(bazaar.id(), ID), STRANGER);
        assertThat(money().gross()).isEqualTo(Amount.of(FIRST));
        assertThat(money().buyer()).isEqualTo(Amount.of(SECOND));
        assertThat(Objects.requireNonNull(bazaar.consignment().dispute()).status())
                .as("the ruling stays on record")
                .isEqualTo(Dispute.Status.RULED);
    }

    @Test
    void a_silent_arbiter_is_replaced_and_after_the_last_one_the_default_holds() {
        bazaar.disputed().later(Duration.ofDays(7)).later(Duration.ofSeconds(30));
        bazaar.refuses(RefusalCode.TOO_LATE, bazaar.rule(total(), 0), ARBITER);
        bazaar.refuses(RefusalCode.WRONG_STATE, new Command.DefaultSplit(bazaar.id(), ID), STRANGER);
        bazaar.does(new Command.ReplaceArbiter(bazaar.id(), ID), STRANGER);
        bazaar.refuses(RefusalCode.WRONG_PARTY, bazaar.rule(total(), 0), ARBITER);
        bazaar.later(Duration.ofDays(7)).later(Duration.ofSeconds(30));
        bazaar.refuses(RefusalCode.WRONG_STATE, new Command.ReplaceArbiter(bazaar.id(), ID), STRANGER);
        bazaar.does(new Command.DefaultSplit(bazaar.id(), ID), STRANGER);
        assertThat(money().gross()).as("delivered, so to the merchant").isEqualTo(Amount.of(total()));
    }

    @Test
    void lost_goods_go_by_default_to_the_buyer() {
        bazaar.shipped().later(Duration.ofDays(10)).later(Duration.ofSeconds(30));
        bazaar.does(new Command.OpenLost(bazaar.id(), ID), STRANGER);
        bazaar.does(bazaar.deliver(), CARRIER);
        assertThat(bazaar.consignment().deadlines().inspectUntil())
                .as("in a dispute delivery starts no timer")
                .isNull();
    }

    @Test
    void nothing_that_starts_a_timer_is_legal_after_the_stop_date_but_money_still_leaves() {
        bazaar.disputed();
        bazaar.now = bazaar.consignment().deadlines().stopDate().plusSeconds(30);
        bazaar.refuses(RefusalCode.TOO_LATE, new Command.ReplaceArbiter(bazaar.id(), ID), STRANGER);
        bazaar.does(new Command.DefaultSplit(bazaar.id(), ID), STRANGER);
        assertThat(money().held()).isEqualTo(Amount.ZERO);
    }

    @Test
    void what_was_paid_is_seen_in_any_order_of_the_logs() {
        bazaar.delivered();
        bazaar.does(bazaar.accept(lines(1)), BUYER);
        bazaar.does(bazaar.accept(Command.Part.ALL), BUYER);
        bazaar.does(bazaar.paid(total(), 0), STRANGER);
        bazaar.does(bazaar.paid(FIRST, 0), STRANGER);
        assertThat(money().isSettled()).isTrue();
        assertThat(money().decisions()).hasSize(2);
    }

    @Test
    void a_direct_payout_takes_from_what_is_held() {
        bazaar.funded();
        bazaar.does(bazaar.paid(1000, 0), STRANGER);
        assertThat(money().gross()).isEqualTo(Amount.of(1000));
        assertThat(money().held()).isEqualTo(Amount.of(total() - 1000));
        assertThat(bazaar.consignment().closed()).isFalse();
    }

    @Test
    void a_direct_payout_supersedes_a_pending_decision_for_the_other_side() {
        bazaar.funded();
        bazaar.does(bazaar.refund(Command.Part.ALL), MERCHANT);
        bazaar.does(bazaar.paid(1000, 0), STRANGER);
        assertThat(money().gross()).isEqualTo(Amount.of(1000));
        assertThat(money().buyer()).isEqualTo(Amount.of(total() - 1000));
    }

    @Test
    void a_direct_payout_counts_towards_the_ruled_share() {
        bazaar.ruled(FIRST, SECOND);
        bazaar.does(bazaar.paid(1000, 0), STRANGER);
        assertThat(ruling()).isEqualTo(new Ruling(Amount.of(FIRST - 1000), Amount.of(SECOND), ruling().reasons()));
        bazaar.does(bazaar.paid(FIRST + 5, 0), STRANGER);
        assertThat(ruling()).isEqualTo(new Ruling(Amount.ZERO, Amount.of(SECOND - 5), ruling().reasons()));
    }

    @Test
    void a_refund_outside_the_ledger_counts_towards_the_buyers_ruled_share() {
        bazaar.ruled(FIRST, SECOND);
        bazaar.does(bazaar.paid(0, 10), STRANGER);
        assertThat(ruling()).isEqualTo(new Ruling(Amount.of(FIRST), Amount.of(SECOND - 10), ruling().reasons()));
    }

    @Test
    void a_reclaim_gives_the_buyer_all_that_the_chain_had_not_paid() {
        bazaar.delivered();
        bazaar.does(bazaar.accept(lines(1)), BUYER);
        bazaar.does(bazaar.reclaimed(1000, total() - 1000), STRANGER);
        assertThat(money().gross()).isEqualTo(Amount.of(1000));
        assertThat(money().buyer()).isEqualTo(Amount.of(total() - 1000));
        assertThat(money().isSettled()).isTrue();
        assertThat(bazaar.consignment().closed()).isTrue();
    }

    private Ledgered money() {
        return bazaar.consignment().money();
    }

    private Ruling ruling() {
        Consignment now = bazaar.consignment();
        return Objects.requireNonNull(Objects.requireNonNull(now.dispute()).ruling());
    }
}
