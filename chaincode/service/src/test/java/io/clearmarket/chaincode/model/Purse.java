package io.clearmarket.chaincode.model;

import java.math.BigInteger;

/** The money of one consignment: deposited = held + gross + buyer. */
final class Purse {
    private static final BigInteger ALL_BPS = BigInteger.valueOf(10_000);

    private final Sale sale;
    BigInteger deposited = BigInteger.ZERO;
    BigInteger gross = BigInteger.ZERO;
    BigInteger buyer = BigInteger.ZERO;
    BigInteger paidGross = BigInteger.ZERO;
    BigInteger paidBuyer = BigInteger.ZERO;

    Purse(Sale sale) {
        this.sale = sale;
    }

    BigInteger held() {
        return deposited.subtract(gross).subtract(buyer);
    }

    BigInteger fee() {
        return share(sale.feeBps());
    }

    BigInteger referral() {
        return share(sale.referralBps());
    }

    BigInteger merchant() {
        return gross.subtract(fee()).subtract(referral());
    }

    private BigInteger share(int bps) {
        return gross.multiply(BigInteger.valueOf(bps)).divide(ALL_BPS);
    }

    /** The chain says so much is paid in all; it may have overtaken what was decided. */
    boolean pay(BigInteger seenGross, BigInteger seenBuyer) {
        boolean later = seenGross.compareTo(paidGross) >= 0 && seenBuyer.compareTo(paidBuyer) >= 0;
        boolean earlier = seenGross.compareTo(paidGross) <= 0 && seenBuyer.compareTo(paidBuyer) <= 0;
        if (seenGross.add(seenBuyer).compareTo(deposited) > 0 || (!later && !earlier)) {
            return false;
        }
        paidGross = paidGross.max(seenGross);
        paidBuyer = paidBuyer.max(seenBuyer);
        boolean merchantOvertook = paidGross.compareTo(gross) > 0;
        gross = gross.max(paidGross);
        buyer = buyer.max(paidBuyer);
        if (held().signum() < 0) {
            if (merchantOvertook) {
                buyer = deposited.subtract(gross);
            } else {
                gross = deposited.subtract(buyer);
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "held " + held() + ", merchant " + merchant() + ", fee " + fee() + ", referrer " + referral()
                + ", buyer " + buyer + ", paid " + paidGross + " and " + paidBuyer + " of " + deposited;
    }
}
