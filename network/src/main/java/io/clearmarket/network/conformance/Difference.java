package io.clearmarket.network.conformance;

/** A statement that does not hold; the message says what was expected and what was seen. */
final class Difference extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Difference(String message) {
        super(message);
    }

    Difference(String message, Throwable cause) {
        super(message, cause);
    }
}
