package io.clearmarket.gateway.readmodel;

import io.clearmarket.wallet.identity.PartyId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** {@link Ratings} from the lines that {@link AcceptedLines} keeps. */
@Repository
class JdbcRatings implements Ratings {
    private static final String SUMS =
            "select count(*), count(score), coalesce(sum(score), 0) from accepted_line where ";

    private final JdbcClient database;

    JdbcRatings(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Rating ofMerchant(PartyId merchant) {
        return rating(SUMS + "merchant = ?", merchant.value());
    }

    @Override
    public Rating ofProduct(String gtin) {
        return rating(SUMS + "gtin = ?", gtin);
    }

    private Rating rating(String query, String of) {
        return database.sql(query)
                .param(of)
                .query((row, i) -> Rating.of(row.getLong(1), row.getLong(2), row.getLong(3)))
                .single();
    }
}
