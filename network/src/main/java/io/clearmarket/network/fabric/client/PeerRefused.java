package io.clearmarket.network.fabric.client;

/** A peer answered, and the answer is no. */
public final class PeerRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    PeerRefused(PeerClient peer, int status, String message) {
        super("the peer of " + peer.mspId() + " at " + peer.address() + " answers " + status + ": " + message);
        this.status = status;
    }

    /** The response's status, such as 404 for what is not defined, 500 for the rest. */
    public int status() {
        return status;
    }
}
