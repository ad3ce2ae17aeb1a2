package io.clearmarket.gateway.replay;

/** Why a replay can't go on, in one line for the person who started it. */
public final class ReplayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReplayException(String message) {
        super(message);
    }
}
