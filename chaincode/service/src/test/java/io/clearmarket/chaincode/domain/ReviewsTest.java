package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.CARRIER;
import static io.clearmarket.chaincode.domain.Bazaar.ID;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.SECOND_MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.STRANGER;
import static io.clearmarket.chaincode.domain.Bazaar.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Records.Review;
import io.clearmarket.chaincode.api.RefusalCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Reviews rest on a purchase that was accepted, one a line, and are answered once by the merchant who sold it. */
class ReviewsTest {
    private static final Digest PRAISE = Digest.sha256(new byte[] {1});
    private static final Digest THANKS = Digest.sha256(new byte[] {2});

    @Test
    void only_the_buyer_of_an_accepted_line_reviews_it_and_once() {
        Bazaar bazaar = Bazaar.opened().delivered();
        bazaar.refuses(RefusalCode.LINE_NOT_ACCEPTED, review(bazaar, 1), BUYER);
        bazaar.does(bazaar.accept(lines(1)), BUYER);
        for (Person other : List.of(MERCHANT, CARRIER, STRANGER)) {
            bazaar.refuses(RefusalCode.WRONG_PARTY, review(bazaar, 1), other);
        }
        bazaar.does(review(bazaar, 1), BUYER);
        bazaar.refuses(RefusalCode.REVIEW_EXISTS, review(bazaar, 1), BUYER);
        bazaar.refuses(RefusalCode.LINE_NOT_ACCEPTED, review(bazaar, 2), BUYER);
    }

    @Test
    void the_merchant_of_the_consignment_answers_and_once() {
        Bazaar bazaar = reviewed();
        for (Person other : List.of(BUYER, CARRIER, STRANGER, SECOND_MERCHANT)) {
            bazaar.refuses(RefusalCode.WRONG_PARTY, answer(bazaar, 1), other);
        }
        bazaar.does(answer(bazaar, 1), MERCHANT);
        bazaar.refuses(RefusalCode.REVIEW_ANSWERED, answer(bazaar, 1), MERCHANT);
        bazaar.refuses(RefusalCode.REVIEW_EXISTS, review(bazaar, 1), BUYER);
    }

    @Test
    void a_line_without_a_review_has_nothing_to_answer() {
        Bazaar bazaar = reviewed();
        bazaar.refuses(RefusalCode.UNKNOWN_REVIEW, answer(bazaar, 2), MERCHANT);
        bazaar.refuses(RefusalCode.UNKNOWN_REVIEW, answer(bazaar, 3), MERCHANT);
    }

    @Test
    void an_answer_changes_nothing_of_the_review_or_of_the_consignment() {
        Bazaar bazaar = reviewed();
        Consignment before = bazaar.consignment();
        Instant then = bazaar.now;
        bazaar.later(Duration.ofDays(40));
        bazaar.does(answer(bazaar, 1), MERCHANT);
        assertThat(bazaar.ledger.get(Keys.review(ID, 1)))
                .isEqualTo(new Review(ID, 1, BUYER.id(), MERCHANT.id(), 2, PRAISE, then, THANKS, bazaar.now));
        assertThat(bazaar.consignment()).isEqualTo(before);
    }

    @Test
    void a_review_that_an_earlier_version_stored_is_answered() {
        Bazaar bazaar = reviewed();
        bazaar.ledger.put(Keys.review(ID, 1).composite(), """
                {"at":"2026-11-24T12:00:00Z","buyer":"%s","consignmentId":"%s","line":1,"merchant":"%s","score":5,"text":"%s"}""".formatted(BUYER.id(), ID, MERCHANT.id(), PRAISE));
        bazaar.does(answer(bazaar, 1), MERCHANT);
        assertThat(Objects.requireNonNull(bazaar.ledger.get(Keys.review(ID, 1))).score())
                .isEqualTo(5);
    }

    private static Bazaar reviewed() {
        Bazaar bazaar = Bazaar.opened().delivered();
        bazaar.does(bazaar.accept(Command.Part.ALL), BUYER);
        bazaar.does(review(bazaar, 1), BUYER);
        return bazaar;
    }

    private static Command review(Bazaar bazaar, int line) {
        return new Command.RecordReview(bazaar.id(), ID, line, 2, PRAISE);
    }

    private static Command answer(Bazaar bazaar, int line) {
        return new Command.AnswerReview(bazaar.id(), ID, line, THANKS);
    }
}
