package io.clearmarket.gateway.crash;

/** Why the comparison could not be made: one line for a person. */
public final class CrashException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CrashException(String message) {
        super(message);
    }
}
