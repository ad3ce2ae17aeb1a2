package io.clearmarket.network.embedded.peer.privatedata;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.ledger.PrivateDataLedger.SetId;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One peer's requests for private data that it should have and was not given, while a block is committed and, for what was
 * not to be had then, again and again afterwards (Fabric's reconciliation). Also its answers to others' requests.
 */
public final class PrivateDataExchange implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PrivateDataExchange.class.getName());

    private final PeerLedger ledger;
    private final ByteString identity;
    private final Duration pause;
    private volatile List<PrivateDataPeer> others = List.of();
    private volatile Thread reconciler;

    /**
     * @param identity this peer's, {@code SerializedIdentity} bytes
     * @param pause between two searches for what is missing
     */
    public PrivateDataExchange(PeerLedger ledger, ByteString identity, Duration pause) {
        this.ledger = ledger;
        this.identity = identity;
        this.pause = pause;
        this.reconciler = Thread.ofVirtual().name("reconciler").unstarted(this::run);
        ledger.privateData().lookIn(this::fetch);
    }

    /** Makes the channel's other peers known, and begins to look for what is missing. */
    public void join(List<PrivateDataPeer> peers) {
        others = List.copyOf(peers);
        reconciler.start();
    }

    /** What this peer has of a set, if the asker is a member of its collection. */
    public Optional<ByteString> give(SetId id, ByteString asker) {
        return ledger.collection(id.chaincode(), id.collection())
                .filter(collection -> Dissemination.isMember(ledger, asker, collection))
                .flatMap(collection -> ledger.privateData().find(id));
    }

    private Optional<ByteString> fetch(SetId id) {
        for (PrivateDataPeer peer : others) {
            try {
                Optional<ByteString> found = peer.give(id, identity);
                if (found.isPresent()) {
                    return found;
                }
            } catch (RuntimeException down) {
                LOG.log(Level.DEBUG, "a peer of " + peer.mspId() + " does not give private data", down);
            }
        }
        return Optional.empty();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(pause);
                reconcile();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void reconcile() {
        try {
            for (SetId id : ledger.privateData().missing()) {
                fetch(id).ifPresent(set -> ledger.privateData().supply(id, set));
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "missing private data could not be looked for", e);
        }
    }

    @Override
    public void close() {
        reconciler.interrupt();
        try {
            reconciler.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalThreadStateException neverStarted) {
            LOG.log(Level.TRACE, "the peer has not joined");
        }
    }
}
