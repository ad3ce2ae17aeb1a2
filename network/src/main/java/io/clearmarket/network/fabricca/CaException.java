package io.clearmarket.network.fabricca;

/** Fabric CA did not do what was asked; the message has its own words. */
public final class CaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    CaException(String message, int code) {
        super(message);
        this.code = code;
    }

    CaException(String message, Throwable cause) {
        super(message, cause);
        this.code = 0;
    }

    /** Fabric CA's own error code, such as 20 for an authentication failure, 71 for a missing authority; 0 for none. */
    public int code() {
        return code;
    }
}
