package io.clearmarket.network.embedded.peer.privatedata;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.ledger.PrivateDataLedger.SetId;
import java.util.Optional;
import org.hyperledger.fabric.protos.ledger.rwset.TxPvtReadWriteSet;

/** A peer of the channel, as others exchange private data with it. A peer that is down throws or answers nothing. */
public interface PrivateDataPeer {
    String mspId();

    /** {@code SerializedIdentity} bytes, by which a collection's policy knows it. */
    ByteString identity();

    /** Hands over plaintext of a transaction that is not committed yet; it is on the peer's disk on return. */
    void takeOver(String transactionId, TxPvtReadWriteSet plaintext);

    /** What the peer has of a set, if the asker is a member of its collection. */
    Optional<ByteString> give(SetId id, ByteString asker);
}
