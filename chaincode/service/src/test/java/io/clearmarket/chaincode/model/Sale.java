package io.clearmarket.chaincode.model;

import io.clearmarket.chaincode.api.Terms;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/** What buyer and merchant agreed on, as far as the plain model needs it. */
record Sale(
        List<BigInteger> lines,
        int feeBps,
        int referralBps,
        Terms.Timers timers,
        Instant payBy,
        Instant stop,
        int arbiters) {
    static Sale of(Terms terms) {
        return new Sale(
                terms.lines().stream().map(line -> line.amount().units()).toList(),
                terms.feeBps(),
                terms.referralBps(),
                terms.timers(),
                terms.payBy(),
                terms.stopDate(),
                terms.arbiters().size());
    }

    BigInteger total() {
        return lines.stream().reduce(BigInteger.ZERO, BigInteger::add);
    }
}
