package io.clearmarket.gateway.pages;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.gateway.finance.Delta;
import io.clearmarket.wallet.identity.PartyId;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** How values look on a page, in the reader's language; in templates {@code @shown}. */
@Component("shown")
public class Shown {
    private static final int SHORT = 8;

    /** Grouped as the reader is used to; exact. */
    public String amount(Amount amount) {
        return number(amount.units());
    }

    /** Likewise, with its sign. */
    public String amount(Delta delta) {
        return number(delta.units());
    }

    /** A whole number, grouped as the reader is used to. */
    public String number(Number number) {
        return NumberFormat.getIntegerInstance(LocaleContextHolder.getLocale()).format(number);
    }

    /** A decimal number with all of its decimals, written as the reader is used to. */
    public String decimal(String exact) {
        BigDecimal number = new BigDecimal(exact);
        NumberFormat format = NumberFormat.getInstance(LocaleContextHolder.getLocale());
        format.setMinimumFractionDigits(number.scale());
        format.setMaximumFractionDigits(number.scale());
        return format.format(number);
    }

    /** Date and minute in UTC, with its offset, which needs no translation as a zone's name does. */
    public String time(@Nullable Instant instant) {
        return instant == null
                ? ""
                : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                                .withLocale(LocaleContextHolder.getLocale())
                                .withZone(ZoneOffset.UTC)
                                .format(instant)
                        + " +00:00";
    }

    /** The day in UTC. */
    public String day(Instant instant) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(LocaleContextHolder.getLocale())
                .withZone(ZoneOffset.UTC)
                .format(instant);
    }

    /** A day. */
    public String day(LocalDate day) {
        return day(day.atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    /** The beginning of a long id; the whole is in the element's title. */
    public String brief(Object id) {
        String text = id.toString();
        return text.length() <= SHORT ? text : text.substring(0, SHORT) + "…";
    }

    /** A token's address, shortened. */
    public String token(Asset asset) {
        String address = asset.token().toString();
        return address.substring(0, 6) + "…" + address.substring(address.length() - 4);
    }

    /** An amount of a tender, as {@link #tender(Delta, String)}. */
    public String tender(Amount amount, String unit) {
        return tender(Delta.of(amount), unit);
    }

    /** A tender: a currency as the reader writes it, exact; of any other asset its minor units and the beginning of its name. */
    public String tender(Delta amount, String unit) {
        Currency currency = Currency.getAvailableCurrencies().stream()
                .filter(known -> known.getCurrencyCode().equals(unit) && known.getDefaultFractionDigits() >= 0)
                .findAny()
                .orElse(null);
        if (currency == null) {
            return amount(amount) + " " + brief(unit);
        }
        NumberFormat format = NumberFormat.getCurrencyInstance(LocaleContextHolder.getLocale());
        format.setCurrency(currency);
        format.setMinimumFractionDigits(currency.getDefaultFractionDigits());
        format.setMaximumFractionDigits(currency.getDefaultFractionDigits());
        return format.format(new BigDecimal(amount.units(), currency.getDefaultFractionDigits()));
    }

    /** A party, shortened. */
    public String party(PartyId party) {
        return brief(party);
    }
}
