package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Refuse.unless;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.InvalidValue;
import io.clearmarket.chaincode.api.Limits;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.Records.Party;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.chaincode.moves.Timer;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** Whether terms may become a consignment: everything but their signatures and their amounts. */
final class TermsCheck {
    /** After the longest way there must be time left to settle what was decided last. */
    private static final Duration AFTER_LONGEST_WAY = Duration.ofDays(30);

    private TermsCheck() {}

    static void require(Terms terms, MarketConfig market, Party buyer, Party merchant, View view, Instant now) {
        if (terms.termsVersion() != Terms.VERSION) {
            throw new InvalidValue(
                    "termsVersion", Integer.toString(terms.termsVersion()), Integer.toString(Terms.VERSION));
        }
        Bounds.require(terms.returnPolicy(), "returnPolicy", Terms.RETURN_POLICY, "inspection or none");
        unless(
                terms.ledger().equals(market.ledger()),
                RefusalCode.TERMS_WRONG_LEDGER,
                () -> "the terms are for ledger " + terms.ledger() + "; this is " + market.ledger());
        requireEscrow(terms, market);
        requireAddresses(terms, buyer, merchant);
        unless(
                terms.feeBps() >= 0
                        && terms.referralBps() >= 0
                        && (long) terms.feeBps() + terms.referralBps() <= Limits.ALL_BPS,
                RefusalCode.TERMS_FEES_TOO_HIGH,
                () -> "fee and referral are " + terms.feeBps() + " and " + terms.referralBps()
                        + " basis points; neither may be negative and together they are at most " + Limits.ALL_BPS);
        requireArbiters(terms, view);
        requireTimes(terms, now);
        TermsAmounts.require(terms);
        ConditionsCheck.require(terms);
    }

    private static void requireEscrow(Terms terms, MarketConfig market) {
        Terms.EscrowTerms escrow = terms.escrow();
        unless(
                escrow.chainId() == market.chainId() && escrow.contract().equals(market.escrow()),
                RefusalCode.TERMS_WRONG_CONTRACT,
                () -> "the terms name contract " + escrow.contract() + " on chain " + escrow.chainId()
                        + "; the market's is " + market.escrow() + " on chain " + market.chainId());
        unless(
                market.assets().contains(terms.asset()),
                RefusalCode.TERMS_UNKNOWN_ASSET,
                () -> "the market does not take " + terms.asset() + " but " + market.assets());
        Digest attesters = EscrowTypes.attesterSetHash(market);
        unless(
                escrow.attesters().equals(attesters),
                RefusalCode.TERMS_WRONG_ATTESTERS,
                () -> "the terms name the attester set " + escrow.attesters() + "; the market's is " + attesters);
    }

    private static void requireAddresses(Terms terms, Party buyer, Party merchant) {
        Terms.EscrowTerms escrow = terms.escrow();
        requireAddress("payer", escrow.payer(), buyer);
        requireAddress("merchant", escrow.merchant(), merchant);
        unless(
                !escrow.feeReceiver().isZero() || terms.feeBps() == 0,
                RefusalCode.TERMS_WRONG_ADDRESS,
                () -> "there is a fee of " + terms.feeBps() + " basis points, but feeReceiver is the zero address");
        unless(
                !escrow.referrer().isZero() || terms.referralBps() == 0,
                RefusalCode.TERMS_WRONG_ADDRESS,
                () -> "there is a referral of " + terms.referralBps()
                        + " basis points, but referrer is the zero address");
        List<EthAddress> receivers =
                List.of(escrow.payer(), escrow.merchant(), escrow.feeReceiver(), escrow.referrer());
        unless(
                !receivers.contains(escrow.contract()),
                RefusalCode.TERMS_WRONG_ADDRESS,
                () -> "the escrow contract " + escrow.contract() + " cannot be a receiver of its own money");
    }

    private static void requireAddress(String name, EthAddress address, Party party) {
        unless(
                !address.isZero() && address.equals(party.address()),
                RefusalCode.TERMS_WRONG_ADDRESS,
                () -> "the terms' " + name + " is " + address + "; party " + party.id() + " registered "
                        + party.address());
    }

    private static void requireArbiters(Terms terms, View view) {
        List<PartyId> arbiters = terms.arbiters();
        unless(
                !arbiters.isEmpty() && arbiters.size() <= Limits.ARBITERS,
                RefusalCode.TERMS_BAD_ARBITERS,
                () -> "the terms name " + arbiters.size() + " arbiters; they must name 1 to " + Limits.ARBITERS);
        Set<PartyId> distinct = new HashSet<>(List.of(terms.buyer(), terms.merchant()));
        unless(
                distinct.size() == 2,
                RefusalCode.WRONG_PARTY,
                () -> "buyer and merchant are the same party, " + terms.buyer());
        for (PartyId id : arbiters) {
            Party party = view.find(Keys.party(id));
            unless(
                    distinct.add(id)
                            && party != null
                            && party.role() == Role.ARBITER
                            && party.isAccredited()
                            && !party.isSuspended()
                            && party.successor() == null,
                    RefusalCode.TERMS_BAD_ARBITERS,
                    () -> id
                            + " cannot be arbiter: it must be registered as one, accredited by two organisations, not suspended or replaced, "
                            + "named once, and neither buyer nor merchant");
        }
    }

    private static void requireTimes(Terms terms, Instant now) {
        requireWholeSeconds(terms.payBy(), "payBy");
        requireWholeSeconds(terms.stopDate(), "stopDate");
        Bounds.require(terms.quote().at(), "quote.at");
        Bounds.require(terms.quote().expiry(), "quote.expiry");
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
                () -> "a timer is outside 1 to " + Limits.TEN_YEARS + " seconds: " + timers);
        unless(
                terms.payBy().isAfter(now),
                RefusalCode.TERMS_BAD_TIMERS,
                () -> "payBy is " + terms.payBy() + "; it must lie after the ledger time " + now);
        Instant earliestStop = terms.payBy()
                .plusSeconds(timers.longest(terms.arbiters().size()))
                .plus(AFTER_LONGEST_WAY);
        unless(
                terms.stopDate().isAfter(earliestStop),
                RefusalCode.TERMS_STOP_DATE_TOO_EARLY,
                () -> "stopDate is " + terms.stopDate() + "; it must lie after " + earliestStop
                        + " (payBy, the longest way and 30 days)");
        unless(
                Timer.isNotPast(terms.quote().expiry(), now),
                RefusalCode.TERMS_QUOTE_EXPIRED,
                () -> "the quote expired at " + terms.quote().expiry() + "; it is " + now);
    }

    private static void requireWholeSeconds(Instant value, String field) {
        Bounds.require(value, field);
        unless(
                value.equals(value.truncatedTo(ChronoUnit.SECONDS)),
                RefusalCode.TERMS_BAD_TIMERS,
                () -> field + " is " + value + "; the settlement chain knows whole seconds only");
    }
}
