package io.clearmarket.gateway.up;

/** Why the system can't come up: one line with the remedy. */
public final class UpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UpException(String message) {
        super(message);
    }
}
