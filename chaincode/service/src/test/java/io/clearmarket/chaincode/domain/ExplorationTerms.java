package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.ARBITER;
import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.CARRIER;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.SUBSTITUTE;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.DeliveryCondition;
import io.clearmarket.chaincode.api.DeliveryCondition.Effect;
import io.clearmarket.chaincode.api.DeliveryCondition.Range;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The terms that both sides sign in an exploration: the order is placed on the first, any of them may be amended to. Only the
 * bazaar's own hours matter to them, so a quote holds for longer than its deadlines run.
 *
 * @param signed by the hash of the terms
 */
record ExplorationTerms(Map<Digest, SignedTerms> signed) {
    /** An event must have stood for so long, in seconds: until after the deadline that runs. */
    static final long STANDS_FOR = Bazaar.HOUR + 15;

    /** The smallest terms in which everything without a condition can happen: two lines of 1 and {@code total - 1} units. */
    static ExplorationTerms plain(int total, int arbiters, int feeBps, int referralBps) {
        TermsBuilder terms = small(1, total - 1);
        terms.arbiters = List.of(ARBITER.id(), SUBSTITUTE.id(), Exploration.LAST_ARBITER.id())
                .subList(0, arbiters);
        terms.stopDate = terms.payBy
                .plusSeconds(terms.timers.longest(Math.max(2, arbiters)))
                .plusSeconds(31 * 24 * Bazaar.HOUR);
        terms.feeBps = feeBps;
        terms.referralBps = referralBps;
        return of(terms);
    }

    /**
     * Placed for one unit and nothing else; to be amended to two lines of a unit each, with a condition of every effect that
     * an event of the carrier meets, or one of the side that it costs something.
     */
    static ExplorationTerms conditional() {
        TermsBuilder placed = small(1);
        placed.arbiters = List.of(ARBITER.id());
        placed.feeBps = 0;
        placed.referralBps = 0;
        TermsBuilder conditional = small(1, 1)
                .with(
                        condition(Effect.RELEASE, 0, STANDS_FOR, degrees(8_500L, 9_000L, true), CARRIER, BUYER),
                        condition(Effect.REFUND, 5_000, 0, null, CARRIER, MERCHANT),
                        condition(Effect.FREEZE, 0, 0, degrees(null, 8_000L, false), CARRIER, MERCHANT, BUYER));
        conditional.arbiters = List.of(ARBITER.id());
        placed.returnPolicy = "none";
        conditional.returnPolicy = "none";
        conditional.feeBps = 3_333;
        conditional.referralBps = 1_111;
        return of(placed, conditional);
    }

    private static ExplorationTerms of(TermsBuilder... all) {
        Map<Digest, SignedTerms> signed = new LinkedHashMap<>();
        for (TermsBuilder terms : all) {
            SignedTerms both = terms.signed();
            signed.put(both.terms().hash(), both);
        }
        return new ExplorationTerms(signed);
    }

    private static TermsBuilder small(long... amounts) {
        TermsBuilder small = TermsBuilder.valid();
        small.lines = IntStream.range(0, amounts.length)
                .mapToObj(i -> TermsBuilder.line(i + 1, 1, amounts[i], 0, amounts[i]))
                .toList();
        small.orderTotal = LongStream.of(amounts).sum();
        small.total = Amount.of(small.orderTotal);
        small.quote = new Terms.Quote(1, 1, "test", Bazaar.START, Bazaar.START.plusSeconds(2 * Bazaar.HOUR));
        return small;
    }

    private static Range degrees(@Nullable Long least, @Nullable Long greatest, boolean kept) {
        return new Range("Temperature", "CEL", least, greatest, kept);
    }

    private static DeliveryCondition condition(
            Effect effect, int share, long standsFor, @Nullable Range range, Person... witnesses) {
        return new DeliveryCondition(
                effect,
                share,
                Stream.of(witnesses).map(Person::id).toList(),
                new DeliveryCondition.Expected(ExplorationEvents.SAID, null, null, range),
                standsFor);
    }

    /** True if the person is one of the arbiters. */
    boolean isJudgedBy(Person person) {
        return all().stream().anyMatch(each -> each.terms().arbiters().contains(person.id()));
    }

    List<SignedTerms> all() {
        return List.copyOf(signed.values());
    }

    /** The terms that a consignment is on. */
    SignedTerms signedOf(Consignment consignment) {
        return Objects.requireNonNull(signed.get(consignment.termsHash()));
    }

    Terms of(Consignment consignment) {
        return signedOf(consignment).terms();
    }
}
