package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.QuoteSide;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Tender;
import io.clearmarket.chaincode.api.Terms;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Terms at a rate that divides nothing: two lines of 100 and one of 101 cents at a third of a unit a cent, 100.33 units in all; and with another tender. */
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

    /** -10,000 / -1 is the rate that every line was settled at. */
    @Test
    void a_rate_of_nothing_or_of_less_on_both_sides_is_refused() {
        for (long[] sides : List.of(new long[] {-TermsBuilder.RATE, -1}, new long[] {0, 1}, new long[] {1, 0})) {
            TermsBuilder terms = TermsBuilder.valid();
            terms.quote = new Terms.Quote(sides[0], sides[1], "test", terms.quote.at(), terms.quote.expiry());
            Bazaar bazaar = Bazaar.opened();
            bazaar.refuses(RefusalCode.TERMS_AMOUNTS_DIFFER, bazaar.order(terms), BUYER);
        }
    }

    /** 26,000,000 units of the asset, at 23 cents for 250,000 of them. */
    @Test
    void a_tender_that_is_the_total_at_its_rate_is_accepted() {
        for (Tender tender : List.of(
                tender("EUR", 2_392, 23, 250_000),
                tender("bip122:000000000019d6689c085ae165831e93/slip44:0", 1, 1, 52_000_000))) {
            Bazaar bazaar = Bazaar.opened();
            bazaar.does(bazaar.order(tendered(tender)), BUYER);
            assertThat(bazaar.consignment().termsHash())
                    .isEqualTo(tendered(tender).build().hash());
        }
    }

    @Test
    void a_tender_of_another_amount_is_refused() {
        refuses(RefusalCode.TERMS_AMOUNTS_DIFFER, tender("EUR", 2_391, 23, 250_000));
        refuses(RefusalCode.TERMS_AMOUNTS_DIFFER, tender("EUR", 2_393, 23, 250_000));
        refuses(RefusalCode.TERMS_AMOUNTS_DIFFER, tender("EUR", 2_392, -23, -250_000));
        refuses(RefusalCode.TERMS_AMOUNTS_DIFFER, tender("EUR", 0, 0, 250_000));
    }

    @Test
    void a_tender_of_nothing_is_refused() {
        refuses(RefusalCode.AMOUNT_ZERO, tender("EUR", 0, 1, 52_000_001));
    }

    @Test
    void a_tender_in_the_settlement_asset_itself_or_in_no_unit_is_refused() {
        String asset = TermsBuilder.valid().asset.caip19();
        for (String unit : List.of(asset, asset.toLowerCase(Locale.ROOT), "eur", "EURO", "", "slip44:0")) {
            refuses(RefusalCode.INVALID_VALUE, tender(unit, 26_000_000, 1, 1));
        }
    }

    @Test
    void a_tender_names_who_takes_it() {
        for (String provider : List.of("", " ", "Example\nPay")) {
            refuses(
                    RefusalCode.INVALID_VALUE,
                    new Tender("EUR", Amount.of(26_000_000), QuoteSide.of(1), QuoteSide.of(1), provider));
        }
    }

    @Test
    void a_tender_holds_no_longer_than_its_quote() {
        Bazaar bazaar = Bazaar.opened();
        TermsBuilder terms = tendered(tender("EUR", 2_392, 23, 250_000));
        bazaar.now = terms.quote.expiry().plusSeconds(1);
        bazaar.refuses(RefusalCode.TERMS_QUOTE_EXPIRED, bazaar.order(terms), BUYER);
    }

    private static void refuses(RefusalCode code, Tender tender) {
        Bazaar bazaar = Bazaar.opened();
        bazaar.refuses(code, bazaar.order(tendered(tender)), BUYER);
    }

    private static TermsBuilder tendered(Tender tender) {
        TermsBuilder terms = TermsBuilder.valid();
        terms.quote = terms.quote.with(tender);
        return terms;
    }

    private static Tender tender(String unit, long amount, long numerator, long denominator) {
        return new Tender(unit, Amount.of(amount), QuoteSide.of(numerator), QuoteSide.of(denominator), "Example Pay");
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
