package io.clearmarket.network.embedded.msp;

/** An identity that the channel's MSPs do not know; the message is Fabric's own wording where a client sees it. */
public final class MspException extends Exception {
    private static final long serialVersionUID = 1L;

    public MspException(String message) {
        super(message);
    }
}
