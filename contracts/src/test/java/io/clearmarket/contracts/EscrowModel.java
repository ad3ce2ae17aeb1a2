package io.clearmarket.contracts;

/**
 * An escrow as plainly as it can be said, to compare the contract with. Amounts are cumulative minor units; each operation
 * says whether it is accepted, and changes nothing when it is not.
 */
final class EscrowModel {
    private static final long BASIS = 10_000;
    private static final int LAST_NONCE = 63;

    private final long total;
    private final int feeBps;
    private final int referralBps;

    private boolean deposited;
    private long gross;
    private long back;
    private boolean refunded;
    private boolean voided;
    private boolean reclaimed;
    private int payerNonce;
    private int merchantNonce;
    private long merchant;
    private long fee;
    private long referral;

    EscrowModel(long total, int feeBps, int referralBps) {
        this.total = total;
        this.feeBps = feeBps;
        this.referralBps = referralBps;
    }

    boolean deposit() {
        if (deposited) {
            return false;
        }
        deposited = true;
        return true;
    }

    /** A quorum's word. Saying again what is so already is accepted, and does nothing. */
    boolean settle(long newGross, long newBack) {
        if (deposited && newGross == gross && newBack == back) {
            return true;
        }
        if (!payable(newGross, newBack)) {
            return false;
        }
        voided |= back == 0 && newBack == total;
        pay(newGross, newBack);
        return true;
    }

    boolean payMerchant(long newGross, int nonce) {
        if (!payable(newGross, back) || nonce != payerNonce || nonce == LAST_NONCE) {
            return false;
        }
        payerNonce++;
        pay(newGross, back);
        return true;
    }

    boolean refundPayer(long newBack, int nonce) {
        if (!payable(gross, newBack) || nonce != merchantNonce || nonce == LAST_NONCE) {
            return false;
        }
        merchantNonce++;
        pay(gross, newBack);
        return true;
    }

    boolean split(long newGross, long newBack, int ofPayer, int ofMerchant) {
        if (!payable(newGross, newBack) || ofPayer != payerNonce || ofMerchant != merchantNonce) {
            return false;
        }
        payerNonce++;
        merchantNonce++;
        pay(newGross, newBack);
        return true;
    }

    /** After the stop date. */
    boolean reclaim() {
        if (!payable(gross, total - gross)) {
            return false;
        }
        back = total - gross;
        reclaimed = true;
        return true;
    }

    private boolean payable(long newGross, long newBack) {
        return deposited
                && newGross >= gross
                && newBack >= back
                && newGross + newBack <= total
                && newGross + newBack > gross + back;
    }

    private void pay(long newGross, long newBack) {
        long step = newGross - gross;
        long itsFee = floor(newGross, feeBps) - floor(gross, feeBps);
        long itsReferral = Math.min(floor(newGross, referralBps) - floor(gross, referralBps), step - itsFee);
        fee += itsFee;
        referral += itsReferral;
        merchant += step - itsFee - itsReferral;
        refunded |= newBack > back;
        gross = newGross;
        back = newBack;
    }

    private static long floor(long amount, int basisPoints) {
        return amount * basisPoints / BASIS;
    }

    long total() {
        return total;
    }

    long gross() {
        return gross;
    }

    long back() {
        return back;
    }

    int payerNonce() {
        return payerNonce;
    }

    int merchantNonce() {
        return merchantNonce;
    }

    long held() {
        return deposited ? total - gross - back : 0;
    }

    /** All that the contract stores, in words. */
    String state() {
        return "gross %d, back %d, deposited %b, refunded %b, voided %b, reclaimed %b, nonces %d and %d"
                .formatted(gross, back, deposited, refunded, voided, reclaimed, payerNonce, merchantNonce);
    }

    /** What the merchant, the fee receiver, the referrer and the payer got. */
    String shares() {
        return "merchant %d, fee %d, referral %d, payer %d".formatted(merchant, fee, referral, back);
    }
}
