package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyperledger.fabric.protos.ledger.rwset.TxPvtReadWriteSet;

/**
 * The plaintext side of one peer's ledger: what endorsers handed over before a transaction was committed (the transient
 * store), what belongs to committed transactions, and what of that is missing here (fabric-protocol 4.4).
 */
public interface PrivateDataLedger {
    /**
     * Names the plaintext that one transaction wrote to one collection.
     *
     * @param block and {@code index} say where the transaction was committed
     * @param hash what the transaction says is the set's SHA-256
     */
    record SetId(long block, int index, String transactionId, String chaincode, String collection, ByteString hash) {}

    /** Where a peer looks for plaintext that it was not given. */
    @FunctionalInterface
    interface Source {
        /** {@code KVRWSet} bytes, unverified; empty if nobody has them, or nobody gives them to this peer. */
        Optional<ByteString> fetch(SetId id);
    }

    /** Keeps plaintext until its transaction is committed; on disk when this returns. */
    void keep(String transactionId, TxPvtReadWriteSet plaintext);

    /** Asks here, too, for plaintext that a block needs and nobody has handed over. */
    void lookIn(Source source);

    /** What this peer has of a set, committed or still transient: {@code KVRWSet} bytes. */
    Optional<ByteString> find(SetId id);

    /** The plaintext of a block's transactions, by their index in the block. */
    Map<Integer, TxPvtReadWriteSet> ofBlock(long number);

    /** Committed sets that this peer should have and has not, oldest first. */
    List<SetId> missing();

    /**
     * Takes in a missing set that was found later. What of it is still current can then be read.
     *
     * @return false if the bytes are not what the block's hashes are of
     */
    boolean supply(SetId id, ByteString keyValueSet);
}
