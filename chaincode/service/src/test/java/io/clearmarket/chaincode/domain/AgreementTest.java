package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.ARBITER;
import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.ID;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.STRANGER;
import static io.clearmarket.chaincode.domain.Bazaar.SUBSTITUTE;
import static io.clearmarket.chaincode.domain.Bazaar.amount;
import static io.clearmarket.chaincode.domain.Bazaar.total;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment.Dispute;
import io.clearmarket.chaincode.api.Consignment.Offer;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.RefusalCode;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Offers between the parties of a dispute, and the one appeal. */
class AgreementTest {
    private static final Duration PATIENCE = Duration.ofHours(169);

    @Test
    void the_other_sides_offer_is_accepted_by_its_digest_and_decided() {
        Bazaar bazaar = Bazaar.opened().disputed();
        offer(bazaar, MERCHANT, 10);
        Digest merchants = standing(bazaar, MERCHANT).digest(ID);
        offer(bazaar, BUYER, 3);
        bazaar.refuses(
                RefusalCode.UNKNOWN_OFFER,
                accept(bazaar, standing(bazaar, BUYER).digest(ID)),
                BUYER);
        bazaar.does(accept(bazaar, merchants), BUYER);
        assertThat(bazaar.consignment().money().gross()).isEqualTo(Amount.of(10));
        assertThat(bazaar.consignment().money().buyer()).isEqualTo(Amount.of(total() - 10));
        assertThat(bazaar.consignment().closed()).isTrue();
    }

    @Test
    void an_offer_that_was_replaced_withdrawn_or_is_of_an_old_sum_cannot_be_accepted() {
        Bazaar bazaar = Bazaar.opened().disputed();
        offer(bazaar, MERCHANT, 10);
        Digest first = standing(bazaar, MERCHANT).digest(ID);
        offer(bazaar, MERCHANT, 20);
        bazaar.refuses(RefusalCode.UNKNOWN_OFFER, accept(bazaar, first), BUYER);
        Digest second = standing(bazaar, MERCHANT).digest(ID);
        bazaar.does(new Command.WithdrawOffer(bazaar.id(), ID, bazaar.version()), MERCHANT);
        bazaar.refuses(RefusalCode.UNKNOWN_OFFER, accept(bazaar, second), BUYER);
        bazaar.refuses(
                RefusalCode.UNKNOWN_OFFER, new Command.WithdrawOffer(bazaar.id(), ID, bazaar.version()), MERCHANT);
        offer(bazaar, MERCHANT, 30);
        bazaar.does(bazaar.refund(amount(5)), MERCHANT);
        assertThat(dispute(bazaar).offers()).isEmpty();
    }

    @Test
    void an_offer_that_does_not_split_what_is_held_is_refused() {
        Bazaar bazaar = Bazaar.opened().disputed();
        bazaar.refuses(
                RefusalCode.AMOUNTS_DO_NOT_ADD_UP,
                new Command.OfferSplit(bazaar.id(), ID, bazaar.version(), Amount.of(total()), Amount.of(1)),
                BUYER);
    }

    @Test
    void an_appeal_goes_to_the_next_arbiter_and_only_once() {
        Bazaar bazaar = Bazaar.opened().ruled(total(), 0);
        bazaar.does(appeal(bazaar), BUYER);
        bazaar.refuses(RefusalCode.WRONG_PARTY, bazaar.rule(0, total()), ARBITER);
        bazaar.does(bazaar.rule(0, total()), SUBSTITUTE);
        bazaar.refuses(RefusalCode.DISPUTED, appeal(bazaar), MERCHANT);
        bazaar.does(new Command.Finalise(bazaar.id(), ID), STRANGER);
        assertThat(bazaar.consignment().money().buyer()).isEqualTo(Amount.of(total()));
    }

    @Test
    void a_ruling_of_the_last_arbiter_is_appealed_to_the_first() {
        Bazaar bazaar = Bazaar.opened().disputed().later(PATIENCE);
        bazaar.does(new Command.ReplaceArbiter(bazaar.id(), ID), STRANGER);
        bazaar.does(bazaar.rule(total(), 0), SUBSTITUTE);
        bazaar.does(appeal(bazaar), BUYER);
        bazaar.does(bazaar.rule(0, total()), ARBITER);
    }

    @Test
    void a_ruling_stands_if_nobody_hears_the_appeal() {
        Bazaar bazaar = Bazaar.opened().ruled(0, total());
        bazaar.does(appeal(bazaar), MERCHANT);
        bazaar.later(PATIENCE);
        bazaar.refuses(RefusalCode.WRONG_STATE, new Command.ReplaceArbiter(bazaar.id(), ID), STRANGER);
        bazaar.does(new Command.DefaultSplit(bazaar.id(), ID), STRANGER);
        assertThat(bazaar.consignment().money().buyer()).isEqualTo(Amount.of(total()));
    }

    @Test
    void what_a_side_got_during_the_appeal_counts_towards_the_ruling() {
        Bazaar bazaar = Bazaar.opened().ruled(100, total() - 100);
        bazaar.does(appeal(bazaar), MERCHANT);
        bazaar.does(bazaar.accept(amount(40)), BUYER);
        bazaar.later(PATIENCE);
        bazaar.does(new Command.DefaultSplit(bazaar.id(), ID), STRANGER);
        assertThat(bazaar.consignment().money().gross()).isEqualTo(Amount.of(100));
    }

    private static void offer(Bazaar bazaar, Person by, long toMerchant) {
        bazaar.does(
                new Command.OfferSplit(
                        bazaar.id(), ID, bazaar.version(), Amount.of(toMerchant), Amount.of(total() - toMerchant)),
                by);
    }

    private static Command accept(Bazaar bazaar, Digest offer) {
        return new Command.AcceptOffer(bazaar.id(), ID, bazaar.version(), offer);
    }

    private static Command appeal(Bazaar bazaar) {
        return new Command.Appeal(bazaar.id(), ID, bazaar.version(), Digest.ZERO);
    }

    private static Offer standing(Bazaar bazaar, Person by) {
        return dispute(bazaar).offers().stream()
                .filter(offer -> offer.by().equals(by.id()))
                .findFirst()
                .orElseThrow();
    }

    private static Dispute dispute(Bazaar bazaar) {
        return Objects.requireNonNull(bazaar.consignment().dispute());
    }
}
