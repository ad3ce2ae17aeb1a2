package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.ARBITER;
import static io.clearmarket.chaincode.domain.Bazaar.AUDIT;
import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.ID;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANTS;
import static io.clearmarket.chaincode.domain.Bazaar.PLATFORM;
import static io.clearmarket.chaincode.domain.Bazaar.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Records.Case;
import io.clearmarket.chaincode.api.Records.Exhibit;
import io.clearmarket.chaincode.api.RefusalCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Cases, evidence in disputes, suspended parties and amended terms. */
class ServiceTest {
    private static final Digest TEXT = Digest.sha256(new byte[] {1});

    @Test
    void a_question_and_its_answer_leave_the_consignment_as_it_is() {
        Bazaar bazaar = Bazaar.opened().shipped();
        Consignment before = bazaar.consignment();
        bazaar.does(ask(bazaar, 1), BUYER);
        bazaar.refuses(RefusalCode.WRONG_PARTY, new Command.AnswerCase(bazaar.id(), ID, 1, TEXT), BUYER);
        bazaar.refuses(RefusalCode.WRONG_PARTY, new Command.AnswerCase(bazaar.id(), ID, 1, TEXT), STRANGER);
        bazaar.later(Duration.ofHours(2));
        bazaar.does(new Command.AnswerCase(bazaar.id(), ID, 1, TEXT), MERCHANT);
        Case answered = bazaar.ledger.get(Keys.caseOf(ID, 1));
        assertThat(answered.answeredAt()).isAfter(answered.answerBy());
        assertThat(bazaar.consignment()).isEqualTo(before);
    }

    @Test
    void a_dispute_cites_the_case_that_led_to_it() {
        Bazaar bazaar = Bazaar.opened().delivered();
        bazaar.does(ask(bazaar, 7), BUYER);
        bazaar.refuses(
                RefusalCode.UNKNOWN_CASE, new Command.OpenDispute(bazaar.id(), ID, bazaar.version(), TEXT, 8), BUYER);
        bazaar.does(new Command.OpenDispute(bazaar.id(), ID, bazaar.version(), TEXT, 7), BUYER);
    }

    @Test
    void both_sides_lay_documents_before_the_arbiter_until_a_ruling_and_again_before_the_next_one() {
        Bazaar bazaar = Bazaar.opened().delivered();
        bazaar.refuses(RefusalCode.WRONG_STATE, evidence(bazaar, 1), BUYER);
        bazaar.does(new Command.OpenDispute(bazaar.id(), ID, bazaar.version(), TEXT, null), BUYER);
        Consignment before = bazaar.consignment();
        bazaar.does(evidence(bazaar, 1), BUYER);
        bazaar.does(evidence(bazaar, 1), MERCHANT);
        bazaar.refuses(RefusalCode.EXHIBIT_EXISTS, evidence(bazaar, 1), MERCHANT);
        bazaar.refuses(RefusalCode.WRONG_PARTY, evidence(bazaar, 2), ARBITER);
        assertThat(bazaar.consignment()).isEqualTo(before);
        assertThat(bazaar.ledger.get(Keys.exhibit(ID, MERCHANT.id(), 1)))
                .isEqualTo(new Exhibit(ID, MERCHANT.id(), 1, TEXT, bazaar.now));
        bazaar.does(bazaar.rule(0, Bazaar.total()), ARBITER);
        bazaar.refuses(RefusalCode.DISPUTED, evidence(bazaar, 2), MERCHANT);
        bazaar.does(new Command.Appeal(bazaar.id(), ID, bazaar.version(), TEXT), MERCHANT);
        bazaar.does(evidence(bazaar, 2), MERCHANT);
        bazaar.later(Duration.ofDays(60));
        bazaar.refuses(RefusalCode.TOO_LATE, evidence(bazaar, 3), MERCHANT);
    }

    private static Command evidence(Bazaar bazaar, int number) {
        return new Command.SubmitEvidence(bazaar.id(), ID, number, TEXT);
    }

    @Test
    void two_organisations_suspend_and_either_reinstates() {
        Bazaar bazaar = Bazaar.opened();
        bazaar.does(new Command.SuspendParty(bazaar.id(), MERCHANT.id(), TEXT), MERCHANTS);
        bazaar.copy().does(bazaar.order(), BUYER);
        bazaar.does(new Command.SuspendParty(bazaar.id(), MERCHANT.id(), TEXT), PLATFORM);
        bazaar.refuses(RefusalCode.PARTY_SUSPENDED, bazaar.order(), BUYER);
        bazaar.refuses(RefusalCode.NOT_SUSPENDED, new Command.ReinstateParty(bazaar.id(), MERCHANT.id()), AUDIT);
        bazaar.does(new Command.ReinstateParty(bazaar.id(), MERCHANT.id()), PLATFORM);
        bazaar.does(bazaar.order(), BUYER);
    }

    @Test
    void a_suspended_merchant_still_ships_what_was_ordered_before() {
        Bazaar bazaar = Bazaar.opened().funded();
        bazaar.does(new Command.SuspendParty(bazaar.id(), MERCHANT.id(), TEXT), AUDIT);
        bazaar.does(new Command.SuspendParty(bazaar.id(), MERCHANT.id(), TEXT), PLATFORM);
        bazaar.does(bazaar.ship(), MERCHANT);
    }

    @Test
    void terms_that_both_signed_replace_the_old_ones_before_a_deposit_only() {
        Bazaar bazaar = Bazaar.opened().placed();
        Consignment before = bazaar.consignment();
        bazaar.does(amendment(bazaar, TermsBuilder.valid()), MERCHANT);
        Consignment after = bazaar.consignment();
        assertThat(after.termsHash()).isNotEqualTo(before.termsHash());
        assertThat(after.escrowId()).isNotEqualTo(before.escrowId());
        bazaar.does(bazaar.deposit(), STRANGER);
        bazaar.refuses(RefusalCode.ALREADY_DEPOSITED, amendment(bazaar, TermsBuilder.valid()), MERCHANT);
    }

    @Test
    void terms_between_others_unsound_or_with_one_signature_amend_nothing() {
        Bazaar bazaar = Bazaar.opened().placed();
        TermsBuilder others = TermsBuilder.valid();
        others.merchant = Bazaar.SECOND_MERCHANT;
        bazaar.refuses(RefusalCode.WRONG_PARTY, amendment(bazaar, others), BUYER);
        TermsBuilder another = TermsBuilder.valid();
        another.consignment = 2;
        bazaar.refuses(RefusalCode.TERMS_WRONG_ORDER, amendment(bazaar, another), BUYER);
        TermsBuilder unsound = TermsBuilder.valid();
        unsound.orderTotal = 1;
        bazaar.refuses(RefusalCode.TERMS_AMOUNTS_DIFFER, amendment(bazaar, unsound), BUYER);
        var signed = TermsBuilder.valid().signed();
        var once = new io.clearmarket.chaincode.api.SignedTerms(
                signed.terms(), signed.buyerSignature(), signed.buyerSignature());
        bazaar.refuses(
                RefusalCode.BAD_PARTY_SIGNATURE,
                new Command.AmendTerms(bazaar.id(), ID, bazaar.version(), once),
                BUYER);
    }

    private static Command ask(Bazaar bazaar, int number) {
        return new Command.OpenCase(bazaar.id(), ID, number, Command.CaseKind.COMPLAINT, TEXT, Bazaar.HOUR);
    }

    private static Command amendment(Bazaar bazaar, TermsBuilder terms) {
        terms.feeBps = 100;
        return new Command.AmendTerms(bazaar.id(), ID, bazaar.version(), terms.signed());
    }
}
