package io.clearmarket.gateway.pages;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.gateway.finance.Delta;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How values look on a page, in templates {@code @shown}. */
@Component("shown")
class Shown {
    private static final int SHORT = 8;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm xxx").withZone(ZoneOffset.UTC);

    /** Grouped in threes, which English and Chinese do alike; exact. */
    public String amount(Amount amount) {
        StringBuilder digits = new StringBuilder(amount.toString());
        for (int i = digits.length() - 3; i > 0; i -= 3) {
            digits.insert(i, ',');
        }
        return digits.toString();
    }

    /** Likewise, with its sign. */
    public String amount(Delta delta) {
        String digits = amount(new Amount(delta.units().abs()));
        return delta.isNegative() ? "-" + digits : digits;
    }

    /** Date and minute in UTC, with its offset. */
    public String time(@Nullable Instant instant) {
        return instant == null ? "" : TIME.format(instant);
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

    /** A party, shortened. */
    public String party(PartyId party) {
        return brief(party);
    }
}
