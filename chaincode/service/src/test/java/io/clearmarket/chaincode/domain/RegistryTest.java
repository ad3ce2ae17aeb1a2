package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.ARBITER;
import static io.clearmarket.chaincode.domain.Bazaar.AUDIT;
import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.CARRIER;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANTS;
import static io.clearmarket.chaincode.domain.Bazaar.PLATFORM;
import static io.clearmarket.chaincode.domain.Bazaar.SECOND_MERCHANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Records.Party;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Secp256k1Key;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistryTest {
    private static final Duration WAITING = PartyChanges.WAITING;
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Person NEWCOMER = Person.of("MerchantsMSP", Role.MERCHANT);
    private static final Secp256k1Key NEW_WALLET = Secp256k1Key.generate();

    private final Bazaar bazaar = Bazaar.opened();

    // ---- onboarding ----

    @Test
    void a_merchant_sells_once_two_organisations_have_approved_it() {
        bazaar.does(bazaar.registration(NEWCOMER), NEWCOMER);
        bazaar.refuses(RefusalCode.NOT_ACCREDITED, bazaar.order(soldBy(NEWCOMER)), BUYER);
        approve(NEWCOMER, MERCHANTS);
        bazaar.refuses(RefusalCode.NOT_ACCREDITED, bazaar.order(soldBy(NEWCOMER)), BUYER);
        bazaar.refuses(
                RefusalCode.NOT_ACCREDITED,
                new Command.PublishOffer(bazaar.id(), SaleOfferBuilder.by(NEWCOMER)),
                NEWCOMER);
        bazaar.refuses(RefusalCode.ALREADY_ACCREDITED, approval(NEWCOMER), MERCHANTS);
        approve(NEWCOMER, AUDIT);
        bazaar.does(bazaar.order(soldBy(NEWCOMER)), BUYER);
    }

    @Test
    void nobody_is_registered_or_accredited_in_another_role_than_the_certificates() {
        Command.RegisterParty own = bazaar.registration(NEWCOMER);
        bazaar.refuses(
                RefusalCode.WRONG_ROLE,
                new Command.RegisterParty(bazaar.id(), Role.CARRIER, own.address(), own.addressSignature()),
                NEWCOMER);
        bazaar.refuses(
                RefusalCode.WRONG_ROLE, new Command.AccreditParty(bazaar.id(), CARRIER.id(), Role.ARBITER), MERCHANTS);
        bazaar.refuses(
                RefusalCode.WRONG_ROLE, new Command.AccreditParty(bazaar.id(), BUYER.id(), Role.BUYER), MERCHANTS);
    }

    @Test
    void an_order_has_a_consignment_and_is_placed_by_the_buyer_of_its_terms() {
        bazaar.refuses(RefusalCode.NO_LINES, new Command.PlaceOrder(bazaar.id(), Bazaar.ORDER, List.of()), BUYER);
        Person another = Person.of("PlatformMSP", Role.BUYER);
        bazaar.does(bazaar.registration(another), another);
        bazaar.refuses(RefusalCode.WRONG_PARTY, bazaar.order(), another);
    }

    // ---- another address ----

    @Test
    void a_new_address_counts_after_the_waiting_period_and_not_before() {
        announceAddress(MERCHANT);
        bazaar.copy().does(bazaar.order(), BUYER);
        bazaar.later(WAITING);
        bazaar.refuses(RefusalCode.TOO_EARLY, complete(MERCHANT), MERCHANT);
        bazaar.later(GRACE.minusSeconds(1));
        bazaar.refuses(RefusalCode.TOO_EARLY, complete(MERCHANT), MERCHANT);
        bazaar.later(Duration.ofSeconds(1));
        bazaar.does(complete(MERCHANT), MERCHANT);
        assertThat(party(MERCHANT).address()).isEqualTo(NEW_WALLET.address());
        assertThat(party(MERCHANT).change()).isNull();
        bazaar.refuses(RefusalCode.NO_CHANGE, complete(MERCHANT), MERCHANT);
    }

    @Test
    void what_was_ordered_before_keeps_the_address_of_its_terms() {
        bazaar.funded();
        EthAddress agreed = agreedAddress();
        announceAddress(MERCHANT);
        var before = bazaar.consignment();
        bazaar.later(WAITING.plus(GRACE));
        bazaar.does(complete(MERCHANT), MERCHANT);
        assertThat(bazaar.consignment()).isEqualTo(before);
        assertThat(agreedAddress())
                .isEqualTo(agreed)
                .isNotEqualTo(party(MERCHANT).address());
    }

    @Test
    void a_new_address_is_one_that_says_it_acts_for_the_party() {
        bazaar.refuses(
                RefusalCode.BAD_ADDRESS_SIGNATURE,
                new Command.ChangeAddress(bazaar.id(), NEW_WALLET.address(), MERCHANT.bindingSignature(Bazaar.LEDGER)),
                MERCHANT);
        bazaar.refuses(
                RefusalCode.INVALID_VALUE, new Command.ChangeAddress(bazaar.id(), EthAddress.ZERO, ""), MERCHANT);
        bazaar.refuses(
                RefusalCode.INVALID_VALUE,
                new Command.ChangeAddress(
                        bazaar.id(), MERCHANT.wallet().address(), MERCHANT.bindingSignature(Bazaar.LEDGER)),
                MERCHANT);
    }

    // ---- another key ----

    @Test
    void a_new_key_takes_over_what_is_new_and_the_old_one_keeps_what_is_open() {
        bazaar.funded();
        announceKey(MERCHANT, NEWCOMER);
        bazaar.later(WAITING);
        bazaar.refuses(RefusalCode.TOO_EARLY, complete(MERCHANT), NEWCOMER);
        bazaar.later(GRACE);
        var before = bazaar.consignment();
        bazaar.does(complete(MERCHANT), NEWCOMER);
        assertThat(bazaar.consignment()).isEqualTo(before);
        assertThat(party(MERCHANT).successor()).isEqualTo(NEWCOMER.id());
        assertThat(party(NEWCOMER).predecessor()).isEqualTo(MERCHANT.id());
        assertThat(party(NEWCOMER).isAccredited()).isTrue();
        bazaar.refuses(
                RefusalCode.PARTY_REPLACED,
                new Command.PublishOffer(bazaar.id(), SaleOfferBuilder.by(MERCHANT)),
                MERCHANT);
        bazaar.does(new Command.PublishOffer(bazaar.id(), SaleOfferBuilder.by(NEWCOMER)), NEWCOMER);
        bazaar.refuses(RefusalCode.WRONG_PARTY, bazaar.refund(Command.Part.ALL), NEWCOMER);
        bazaar.does(bazaar.refund(Command.Part.ALL), MERCHANT);
    }

    @Test
    void nobody_orders_of_a_replaced_merchant_or_before_a_replaced_arbiter() {
        Person arbiter = Person.of("AuditMSP", Role.ARBITER);
        announceKey(MERCHANT, NEWCOMER);
        announceKey(ARBITER, arbiter);
        bazaar.copy().does(bazaar.order(), BUYER);
        bazaar.later(WAITING.plus(GRACE));
        Bazaar other = bazaar.copy();
        bazaar.does(complete(MERCHANT), NEWCOMER);
        bazaar.refuses(RefusalCode.PARTY_REPLACED, bazaar.order(), BUYER);
        other.does(complete(ARBITER), arbiter);
        other.refuses(RefusalCode.TERMS_BAD_ARBITERS, other.order(), BUYER);
    }

    @Test
    void a_key_changes_hands_only_when_the_new_one_agrees() {
        announceKey(MERCHANT, NEWCOMER);
        bazaar.later(WAITING.plus(GRACE));
        bazaar.refuses(RefusalCode.WRONG_PARTY, complete(MERCHANT), MERCHANT);
        bazaar.refuses(RefusalCode.WRONG_PARTY, complete(MERCHANT), BUYER);
    }

    @Test
    void a_successor_is_a_new_key_of_the_same_role_and_organisation() {
        bazaar.refuses(RefusalCode.UNKNOWN_PARTY, changeKey(NEWCOMER), MERCHANT);
        bazaar.refuses(RefusalCode.INVALID_VALUE, changeKey(MERCHANT), MERCHANT);
        bazaar.refuses(RefusalCode.WRONG_ROLE, changeKey(BUYER), MERCHANT);
        Person elsewhere = Person.of("AuditMSP", Role.MERCHANT);
        bazaar.does(bazaar.registration(elsewhere), elsewhere);
        bazaar.refuses(RefusalCode.WRONG_ORGANISATION, changeKey(elsewhere), MERCHANT);
        announceAddress(SECOND_MERCHANT);
        bazaar.refuses(RefusalCode.CHANGE_UNDER_WAY, changeKey(SECOND_MERCHANT), MERCHANT);
    }

    @Test
    void a_key_succeeds_one_other_key_and_a_replaced_one_announces_nothing() {
        announceKey(MERCHANT, NEWCOMER);
        bazaar.does(changeKey(NEWCOMER), SECOND_MERCHANT);
        bazaar.later(WAITING.plus(GRACE));
        bazaar.does(complete(MERCHANT), NEWCOMER);
        bazaar.refuses(RefusalCode.CHANGE_UNDER_WAY, complete(SECOND_MERCHANT), NEWCOMER);
        bazaar.refuses(RefusalCode.PARTY_REPLACED, changeKey(NEWCOMER), MERCHANT);
        bazaar.does(new Command.WithdrawChange(bazaar.id()), SECOND_MERCHANT);
        bazaar.refuses(RefusalCode.PARTY_REPLACED, changeKey(MERCHANT), SECOND_MERCHANT);
    }

    // ---- a stolen key ----

    @Test
    void what_a_thief_announced_is_withdrawn_or_stopped_by_one_organisation() {
        announceAddress(MERCHANT);
        bazaar.refuses(RefusalCode.CHANGE_UNDER_WAY, changeAddress(MERCHANT), MERCHANT);
        Bazaar withdrawn = bazaar.copy();
        withdrawn.does(new Command.WithdrawChange(bazaar.id()), MERCHANT);
        withdrawn.refuses(RefusalCode.NO_CHANGE, new Command.WithdrawChange(bazaar.id()), MERCHANT);
        bazaar.does(new Command.SuspendParty(bazaar.id(), MERCHANT.id(), Digest.ZERO), MERCHANTS);
        bazaar.later(WAITING.plus(GRACE));
        bazaar.refuses(RefusalCode.PARTY_SUSPENDED, complete(MERCHANT), MERCHANT);
        withdrawn.later(WAITING.plus(GRACE));
        withdrawn.refuses(RefusalCode.NO_CHANGE, complete(MERCHANT), MERCHANT);
    }

    @Test
    void no_key_takes_the_place_of_another_while_an_organisation_suspends_either() {
        Person carrier = Person.of("PlatformMSP", Role.CARRIER);
        announceKey(CARRIER, carrier);
        bazaar.later(WAITING.plus(GRACE));
        for (Person suspended : List.of(CARRIER, carrier)) {
            Bazaar copy = bazaar.copy();
            copy.does(new Command.SuspendParty(bazaar.id(), suspended.id(), Digest.ZERO), PLATFORM);
            copy.refuses(RefusalCode.PARTY_SUSPENDED, complete(CARRIER), carrier);
        }
    }

    private Party party(Person person) {
        return bazaar.ledger.get(Keys.party(person.id()));
    }

    private EthAddress agreedAddress() {
        return bazaar.ledger.get(Keys.terms(Bazaar.ID)).terms().escrow().merchant();
    }

    private Command approval(Person person) {
        return new Command.AccreditParty(bazaar.id(), person.id(), Role.MERCHANT);
    }

    private void approve(Person person, Person operator) {
        bazaar.does(approval(person), operator);
    }

    private static TermsBuilder soldBy(Person merchant) {
        TermsBuilder terms = TermsBuilder.valid();
        terms.merchant = merchant;
        return terms;
    }

    private Command changeAddress(Person party) {
        Person paidElsewhere = new Person(party.keys(), NEW_WALLET, party.asker());
        return new Command.ChangeAddress(
                bazaar.id(), NEW_WALLET.address(), paidElsewhere.bindingSignature(Bazaar.LEDGER));
    }

    private void announceAddress(Person party) {
        bazaar.does(changeAddress(party), party);
    }

    private Command changeKey(Person successor) {
        return new Command.ChangeKey(bazaar.id(), successor.id());
    }

    private void announceKey(Person party, Person successor) {
        bazaar.does(bazaar.registration(successor), successor);
        bazaar.does(changeKey(successor), party);
    }

    private Command complete(Person party) {
        return new Command.CompleteChange(bazaar.id(), party.id());
    }
}
