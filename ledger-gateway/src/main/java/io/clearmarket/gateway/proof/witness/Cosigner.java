package io.clearmarket.gateway.proof.witness;

import io.clearmarket.wallet.proof.Hash;
import io.clearmarket.wallet.proof.NoteKey;
import io.clearmarket.wallet.proof.SignedNote;
import java.util.List;

/** A witness as the log sees it: here, or in a process of its own. */
public interface Cosigner {
    /** Its organisation. */
    String mspId();

    /** The key that verifies its cosignatures. */
    NoteKey key();

    /**
     * Asks for a cosignature.
     *
     * @param oldSize size of the checkpoint that it cosigned last, 0 if it never did
     * @param consistency proof that the log begins with that (RFC 6962, section 2.1.2)
     * @param note the checkpoint, signed by the log
     */
    Cosigning cosign(long oldSize, List<Hash> consistency, SignedNote note);

    /** Hands it a checkpoint that a quorum cosigned, for its readers. Best effort: whoever misses one gets the next. */
    void publish(SignedNote note);
}
