package io.clearmarket.chaincode.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** One merchant's part of an order: the order id, a dot, a number from 1 to 99. */
public record ConsignmentId(@JsonValue String value) {
    /** As JSON has it; a regular expression that ECMA-262 reads alike. */
    public static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{8,64}\\.[1-9][0-9]?");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ConsignmentId {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValue("consignmentId", value, "an order id, a dot and a number from 1 to 99");
        }
    }

    public static ConsignmentId of(OrderId order, int number) {
        return new ConsignmentId(order.value() + "." + number);
    }

    public OrderId orderId() {
        return new OrderId(value.substring(0, value.indexOf('.')));
    }

    @Override
    public String toString() {
        return value;
    }
}
