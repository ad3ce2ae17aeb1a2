package io.clearmarket.gateway.readmodel;

/** A query that cannot be answered because one of its parameters makes no sense. */
public final class InvalidQuery extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String parameter;
    private final String value;
    private final String expected;

    /**
     * @param parameter its name
     * @param value as given
     * @param expected what would be right, in words
     */
    public InvalidQuery(String parameter, String value, String expected) {
        super(parameter + " is \"" + cut(value) + "\"; it must be " + expected);
        this.parameter = parameter;
        this.value = cut(value);
        this.expected = expected;
    }

    public String parameter() {
        return parameter;
    }

    public String value() {
        return value;
    }

    public String expected() {
        return expected;
    }

    private static String cut(String value) {
        return value.length() <= 80 ? value : value.substring(0, 80) + "...";
    }
}
