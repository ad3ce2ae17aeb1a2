package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Terms;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Terms at a rate that divides nothing: two lines of 100 and one of 101 cents at a third of a unit a cent, 100.33 units in all. */
class QuoteTest {
    @Test
    void lines_rounded_up_and_down_to_the_nearest_whole_are_accepted() {
        Bazaar bazaar = Bazaar.opened();
        bazaar.does(bazaar.order(terms(33, 33, 34)), BUYER);
        assertThat(bazaar.consignment().version()).isEqualTo(1);
    }

    @Test
    void a_whole_that_is_rounded_another_way_is_refused() {
        for (TermsBuilder terms : List.of(terms(33, 33, 33), terms(34, 33, 34), terms(33, 32, 35))) {
            Bazaar bazaar = Bazaar.opened();
            bazaar.refuses(RefusalCode.TERMS_AMOUNTS_DIFFER, bazaar.order(terms), BUYER);
        }
    }

    private static TermsBuilder terms(long first, long second, long third) {
        TermsBuilder terms = TermsBuilder.valid();
        terms.quote = new Terms.Quote(1, 3, "test", terms.quote.at(), terms.quote.expiry());
        terms.lines = List.of(
                TermsBuilder.line(1, 1, 100, 0, first),
                TermsBuilder.line(2, 1, 100, 0, second),
                TermsBuilder.line(3, 1, 101, 0, third));
        terms.orderTotal = 301;
        terms.total = Amount.of(first + second + third);
        return terms;
    }
}
