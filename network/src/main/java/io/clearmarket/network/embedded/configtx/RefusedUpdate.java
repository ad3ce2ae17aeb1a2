package io.clearmarket.network.embedded.configtx;

/** Why a configuration update is not applied, in Fabric's words. */
public final class RefusedUpdate extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedUpdate(String message) {
        super(message);
    }

    /** The same from a step further out. */
    RefusedUpdate within(String step) {
        return new RefusedUpdate(step + ": " + getMessage());
    }

    /** The message; there always is one. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
