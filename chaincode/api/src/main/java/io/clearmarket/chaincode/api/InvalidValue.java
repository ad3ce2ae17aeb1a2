package io.clearmarket.chaincode.api;

/** A value that no record or command may hold. Carries what was wrong and what would be right. */
public final class InvalidValue extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 80;

    private final String field;
    private final String value;
    private final String expected;

    /**
     * @param field the field's name
     * @param value the value as given, shown cut to 80 characters
     * @param expected what would be right, in words
     */
    public InvalidValue(String field, String value, String expected) {
        super(field + " is \"" + cut(value) + "\"; it must be " + expected);
        this.field = field;
        this.value = cut(value);
        this.expected = expected;
    }

    public String field() {
        return field;
    }

    public String value() {
        return value;
    }

    public String expected() {
        return expected;
    }

    private static String cut(String value) {
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "...";
    }
}
