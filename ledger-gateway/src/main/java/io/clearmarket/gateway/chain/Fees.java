package io.clearmarket.gateway.chain;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import org.web3j.protocol.core.DefaultBlockParameterName;

/**
 * EIP-1559 fees. The cap leaves room for six full blocks in a row (each raises the base fee by an eighth), so that a
 * transaction which is never signed anew still gets in; only the base fee of its block is paid.
 */
final class Fees {
    /** What a transaction offers per gas, in wei. */
    record Offer(BigInteger maxPriorityFee, BigInteger maxFee) {}

    static final BigInteger TIP = BigInteger.valueOf(1_000_000_000L);
    private static final BigInteger HEADROOM = BigInteger.TWO;
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final FreshValue<Offer> offer;

    Fees(Rpc rpc) {
        this.offer = new FreshValue<>(FRESH, () -> {
            BigInteger baseFee = rpc.baseFee(DefaultBlockParameterName.LATEST);
            return new Offer(TIP, baseFee.multiply(HEADROOM).add(TIP));
        });
    }

    Offer current(Instant now) {
        return offer.current(now);
    }
}
