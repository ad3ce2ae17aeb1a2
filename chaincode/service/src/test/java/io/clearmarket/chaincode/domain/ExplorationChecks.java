package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Goods;
import io.clearmarket.chaincode.api.Consignment.Ledgered;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.chaincode.domain.Exploration.Step;
import io.clearmarket.chaincode.moves.LegalMove;
import io.clearmarket.chaincode.moves.LegalMove.Quarrel;
import io.clearmarket.chaincode.moves.Timer;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What must hold of every single step. Written a second time, from the specification, and not from the table. */
final class ExplorationChecks {
    private static final BigInteger TEN_THOUSAND = BigInteger.valueOf(10_000);

    /** Where goods go, by which command. */
    private static final Map<String, String> WAYS = Map.of(
            "PLACED SHIPPED", "ship",
            "SHIPPED DELIVERED", "deliver",
            "DELIVERED RETURN_REQUESTED", "requestReturn",
            "RETURN_REQUESTED RETURN_SHIPPED", "pickUpReturn",
            "RETURN_SHIPPED RETURNED", "deliverReturn");

    /** Commands that may move money while a ruling freezes it. */
    private static final Set<String> AFTER_RULING = Set.of("finalise", "recordPaid", "recordReclaim");

    private static final Set<String> TO_MERCHANT = Set.of(
            "accept",
            "settleByEvent",
            "releaseInspected",
            "returnLapsed",
            "acceptOffer",
            "finalise",
            "defaultSplit",
            "recordPaid",
            "recordReclaim");

    private static final Set<String> TO_BUYER = Set.of(
            "refund",
            "settleByEvent",
            "cancelFunded",
            "refundUnshipped",
            "refundReturned",
            "acceptOffer",
            "finalise",
            "defaultSplit",
            "recordDeposit",
            "recordPaid",
            "recordReclaim");

    /** Records that belong to everybody; a command of a consignment may read but never write them. */
    private static final Set<RecordKind> SHARED = Set.of(RecordKind.MARKET, RecordKind.PARTY);

    private final ExplorationTerms terms;

    ExplorationChecks(ExplorationTerms terms) {
        this.terms = terms;
    }

    void require(Step step, Consignment written, Instant now) {
        requireConserved(written.money(), terms.of(written), step);
        requireTimers(written, step, now);
        requireNothingEarly(step, now);
        requireGoodsWay(step);
        requireMoneyWay(step);
        requireTermsWay(step);
        ExplorationConditions.require(step, terms.of(step.from().consignment()), now);
        requireAsTheTableSays(step);
        Ledgered money = written.money();
        require(
                money.deposited().isZero() || written.closed() == money.held().isZero(),
                "closed exactly when nothing is held",
                step);
        require(
                !step.from().consignment().closed() || step.isEvidence() || step.isSaid(),
                "a closed consignment hears only evidence, reviews, cases and events",
                step);
        require(
                !(step.command() instanceof Command.Versioned versioned) || versioned.version() == Situation.VERSION,
                "a decision on an old version has no effect",
                step);
    }

    /** A command touches what is shared only by reading; all else that it touches is its consignment's own, or named by it. */
    void requireOwnKeys(Outcome.Moved moved, Set<Key<?>> read, Command command) {
        for (Outcome.Write<?> write : moved.writes()) {
            require(!SHARED.contains(write.key().kind()) && isOwn(write.key()), write.key() + " is written", command);
        }
        for (Key<?> key : read) {
            require(SHARED.contains(key.kind()) || isOwn(key), key + " is read", command);
        }
    }

    private static boolean isOwn(Key<?> key) {
        return switch (key.kind()) {
            case CONSIGNMENT, TERMS, REVIEW, CASE, EXHIBIT ->
                key.id().getFirst().equals(Bazaar.ID.value());
            case DUE, ARBITERDISPUTE, REFERRAL, STATE -> key.id().getLast().equals(Bazaar.ID.value());
            case ITEM, ITEMEVENT, EVENT, EVENTERROR, DECLARATION, EVIDENCE ->
                true; // goods and facts that the command itself names
            default -> false;
        };
    }

    private static void requireConserved(Ledgered money, Terms terms, Step step) {
        BigInteger gross = money.gross().units();
        require(
                money.deposited()
                        .units()
                        .equals(money.held()
                                .units()
                                .add(gross)
                                .add(money.buyer().units())),
                "deposited = held + gross + buyer",
                step);
        require(
                gross.equals(money.merchant()
                        .units()
                        .add(money.fee().units())
                        .add(money.referrer().units())),
                "gross = merchant + fee + referrer",
                step);
        require(money.fee().units().equals(share(gross, terms.feeBps())), "the fee is exact", step);
        require(money.referrer().units().equals(share(gross, terms.referralBps())), "the referral is exact", step);
        require(
                !money.paidGross().isMoreThan(money.gross())
                        && !money.paidBuyer().isMoreThan(money.buyer()),
                "nothing is paid that was not decided",
                step);
        for (Amount amount : List.of(money.held(), money.merchant(), money.fee(), money.referrer(), money.buyer())) {
            require(amount.units().signum() >= 0, "no amount is negative", step);
        }
    }

    private static BigInteger share(BigInteger gross, int bps) {
        return gross.multiply(BigInteger.valueOf(bps)).divide(TEN_THOUSAND);
    }

    private void requireTimers(Consignment written, Step step, Instant now) {
        List<Instant> running = Arrays.stream(Timer.values())
                .flatMap(timer -> Stream.ofNullable(timer.of(written.deadlines())))
                .toList();
        require(running.size() == (written.closed() ? 0 : 1), "one timer runs, none once closed", step);
        Instant stop = terms.of(written).stopDate();
        require(running.stream().noneMatch(deadline -> deadline.isAfter(stop)), "no timer runs past stopDate", step);
        boolean started = running.stream().anyMatch(deadline -> deadline.isAfter(Situation.DEADLINE))
                || !timers(written).equals(timers(step.from().consignment()));
        require(!now.isAfter(stop) || !started || written.closed(), "nothing starts a timer after stopDate", step);
    }

    private static List<Timer> timers(Consignment consignment) {
        return Arrays.stream(Timer.values())
                .filter(timer -> timer.of(consignment.deadlines()) != null)
                .toList();
    }

    /** The state diagram is drawn from the table's words about what comes next; these are the ones. */
    private static void requireAsTheTableSays(Step step) {
        Situation from = step.from();
        Situation to = step.to();
        require(
                !(step.command() instanceof Command.OfConsignment command)
                        || LegalMoves.of(command.getClass()).stream()
                                .filter(row ->
                                        row.from().contains(from.consignment().goods())
                                                && row.quarrels().contains(from.quarrel()))
                                .anyMatch(row -> isAsSaid(row, from, to)),
                "the table says what comes next",
                step);
    }

    private static boolean isAsSaid(LegalMove row, Situation from, Situation to) {
        Goods goods = row.to() == null ? from.consignment().goods() : row.to();
        Quarrel quarrel = row.then() == null ? from.quarrel() : row.then();
        boolean closed = to.consignment().closed();
        return to.consignment().goods() == goods
                && (closed || to.quarrel() == quarrel)
                && switch (row.closes()) {
                    case NEVER -> closed == from.consignment().closed();
                    case IF_EMPTY ->
                        closed == (to.isFunded() && to.held().isZero())
                                || from.consignment().closed();
                    case ALWAYS -> closed;
                };
    }

    private static void requireNothingEarly(Step step, Instant now) {
        require(
                !step.isTimed()
                        || step.from().quarrel() == Quarrel.RULED_AGAIN
                        || !now.isBefore(Situation.DEADLINE.plusSeconds(30)),
                "what waits for a deadline waits for it and 30 s",
                step);
    }

    private static void requireGoodsWay(Step step) {
        Goods from = step.from().consignment().goods();
        Goods to = step.to().consignment().goods();
        require(
                from == to || Exploration.name(step.command()).equals(WAYS.get(from + " " + to)),
                "goods go from " + from + " to " + to + " only by their own command",
                step);
    }

    /** Other terms by both signatures only, and while nothing is deposited. */
    private void requireTermsWay(Step step) {
        boolean amended = step.command() instanceof Command.AmendTerms amend
                && terms.all().contains(amend.terms())
                && step.to()
                        .consignment()
                        .termsHash()
                        .equals(amend.terms().terms().hash());
        require(
                amended == (step.command() instanceof Command.AmendTerms),
                "terms that are amended to are signed by both",
                step);
        require(!amended || !step.to().isFunded(), "nothing is amended once there is a deposit", step);
        require(
                amended
                        || step.from()
                                .consignment()
                                .termsHash()
                                .equals(step.to().consignment().termsHash()),
                "nothing else changes the terms",
                step);
    }

    private static void requireMoneyWay(Step step) {
        String command = Exploration.name(step.command());
        Ledgered before = step.from().consignment().money();
        Ledgered after = step.to().consignment().money();
        boolean toMerchant = after.gross().isMoreThan(before.gross());
        boolean toBuyer = after.buyer().isMoreThan(before.buyer());
        require(!toMerchant || TO_MERCHANT.contains(command), "this gives the merchant nothing", step);
        require(!toBuyer || TO_BUYER.contains(command), "this gives the buyer nothing", step);
        boolean ruled = step.from().quarrel() == Quarrel.RULED || step.from().quarrel() == Quarrel.RULED_AGAIN;
        require(
                !ruled || after.held().equals(before.held()) || AFTER_RULING.contains(command),
                "a ruling freezes the money",
                step);
    }

    private static void require(boolean holds, String promise, Object where) {
        if (!holds) {
            throw new AssertionError(promise + "; broken by " + where);
        }
    }
}
