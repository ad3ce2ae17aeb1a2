package io.clearmarket.chaincode.adapter;

import static io.clearmarket.chaincode.adapter.Asking.deposit;
import static io.clearmarket.chaincode.adapter.Asking.funded;
import static io.clearmarket.chaincode.adapter.Asking.handOver;
import static io.clearmarket.chaincode.adapter.Asking.placed;
import static io.clearmarket.chaincode.adapter.Asking.refusalOf;
import static io.clearmarket.chaincode.domain.Bazaar.ARBITER;
import static io.clearmarket.chaincode.domain.Bazaar.AUDIT_ATTESTER;
import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.CARRIER;
import static io.clearmarket.chaincode.domain.Bazaar.ID;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANTS_ATTESTER;
import static io.clearmarket.chaincode.domain.Bazaar.PLATFORM_ATTESTER;
import static io.clearmarket.chaincode.domain.Bazaar.STRANGER;
import static io.clearmarket.chaincode.domain.Bazaar.amount;
import static io.clearmarket.chaincode.domain.Bazaar.lines;
import static io.clearmarket.chaincode.domain.Bazaar.total;
import static io.clearmarket.chaincode.domain.Facts.attested;
import static io.clearmarket.chaincode.domain.Facts.epc;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.Evidence.Kind;
import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.domain.Bazaar;
import io.clearmarket.chaincode.domain.BrokenTerms;
import io.clearmarket.chaincode.domain.Facts;
import io.clearmarket.wallet.eth.Secp256k1Key;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** The refusals of a consignment's rules: state and time, amounts and items, evidence. */
final class StateRefusals {
    private StateRefusals() {}

    static Map<RefusalCode, Supplier<Refusal>> cases() {
        Map<RefusalCode, Supplier<Refusal>> cases = new EnumMap<>(RefusalCode.class);
        states(cases);
        cases(cases);
        reviews(cases);
        agreements(cases);
        amountsAndItems(cases);
        evidence(cases);
        return cases;
    }

    private static void states(Map<RefusalCode, Supplier<Refusal>> cases) {
        cases.put(RefusalCode.WRONG_VERSION, () -> placed(b -> new Command.Cancel(b.id(), ID, 9), BUYER));
        cases.put(RefusalCode.WRONG_STATE, () -> refusalOf(Bazaar.opened().shipped(), Bazaar::ship, MERCHANT));
        cases.put(RefusalCode.CLOSED, () -> {
            Bazaar bazaar = Bazaar.opened().placed();
            bazaar.does(new Command.Cancel(bazaar.id(), ID, 1), BUYER);
            return refusalOf(bazaar, new Command.Cancel(bazaar.id(), ID, 2), BUYER);
        });
        cases.put(RefusalCode.TOO_EARLY, () -> placed(b -> new Command.ExpireUnpaid(b.id(), ID), STRANGER));
        cases.put(
                RefusalCode.TOO_LATE,
                () -> refusalOf(Bazaar.opened().funded().later(Duration.ofDays(3)), Bazaar::ship, MERCHANT));
        cases.put(
                RefusalCode.DISPUTED,
                () -> refusalOf(Bazaar.opened().ruled(total(), 0), b -> b.accept(Command.Part.ALL), BUYER));
        cases.put(
                RefusalCode.ALREADY_DEPOSITED,
                () -> refusalOf(Bazaar.opened().funded(), b -> new Command.Cancel(b.id(), ID, 2), BUYER));
        cases.put(RefusalCode.NOT_DEPOSITED, () -> placed(Bazaar::ship, MERCHANT));
    }

    private static void cases(Map<RefusalCode, Supplier<Refusal>> cases) {
        cases.put(RefusalCode.CASE_EXISTS, () -> {
            Bazaar bazaar = asked();
            return refusalOf(bazaar, question(bazaar), MERCHANT);
        });
        cases.put(
                RefusalCode.UNKNOWN_CASE,
                () -> refusalOf(
                        Bazaar.opened().delivered(),
                        b -> new Command.OpenDispute(b.id(), ID, b.version(), Digest.ZERO, 1),
                        BUYER));
        cases.put(RefusalCode.EXHIBIT_EXISTS, () -> {
            Bazaar bazaar = Bazaar.opened().disputed();
            bazaar.does(new Command.SubmitEvidence(bazaar.id(), ID, 1, Digest.ZERO), BUYER);
            return refusalOf(bazaar, new Command.SubmitEvidence(bazaar.id(), ID, 1, Digest.ZERO), BUYER);
        });
        cases.put(RefusalCode.CASE_ANSWERED, () -> {
            Bazaar bazaar = asked();
            bazaar.does(new Command.AnswerCase(bazaar.id(), ID, 1, Digest.ZERO), MERCHANT);
            return refusalOf(bazaar, new Command.AnswerCase(bazaar.id(), ID, 1, Digest.ZERO), MERCHANT);
        });
    }

    private static void reviews(Map<RefusalCode, Supplier<Refusal>> cases) {
        cases.put(
                RefusalCode.UNKNOWN_REVIEW,
                () -> refusalOf(
                        Bazaar.opened().delivered(),
                        b -> new Command.AnswerReview(b.id(), ID, 1, Digest.ZERO),
                        MERCHANT));
        cases.put(RefusalCode.REVIEW_ANSWERED, () -> {
            Bazaar bazaar = Bazaar.opened().delivered();
            bazaar.does(bazaar.accept(Command.Part.ALL), BUYER);
            bazaar.does(new Command.RecordReview(bazaar.id(), ID, 1, 5, Digest.ZERO), BUYER);
            bazaar.does(new Command.AnswerReview(bazaar.id(), ID, 1, Digest.ZERO), MERCHANT);
            return refusalOf(bazaar, new Command.AnswerReview(bazaar.id(), ID, 1, Digest.ZERO), MERCHANT);
        });
    }

    private static Bazaar asked() {
        Bazaar bazaar = Bazaar.opened().placed();
        bazaar.does(question(bazaar), BUYER);
        return bazaar;
    }

    private static Command question(Bazaar bazaar) {
        return new Command.OpenCase(bazaar.id(), ID, 1, Command.CaseKind.QUESTION, Digest.ZERO, Bazaar.HOUR);
    }

    private static void agreements(Map<RefusalCode, Supplier<Refusal>> cases) {
        cases.put(
                RefusalCode.UNKNOWN_OFFER,
                () -> refusalOf(
                        Bazaar.opened().disputed(),
                        b -> new Command.AcceptOffer(b.id(), ID, b.version(), Digest.ZERO),
                        BUYER));
        cases.put(RefusalCode.RETURN_NOT_AGREED, () -> {
            Bazaar bazaar = Bazaar.opened();
            bazaar.does(bazaar.order(BrokenTerms.withoutReturns()), BUYER);
            bazaar.does(bazaar.deposit(), STRANGER);
            bazaar.does(bazaar.ship(), MERCHANT);
            bazaar.does(bazaar.deliver(), CARRIER);
            return refusalOf(
                    bazaar, b -> new Command.RequestReturn(b.id(), ID, b.version(), CARRIER.id(), Digest.ZERO), BUYER);
        });
    }

    private static void amountsAndItems(Map<RefusalCode, Supplier<Refusal>> cases) {
        cases.put(RefusalCode.AMOUNT_TOO_LARGE, () -> funded(b -> b.accept(amount(total() + 1)), BUYER));
        cases.put(RefusalCode.AMOUNT_ZERO, () -> funded(b -> b.accept(amount(0)), BUYER));
        cases.put(
                RefusalCode.AMOUNTS_DO_NOT_ADD_UP,
                () -> refusalOf(Bazaar.opened().disputed(), b -> b.rule(total(), 1), ARBITER));
        cases.put(RefusalCode.UNKNOWN_LINE, () -> funded(b -> b.accept(lines(3)), BUYER));
        cases.put(RefusalCode.LINE_ALREADY_DECIDED, () -> funded(b -> b.accept(lines(1, 1)), BUYER));
        cases.put(
                RefusalCode.LINE_NOT_ACCEPTED,
                () -> refusalOf(
                        Bazaar.opened().delivered(),
                        b -> new Command.RecordReview(b.id(), ID, 1, 5, Digest.ZERO),
                        BUYER));
        cases.put(
                RefusalCode.WRONG_ITEMS, () -> funded(b -> b.ship(Facts.items().subList(0, 1)), MERCHANT));
        cases.put(RefusalCode.ITEM_NOT_IN_CUSTODY, () -> {
            Bazaar bazaar = Bazaar.opened().delivered();
            bazaar.does(handOver(bazaar, epc(1)), BUYER);
            return refusalOf(bazaar, handOver(bazaar, epc(1), 2), BUYER);
        });
        cases.put(RefusalCode.ITEM_IN_OPEN_CONSIGNMENT, BrokenTerms::shippedTwice);
    }

    private static void evidence(Map<RefusalCode, Supplier<Refusal>> cases) {
        Secp256k1Key[] quorum = {AUDIT_ATTESTER, PLATFORM_ATTESTER};
        cases.put(RefusalCode.EVIDENCE_WRONG_CONTRACT, () -> deposit(b -> attested(BrokenTerms.onChain(b, 1), quorum)));
        cases.put(
                RefusalCode.EVIDENCE_WRONG_ESCROW,
                () -> deposit(b -> attested(BrokenTerms.ofEscrow(b, Digest.ZERO), quorum)));
        cases.put(RefusalCode.EVIDENCE_WRONG_KIND, () -> deposit(b -> b.attested(Kind.PAID, total(), 0, 0)));
        cases.put(RefusalCode.EVIDENCE_WRONG_AMOUNT, () -> deposit(b -> b.attested(Kind.DEPOSIT, total() - 1, 0, 0)));
        cases.put(
                RefusalCode.EVIDENCE_UNKNOWN_ATTESTER,
                () -> deposit(
                        b -> attested(b.seen(Kind.DEPOSIT, total(), 0, 0), AUDIT_ATTESTER, Secp256k1Key.generate())));
        cases.put(
                RefusalCode.EVIDENCE_QUORUM_MISSING,
                () -> deposit(b -> attested(b.seen(Kind.DEPOSIT, total(), 0, 0), AUDIT_ATTESTER, AUDIT_ATTESTER)));
        cases.put(
                RefusalCode.EVIDENCE_REQUIRED_ATTESTER_MISSING,
                () -> deposit(
                        b -> attested(b.seen(Kind.DEPOSIT, total(), 0, 0), PLATFORM_ATTESTER, MERCHANTS_ATTESTER)));
        cases.put(RefusalCode.EVIDENCE_USED, () -> {
            Bazaar bazaar = Bazaar.opened().funded();
            Evidence paid = bazaar.attested(Kind.PAID, total(), 1, 0);
            bazaar.does(new Command.RecordPaid(bazaar.id(), ID, paid), STRANGER);
            return refusalOf(bazaar, new Command.RecordPaid(bazaar.id(), ID, paid), STRANGER);
        });
    }
}
