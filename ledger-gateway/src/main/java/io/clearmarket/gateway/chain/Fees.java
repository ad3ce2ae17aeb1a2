package io.clearmarket.gateway.chain;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import org.web3j.protocol.core.DefaultBlockParameterName;

/**
 * EIP-1559 fees. An offer leaves room for six full blocks in a row (each raises the base fee by an eighth), of which only the
 * base fee of its block is paid; it never goes over the operator's cap, so that a mad market empties no account.
 */
final class Fees {
    /** What a transaction offers per gas, in wei. */
    record Offer(BigInteger maxPriorityFee, BigInteger maxFee) {}

    static final BigInteger TIP = BigInteger.valueOf(1_000_000_000L);
    private static final BigInteger HEADROOM = BigInteger.TWO;
    private static final BigInteger EIGHT = BigInteger.valueOf(8);
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final BigInteger cap;
    private final FreshValue<BigInteger> baseFee;

    /** @param cap most wei per gas that is ever offered */
    Fees(SendingNode node, BigInteger cap) {
        this.cap = cap;
        this.baseFee = new FreshValue<>(FRESH, () -> node.baseFee(DefaultBlockParameterName.LATEST));
    }

    Offer current(Instant now) {
        BigInteger maxFee = baseFee.current(now).multiply(HEADROOM).add(TIP).min(cap);
        return new Offer(TIP.min(maxFee), maxFee);
    }

    /** True if no block takes an offer now: it does not cover the base fee and a tip. */
    boolean isTooLow(BigInteger maxFee, Instant now) {
        return maxFee.compareTo(baseFee.current(now).add(TIP)) < 0;
    }

    /** What replaces an offer: nodes want both fees an eighth higher. */
    Offer above(Offer old, Instant now) {
        Offer current = current(now);
        return new Offer(
                raised(old.maxPriorityFee()).max(current.maxPriorityFee()),
                raised(old.maxFee()).max(current.maxFee()));
    }

    boolean isOverCap(Offer offer) {
        return offer.maxFee().compareTo(cap) > 0;
    }

    private static BigInteger raised(BigInteger fee) {
        return fee.add(fee.divide(EIGHT)).add(BigInteger.ONE);
    }
}
