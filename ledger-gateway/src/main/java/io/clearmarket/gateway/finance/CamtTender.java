package io.clearmarket.gateway.finance;

import io.clearmarket.gateway.finance.Statement.InTender;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;

/**
 * What the buyer handed over, in a camt.053 entry. A tender in a currency is the entry's {@code InstdAmt}, in that currency's major units and before
 * charges; the exchange rate is there where the standard's eleven digits hold it exactly. Any tender is told in words, exactly.
 */
final class CamtTender {
    /** BaseOneRate. */
    private static final int RATE_DIGITS = 11;

    private static final int RATE_DECIMALS = 10;

    /** ActiveOrHistoricCurrencyAndAmount. */
    private static final int AMOUNT_DIGITS = 18;

    private static final int MAX_140 = 140;

    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private CamtTender() {}

    /** The amount element, if the tender is in a currency whose digits are known and its amount fits. */
    static void amount(Xml xml, InTender tender, String assetCurrency) throws XMLStreamException {
        if (!CURRENCIES.contains(tender.unit())) {
            return;
        }
        int digits = Currency.getInstance(tender.unit()).getDefaultFractionDigits();
        BigDecimal amount = new BigDecimal(tender.gross().units().abs(), digits);
        if (amount.precision() > AMOUNT_DIGITS) {
            return;
        }
        xml.start("AmtDtls");
        xml.start("InstdAmt");
        xml.amount("Amt", tender.unit(), amount.toPlainString());
        rate(xml, tender, digits, assetCurrency);
        xml.end();
        xml.end();
    }

    /** Major units of the tender for one minor unit of the asset. */
    private static void rate(Xml xml, InTender tender, int digits, String assetCurrency) throws XMLStreamException {
        String[] sides = tender.rate().split("/", -1);
        BigDecimal numerator = new BigDecimal(new BigInteger(sides[0]), digits);
        BigDecimal denominator = new BigDecimal(sides[1]);
        BigDecimal rate = numerator.divide(denominator, RATE_DECIMALS, RoundingMode.DOWN);
        if (rate.multiply(denominator).compareTo(numerator) != 0
                || rate.stripTrailingZeros().precision() > RATE_DIGITS) {
            return;
        }
        xml.start("CcyXchg");
        xml.leaf("SrcCcy", tender.unit());
        xml.leaf("TrgtCcy", assetCurrency);
        xml.leaf("UnitCcy", assetCurrency);
        xml.leaf("XchgRate", rate.stripTrailingZeros().toPlainString());
        xml.end();
    }

    /** Two lines of remittance information, of at most 140 characters each; only an asset's name may be longer, and is cut. */
    static void told(Xml xml, InTender tender) throws XMLStreamException {
        xml.leaf("Ustrd", cut("tender " + tender.gross() + " minor units at " + tender.rate()));
        xml.leaf("Ustrd", cut("tender in " + tender.unit()));
    }

    private static String cut(String text) {
        return text.length() <= MAX_140 ? text : text.substring(0, MAX_140);
    }
}
