package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Refuse.unless;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Conversion;
import io.clearmarket.chaincode.api.Gtin;
import io.clearmarket.chaincode.api.InvalidValue;
import io.clearmarket.chaincode.api.Limits;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Terms;
import java.util.List;

/** Whether the amounts of terms add up, line by line and exactly. */
final class TermsAmounts {
    private TermsAmounts() {}

    static void require(Terms terms) {
        List<Terms.Line> lines = terms.lines();
        unless(
                !lines.isEmpty(),
                RefusalCode.NO_LINES,
                () -> "the terms of consignment " + terms.consignmentId()
                        + " have no line; they must have at least one");
        if (lines.size() > Limits.LINES) {
            throw new InvalidValue("lines", lines.size() + " lines", "1 to " + Limits.LINES + " lines");
        }
        Terms.Quote quote = terms.quote();
        unless(
                quote.numerator().isPositive() && quote.denominator().isPositive(),
                RefusalCode.TERMS_AMOUNTS_DIFFER,
                () -> "the quote is " + quote.numerator() + " / " + quote.denominator() + "; both must be positive");
        Amount priced = Amount.ZERO;
        Amount settled = Amount.ZERO;
        for (int i = 0; i < lines.size(); i++) {
            Terms.Line line = lines.get(i);
            requireLine(line, i + 1);
            Amount price = line.price().times(line.quantity()).plus(line.freight());
            requireQuoted(line, price, quote);
            priced = priced.plus(price);
            settled = settled.plus(line.amount());
        }
        requireSum("orderTotal", terms.orderTotal().amount(), priced);
        requireSum("total", terms.total(), settled);
        requireWhole(quote, priced, settled);
        if (quote.tender() != null) {
            TenderCheck.require(quote.tender(), terms);
        }
    }

    private static void requireLine(Terms.Line line, int number) {
        if (line.line() != number) {
            throw new InvalidValue("line", Integer.toString(line.line()), "numbered 1, 2, ...; here " + number);
        }
        if (line.quantity() < 1 || line.quantity() > Limits.PIECES) {
            throw new InvalidValue("quantity", Integer.toString(line.quantity()), "1 to " + Limits.PIECES);
        }
        unless(
                Gtin.isValid(line.gtin()),
                RefusalCode.TERMS_BAD_GTIN,
                () -> "line " + number + " has the GTIN " + line.gtin()
                        + "; it must have 14 digits with GS1's check digit last");
        unless(
                !line.amount().isZero(),
                RefusalCode.AMOUNT_ZERO,
                () -> "line " + number + " settles to 0; every line must settle to at least 1 minor unit");
    }

    /** Lines are rounded to whole units, each up or down. */
    private static void requireQuoted(Terms.Line line, Amount price, Terms.Quote quote) {
        unless(
                Conversion.isRounded(quote, price, line.amount()),
                RefusalCode.TERMS_AMOUNTS_DIFFER,
                () -> "line " + line.line() + " costs " + price + " and settles to " + line.amount()
                        + ", which is not the quote " + quote.numerator() + " / " + quote.denominator());
    }

    /** All lines together are the quote rounded to the nearest unit, so that rounding favours nobody line by line. */
    private static void requireWhole(Terms.Quote quote, Amount priced, Amount settled) {
        Amount whole = Conversion.whole(quote, priced);
        unless(
                settled.equals(whole),
                RefusalCode.TERMS_AMOUNTS_DIFFER,
                () -> "the lines settle to " + settled + " together; " + priced + " at the quote " + quote.numerator()
                        + " / " + quote.denominator() + " is " + whole);
    }

    private static void requireSum(String name, Amount stated, Amount sum) {
        unless(
                stated.equals(sum),
                RefusalCode.TERMS_AMOUNTS_DIFFER,
                () -> name + " is " + stated + ", the lines add up to " + sum);
    }
}
