package io.clearmarket.gateway.readmodel;

import io.clearmarket.chaincode.api.Form;
import io.clearmarket.chaincode.api.Gtin;
import io.clearmarket.wallet.identity.PartyId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** What reviews come to, from the ledger's records alone: every one rests on a line that its buyer accepted. */
public interface Ratings {
    /** Of all that a merchant sold. */
    Rating ofMerchant(PartyId merchant);

    /**
     * Of a product, whoever sold it.
     *
     * @param gtin 14 digits, see {@link Gtin}
     */
    Rating ofProduct(String gtin);

    /**
     * A rating and what it rests on.
     *
     * @param purchases lines that their buyers accepted, by word or by silence: as many reviews there could be
     * @param reviews of them that were reviewed
     * @param sum of the scores, 1 to 5 each; the exact mean is sum / reviews
     * @param mean that, rounded to two decimals, a half up; absent without a review
     */
    record Rating(
            long purchases,
            long reviews,
            long sum,
            @Nullable @Form("[1-5]\\.[0-9]{2}") String mean) {
        private static final int DECIMALS = 2;

        static Rating of(long purchases, long reviews, long sum) {
            return new Rating(purchases, reviews, sum, reviews == 0 ? null : mean(reviews, sum));
        }

        private static String mean(long reviews, long sum) {
            return BigDecimal.valueOf(sum)
                    .divide(BigDecimal.valueOf(reviews), DECIMALS, RoundingMode.HALF_UP)
                    .toPlainString();
        }
    }
}
