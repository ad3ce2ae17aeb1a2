package io.clearmarket.chaincode.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The business id of a command, unique per signer: the same id with the same content takes effect once. */
public record CommandId(@JsonValue String value) {
    /** As JSON has it; a regular expression that ECMA-262 reads alike. */
    public static final Pattern FORM = Pattern.compile("[A-Za-z0-9_.:-]{8,100}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CommandId {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValue("commandId", value, "8 to 100 letters, digits or '-', '_', '.', ':'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
