package io.clearmarket.gateway.checkout;

import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Gtin;
import io.clearmarket.chaincode.api.Limits;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.config.CodedProblem;
import io.clearmarket.wallet.identity.PartyId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.springframework.http.HttpStatus;

/**
 * Whether the ledger would take a merchant's terms, as far as no buyer matters to it: the first to hear of a refusal should be who made the
 * offer, not who takes it up. The ledger looks again, and has the last word.
 */
final class TakableTerms {
    private static final Duration AFTER_LONGEST_WAY = Duration.ofDays(30);

    private TakableTerms() {}

    /** @throws org.springframework.web.ErrorResponseException with the code that the ledger would have */
    static void require(
            Terms terms, MarketConfig market, Function<PartyId, Optional<Records.Party>> parties, Instant now) {
        requireMarket(terms, market);
        int number = 1;
        for (Terms.Line line : terms.lines()) {
            requireLine(line, number++);
        }
        requireArbiters(terms, parties);
        requireTimes(terms, now);
    }

    private static void requireMarket(Terms terms, MarketConfig market) {
        Terms.EscrowTerms escrow = terms.escrow();
        unless(
                isText(terms.quote().source()),
                RefusalCode.INVALID_VALUE,
                "the quote's source has " + terms.quote().source().length() + " characters",
                "at most " + Limits.TEXT + ", without U+0000 and without half of a surrogate pair");
        unless(
                terms.ledger().equals(market.ledger()),
                RefusalCode.TERMS_WRONG_LEDGER,
                "the terms are for ledger " + terms.ledger(),
                market.ledger());
        unless(
                escrow.chainId() == market.chainId() && escrow.contract().equals(market.escrow()),
                RefusalCode.TERMS_WRONG_CONTRACT,
                "the terms name contract " + escrow.contract() + " on chain " + escrow.chainId(),
                "the market's is " + market.escrow() + " on chain " + market.chainId());
        unless(
                market.assets().contains(terms.asset()),
                RefusalCode.TERMS_UNKNOWN_ASSET,
                "the asset is " + terms.asset(),
                "one of " + market.assets());
        unless(
                escrow.attesters().equals(EscrowTypes.attesterSetHash(market)),
                RefusalCode.TERMS_WRONG_ATTESTERS,
                "the terms name the attester set " + escrow.attesters(),
                "the market's is " + EscrowTypes.attesterSetHash(market));
        unless(
                terms.feeBps() >= 0
                        && terms.referralBps() >= 0
                        && (long) terms.feeBps() + terms.referralBps() <= Limits.ALL_BPS,
                RefusalCode.TERMS_FEES_TOO_HIGH,
                "feeBps and referralBps are " + terms.feeBps() + " and " + terms.referralBps(),
                "neither is negative, and together they are at most " + Limits.ALL_BPS);
    }

    private static void requireLine(Terms.Line line, int number) {
        unless(
                line.line() == number,
                RefusalCode.INVALID_VALUE,
                "a line has the number " + line.line(),
                "lines are numbered 1, 2, ...; here " + number);
        unless(
                line.quantity() >= 1 && line.quantity() <= Limits.PIECES,
                RefusalCode.INVALID_VALUE,
                "line " + number + " has the quantity " + line.quantity(),
                "1 to " + Limits.PIECES);
        unless(
                isText(line.product()),
                RefusalCode.INVALID_VALUE,
                "line " + number + " has a product of " + line.product().length() + " characters",
                "at most " + Limits.TEXT + ", without U+0000 and without half of a surrogate pair");
        unless(
                Gtin.isValid(line.gtin()),
                RefusalCode.TERMS_BAD_GTIN,
                "line " + number + " has the GTIN " + line.gtin(),
                "14 digits, the last one being GS1's check digit");
        unless(
                !line.amount().isZero(),
                RefusalCode.AMOUNT_ZERO,
                "line " + number + " settles to 0",
                "every line settles to at least 1 minor unit");
    }

    private static void requireArbiters(Terms terms, Function<PartyId, Optional<Records.Party>> parties) {
        unless(
                !terms.arbiters().isEmpty() && terms.arbiters().size() <= Limits.ARBITERS,
                RefusalCode.TERMS_BAD_ARBITERS,
                "the terms name " + terms.arbiters().size() + " arbiters",
                "1 to " + Limits.ARBITERS);
        Set<PartyId> distinct = new HashSet<>(Set.of(terms.merchant()));
        for (PartyId id : terms.arbiters()) {
            boolean judges = parties.apply(id)
                    .filter(party -> party.role() == Role.ARBITER
                            && party.isAccredited()
                            && !party.isSuspended()
                            && party.successor() == null)
                    .isPresent();
            unless(
                    distinct.add(id) && judges,
                    RefusalCode.TERMS_BAD_ARBITERS,
                    id + " can't be arbiter",
                    "somebody registered as one, accredited, not suspended or replaced, named once, and not you");
        }
    }

    private static void requireTimes(Terms terms, Instant now) {
        Terms.Timers timers = terms.timers();
        unless(
                LongStream.of(
                                timers.shipWithin(),
                                timers.deliverWithin(),
                                timers.inspectWithin(),
                                timers.returnShipWithin(),
                                timers.returnDeliverWithin(),
                                timers.returnInspectWithin(),
                                timers.arbiterWithin(),
                                timers.appealWithin())
                        .allMatch(length -> length > 0 && length <= Limits.TEN_YEARS),
                RefusalCode.TERMS_BAD_TIMERS,
                "a timer is out of range: " + timers,
                "1 to " + Limits.TEN_YEARS + " seconds");
        unless(
                isWholeSecond(terms.payBy()) && isWholeSecond(terms.stopDate()),
                RefusalCode.TERMS_BAD_TIMERS,
                "payBy and stopDate are " + terms.payBy() + " and " + terms.stopDate(),
                "the settlement chain knows whole seconds only");
        Instant earliestStop = terms.payBy()
                .plusSeconds(timers.longest(terms.arbiters().size()))
                .plus(AFTER_LONGEST_WAY);
        unless(
                terms.stopDate().isAfter(earliestStop),
                RefusalCode.TERMS_STOP_DATE_TOO_EARLY,
                "stopDate is " + terms.stopDate(),
                "after " + earliestStop + " (payBy, the longest way and 30 days)");
        unless(
                terms.quote().expiry().isAfter(now),
                RefusalCode.TERMS_QUOTE_EXPIRED,
                "the quote's expiry is " + terms.quote().expiry(),
                "an instant in the future");
    }

    private static boolean isText(String text) {
        return text.length() <= Limits.TEXT
                && text.indexOf('\0') < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static boolean isWholeSecond(Instant time) {
        return time.equals(time.truncatedTo(ChronoUnit.SECONDS));
    }

    private static void unless(boolean right, RefusalCode code, String detail, String hint) {
        if (!right) {
            throw CodedProblem.of(HttpStatus.BAD_REQUEST, code.name(), detail, hint);
        }
    }
}
