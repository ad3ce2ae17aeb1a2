package io.clearmarket.chaincode.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** What a buyer agreed to buy; the id is chosen by the shop: 8 to 64 letters, digits, '-' or '_'. */
public record OrderId(@JsonValue String value) {
    /** As JSON has it; a regular expression that ECMA-262 reads alike. */
    public static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{8,64}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public OrderId {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValue("orderId", value, "8 to 64 letters, digits, '-' or '_'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
