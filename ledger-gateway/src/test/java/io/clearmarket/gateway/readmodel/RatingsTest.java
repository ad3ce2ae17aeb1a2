package io.clearmarket.gateway.readmodel;

import static io.clearmarket.gateway.testing.LedgerFixture.BUYER;
import static io.clearmarket.gateway.testing.LedgerFixture.MERCHANT;
import static io.clearmarket.gateway.testing.LedgerFixture.OTHER_MERCHANT;
import static io.clearmarket.gateway.testing.LedgerFixture.START;
import static io.clearmarket.gateway.testing.LedgerFixture.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.readmodel.Ratings.Rating;
import io.clearmarket.gateway.testing.LedgerFixture;
import io.clearmarket.gateway.testing.TestDatabase;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Ratings from blocks: what they rest on, and what they come to. */
class RatingsTest {
    private static final String GTIN = "09521234123453";

    private final LedgerFixture ledger = new LedgerFixture();
    private TestDatabase database;
    private ReadModelFixture model;
    private AcceptedLines lines;
    private JdbcRatings ratings;
    private int orders;
    private int applied;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        model = new ReadModelFixture(database);
        lines = new AcceptedLines(database.template());
        ratings = new JdbcRatings(database.client());
    }

    @Test
    void nothing_sold_is_no_rating_and_nothing_to_rest_on() {
        assertThat(ratings.ofMerchant(MERCHANT)).isEqualTo(new Rating(0, 0, 0, null));
        assertThat(ratings.ofProduct(GTIN)).isEqualTo(new Rating(0, 0, 0, null));
    }

    @Test
    void a_rating_says_how_many_accepted_purchases_it_rests_on() {
        ledger.place("order-open", MERCHANT);
        accepted(MERCHANT, null);
        assertThat(ofMerchant()).isEqualTo(new Rating(1, 0, 0, null));
        accepted(MERCHANT, 5);
        accepted(MERCHANT, 4);
        assertThat(ofMerchant()).isEqualTo(new Rating(3, 2, 9, "4.50"));
    }

    @Test
    void the_mean_is_rounded_to_two_decimals_a_half_up() {
        for (int score : new int[] {5, 5, 4}) {
            accepted(MERCHANT, score);
        }
        assertThat(ofMerchant()).isEqualTo(new Rating(3, 3, 14, "4.67"));
        for (int score : new int[] {5, 5, 4, 3, 2}) {
            accepted(MERCHANT, score);
        }
        assertThat(ofMerchant()).as("4.125").isEqualTo(new Rating(8, 8, 33, "4.13"));
    }

    @Test
    void a_product_is_rated_whoever_sold_it_and_a_merchant_by_what_was_their_own() {
        accepted(MERCHANT, 1);
        accepted(OTHER_MERCHANT, 5);
        apply();
        assertThat(ratings.ofMerchant(MERCHANT)).isEqualTo(new Rating(1, 1, 1, "1.00"));
        assertThat(ratings.ofMerchant(OTHER_MERCHANT)).isEqualTo(new Rating(1, 1, 5, "5.00"));
        assertThat(ratings.ofProduct(GTIN)).isEqualTo(new Rating(2, 2, 6, "3.00"));
        assertThat(ratings.ofProduct("09521234543213")).isEqualTo(new Rating(0, 0, 0, null));
    }

    @Test
    void an_answer_and_later_versions_count_nothing_twice_and_a_rebuild_comes_to_the_same() {
        Consignment sold = accepted(MERCHANT, 2);
        ledger.seal();
        ledger.change(sold, "consignment.paid", "recordPaid", MERCHANT);
        review(sold, 2, Digest.sha256(new byte[] {7}));
        Rating rating = ofMerchant();
        assertThat(rating).isEqualTo(new Rating(1, 1, 2, "2.00"));
        lines.reset();
        assertThat(ratings.ofMerchant(MERCHANT)).isEqualTo(new Rating(0, 0, 0, null));
        for (LedgerBlock block : ledger.blocks()) {
            lines.apply(block);
        }
        assertThat(ratings.ofMerchant(MERCHANT)).isEqualTo(rating);
    }

    @Test
    void a_gateway_that_gets_ratings_later_counts_what_it_had_before() throws IOException {
        accepted(MERCHANT, 2);
        accepted(MERCHANT, null);
        Rating rating = ofMerchant();
        lines.reset();
        try (InputStream migration =
                Objects.requireNonNull(RatingsTest.class.getResourceAsStream("/db/migration/V65__ratings.sql"))) {
            String text = new String(migration.readAllBytes(), UTF_8);
            database.template().execute(text.substring(text.indexOf("insert into")));
        }
        assertThat(ratings.ofMerchant(MERCHANT)).isEqualTo(rating).isEqualTo(new Rating(2, 1, 2, "2.00"));
    }

    private Rating ofMerchant() {
        apply();
        return ratings.ofMerchant(MERCHANT);
    }

    private void apply() {
        ledger.seal();
        for (LedgerBlock block :
                ledger.blocks().subList(applied, ledger.blocks().size())) {
            model.apply(block, lines);
            applied++;
        }
    }

    /** Sold and accepted, and reviewed in the same block unless there is no score. */
    private Consignment accepted(PartyId merchant, @Nullable Integer score) {
        orders++;
        Consignment placed = ledger.place("order-%04d".formatted(orders), merchant);
        ObjectNode next = Json.MAPPER.valueToTree(placed);
        next.putArray("acceptedLines").add(1);
        Consignment accepted = ledger.change(
                Json.MAPPER.treeToValue(next, Consignment.class), "consignment.accepted", "accept", BUYER);
        if (score != null) {
            review(accepted, score, null);
        }
        return accepted;
    }

    private void review(Consignment of, int score, @Nullable Digest answer) {
        Records.Review review = new Records.Review(
                of.id(),
                1,
                of.buyer(),
                of.merchant(),
                score,
                Digest.ZERO,
                START,
                answer,
                answer == null ? null : START.plusSeconds(60));
        ledger.transaction(
                answer == null ? of.buyer() : of.merchant(),
                LedgerFixture.event(
                        answer == null ? "review.recorded" : "review.answered",
                        answer == null ? "recordReview" : "answerReview",
                        answer == null ? of.buyer() : of.merchant(),
                        of.orderId(),
                        of.id()),
                write(RecordKind.REVIEW, review, of.id().value(), "1"));
    }
}
