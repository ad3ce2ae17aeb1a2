package io.clearmarket.network.embedded.peer;

/**
 * How many calls of each service a peer has open at a time, streams included: core.yaml's {@code peer.limits.concurrency}.
 *
 * @param endorser of {@code protos.Endorser}; 0 for no limit, as with the others
 * @param deliver of {@code protos.Deliver}
 * @param gateway of {@code gateway.Gateway}
 */
public record PeerLimits(int endorser, int deliver, int gateway) {
    /** As Fabric ships: 2500, 2500, 500. */
    public static final PeerLimits USUAL = new PeerLimits(2500, 2500, 500);

    public PeerLimits {
        if (endorser < 0 || deliver < 0 || gateway < 0) {
            throw new IllegalArgumentException(
                    "a peer's limits are 0 or more, not " + endorser + ", " + deliver + " and " + gateway);
        }
    }
}
