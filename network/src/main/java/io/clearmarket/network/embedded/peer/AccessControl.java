package io.clearmarket.network.embedded.peer;

import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.policy.Policy;
import io.clearmarket.network.embedded.policy.Policy.SignedData;
import java.util.List;
import java.util.Optional;

/** Whether a signed request may read the channel. */
public final class AccessControl {
    private static final String READERS = "/Channel/Application/Readers";

    private final PeerLedger ledger;

    public AccessControl(PeerLedger ledger) {
        this.ledger = ledger;
    }

    /** Why the signer may not read this channel, in a peer's words; empty if they may. */
    public Optional<String> readDenied(String channel, SignedData request) {
        if (!channel.equals(ledger.channel())) {
            return Optional.of("Failed to get policy manager for channel [" + channel + "]");
        }
        Policy readers = ledger.policy(READERS)
                .orElseThrow(() -> new IllegalStateException("the channel has no policy " + READERS));
        return readers.evaluate(List.of(request))
                .map(reason -> "Failed evaluating policy on signed data during check policy on channel [" + channel
                        + "] with policy [" + READERS + "]: [" + reason + "]");
    }
}
