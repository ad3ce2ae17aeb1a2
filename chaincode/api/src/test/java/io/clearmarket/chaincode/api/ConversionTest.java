package io.clearmarket.chaincode.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

/** Rounding loses and invents nothing, whatever the currency and the token. */
class ConversionTest {
    private static final int TIMES = 2_000;
    private static final List<Integer> TOKENS = List.of(0, 2, 6, 8, 18);

    private final Random random = new Random(1);

    /** As the runtime knows them: 0, 2, 3 and 4 digits. */
    private static Set<Integer> exponents() {
        return Currency.getAvailableCurrencies().stream()
                .map(Currency::getDefaultFractionDigits)
                .filter(digits -> digits >= 0)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void lines_are_rounded_up_or_down_and_add_up_to_the_whole() {
        assertThat(exponents()).contains(0, 2, 3);
        Set<Integer> all = new TreeSet<>(exponents());
        all.add(4);
        for (int digits : all) {
            for (int token : TOKENS) {
                for (int i = 0; i < TIMES / 10; i++) {
                    requireConserved(quote(digits, token), prices());
                }
            }
        }
    }

    private void requireConserved(Terms.Quote quote, List<Amount> prices) {
        List<Amount> lines = Conversion.lines(quote, prices);
        Amount sum = prices.stream().reduce(Amount.ZERO, Amount::plus);
        assertThat(lines.stream().reduce(Amount.ZERO, Amount::plus)).isEqualTo(Conversion.whole(quote, sum));
        for (int i = 0; i < lines.size(); i++) {
            assertThat(Conversion.isRounded(quote, prices.get(i), lines.get(i)))
                    .as("%s of %s at %s", lines.get(i), prices.get(i), quote)
                    .isTrue();
        }
        BigInteger twice = sum.units().multiply(quote.numerator().value()).shiftLeft(1);
        BigInteger off = Conversion.whole(quote, sum)
                .units()
                .multiply(quote.denominator().value())
                .shiftLeft(1)
                .subtract(twice);
        assertThat(off.abs())
                .as("nearest")
                .isLessThanOrEqualTo(quote.denominator().value());
    }

    @Test
    void an_exact_quote_is_not_rounded() {
        Terms.Quote quote = new Terms.Quote(2_000, 1, "test", Instant.EPOCH, Instant.EPOCH);
        assertThat(Conversion.lines(quote, List.of(Amount.of(999), Amount.of(1))))
                .containsExactly(Amount.of(1_998_000), Amount.of(2_000));
        assertThat(Conversion.isRounded(quote, Amount.of(999), Amount.of(1_998_001)))
                .isFalse();
    }

    @Test
    void a_rate_between_major_units_becomes_one_between_minor_units() {
        assertThat(terms(quoteOf("0.1853", 2, 6))).isEqualTo("1853/1");
        assertThat(terms(quoteOf("0.0066", 0, 6))).isEqualTo("6600/1");
        assertThat(terms(quoteOf("2.65", 3, 2))).isEqualTo("53/200");
        assertThat(terms(quoteOf("3", 4, 0))).isEqualTo("3/10000");
        assertThatThrownBy(() -> quoteOf("0", 2, 6)).isInstanceOf(InvalidValue.class);
    }

    @Test
    void a_rate_that_no_terms_can_hold_is_refused_and_never_rounded() {
        for (String rate : List.of("0." + "3".repeat(38), "3" + "0".repeat(36))) {
            assertThatThrownBy(() -> quoteOf(rate, 0, 0))
                    .isInstanceOf(InvalidValue.class)
                    .hasMessageContaining("2^120");
        }
    }

    @Test
    void a_side_beyond_what_json_numbers_hold_is_a_string_and_each_value_has_one_form() {
        Terms.Quote dollars = quoteOf("1", 2, 18);
        assertThat(terms(dollars)).isEqualTo("10000000000000000/1");
        assertThat(Json.MAPPER.writeValueAsString(dollars))
                .contains("\"numerator\":\"10000000000000000\"")
                .contains("\"denominator\":1");
        assertThat(read("\"10000000000000000\"")).isEqualTo(dollars.numerator());
        assertThat(read("9007199254740991")).isEqualTo(QuoteSide.of(9_007_199_254_740_991L));
        assertThat(CanonicalJson.bytes(dollars)).isNotEmpty();
        for (String second : List.of(
                "9007199254740992",
                "\"9007199254740991\"",
                "\"010000000000000000\"",
                "\"7\"",
                "\"-10000000000000000\"",
                "1.5")) {
            assertThatThrownBy(() -> read(second)).as(second).isInstanceOf(JacksonException.class);
        }
    }

    private static QuoteSide read(String json) {
        return Json.MAPPER.readValue(json, QuoteSide.class);
    }

    @Test
    void refunds_in_parts_at_the_original_rate_add_up_to_the_orders_total() {
        for (int i = 0; i < TIMES; i++) {
            Amount total = Amount.of(1 + random.nextInt(100_000));
            Amount ordered = Amount.of(1 + random.nextInt(100_000));
            Amount settled = Amount.ZERO;
            Amount given = Amount.ZERO;
            while (total.isMoreThan(settled)) {
                Amount after = Amount.of(Math.min(
                        total.units().longValueExact(), settled.units().longValueExact() + 1 + random.nextInt(40_000)));
                Amount part = valued(ordered, total, after).minus(valued(ordered, total, settled));
                given = given.plus(part);
                settled = after;
            }
            assertThat(given).isEqualTo(ordered);
        }
    }

    @Test
    void a_tender_is_the_nearest_of_the_total_and_refunds_in_parts_add_up_to_it() {
        Set<Integer> all = new TreeSet<>(exponents());
        all.add(4);
        for (int digits : all) {
            for (int token : TOKENS) {
                for (int i = 0; i < TIMES / 10; i++) {
                    requireTendered(digits, token, amount());
                }
            }
        }
    }

    private void requireTendered(int unitDigits, int assetDigits, Amount total) {
        BigDecimal rate = BigDecimal.valueOf(1 + random.nextInt(999_999), random.nextInt(15) - 4);
        Tender tender = Conversion.tender("EUR", rate, assetDigits, unitDigits, total, "test");
        BigDecimal exact = rate.multiply(new BigDecimal(total.units())).scaleByPowerOfTen(unitDigits - assetDigits);
        assertThat(tender.amount().units())
                .as("%s of %s at %s", tender, total, rate)
                .isEqualTo(exact.setScale(0, RoundingMode.HALF_UP).toBigIntegerExact());
        requireConserved(tender, total);
    }

    /** Steps of any size to either side, until nothing is held. */
    private void requireConserved(Tender tender, Amount total) {
        Amount gross = Amount.ZERO;
        Amount buyer = Amount.ZERO;
        Conversion.Tendered before = Conversion.inTender(tender, total, gross, buyer);
        assertThat(before).isEqualTo(new Conversion.Tendered(tender.amount(), Amount.ZERO, Amount.ZERO));
        while (total.isMoreThan(gross.plus(buyer))) {
            Amount left = total.minus(gross).minus(buyer);
            Amount step = new Amount(left.units().min(amount().units()));
            if (random.nextBoolean()) {
                gross = gross.plus(step);
            } else {
                buyer = buyer.plus(step);
            }
            Conversion.Tendered after = Conversion.inTender(tender, total, gross, buyer);
            assertThat(after.held().plus(after.gross()).plus(after.buyer())).isEqualTo(tender.amount());
            requireNear(after.gross(), gross, tender, total);
            requireNear(after.buyer(), buyer, tender, total);
            assertThat(before.gross().isMoreThan(after.gross())
                            || before.buyer().isMoreThan(after.buyer()))
                    .as("a step to one side takes nothing from the other")
                    .isFalse();
            before = after;
        }
        assertThat(before.held().isZero()).isTrue();
    }

    /** At most half a unit away from its share of the tender. */
    private static void requireNear(Amount part, Amount settled, Tender tender, Amount total) {
        BigInteger off = part.units()
                .multiply(total.units())
                .subtract(settled.units().multiply(tender.amount().units()));
        assertThat(off.abs().shiftLeft(1)).isLessThanOrEqualTo(total.units());
    }

    /** Of up to nineteen digits, the small ones as often as the large. */
    private Amount amount() {
        return new Amount(new BigInteger(1 + random.nextInt(62), random).add(BigInteger.ONE));
    }

    @Test
    void a_quote_without_another_tender_is_written_as_before_there_was_any() {
        Terms.Quote quote = quoteOf("0.1853", 2, 6);
        assertThat(Json.MAPPER.writeValueAsString(quote)).doesNotContain("tender");
        Tender tender = Conversion.tender("EUR", new BigDecimal("0.92"), 6, 2, Amount.of(45_000_000), "Example Pay");
        assertThat(tender)
                .isEqualTo(new Tender("EUR", Amount.of(4_140), QuoteSide.of(23), QuoteSide.of(250_000), "Example Pay"));
        Terms.Quote tendered = quote.with(tender);
        assertThat(Json.MAPPER.readValue(CanonicalJson.bytes(tendered), Terms.Quote.class))
                .isEqualTo(tendered);
    }

    private static Amount valued(Amount ordered, Amount total, Amount settled) {
        return Conversion.inOrderCurrency(ordered, total, settled);
    }

    /** A rate of up to six digits, from a ten thousand millionth to ten thousand million. */
    private Terms.Quote quote(int currencyDigits, int tokenDigits) {
        BigDecimal rate = BigDecimal.valueOf(1 + random.nextInt(999_999), random.nextInt(15) - 4);
        return Conversion.quote(rate, currencyDigits, tokenDigits, "test", Instant.EPOCH, Instant.EPOCH);
    }

    private static Terms.Quote quoteOf(String rate, int currencyDigits, int tokenDigits) {
        return Conversion.quote(
                new BigDecimal(rate), currencyDigits, tokenDigits, "test", Instant.EPOCH, Instant.EPOCH);
    }

    private static String terms(Terms.Quote quote) {
        return quote.numerator() + "/" + quote.denominator();
    }

    private List<Amount> prices() {
        return IntStream.range(0, 1 + random.nextInt(50))
                .mapToObj(i -> Amount.of(1 + random.nextInt(1_000_000)))
                .toList();
    }
}
