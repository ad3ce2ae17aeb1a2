package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.chain.ChainTransaction.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The durable rows of one account's transactions. Every method is a database transaction of its own, or joins the caller's. No
 * two rows have one nonce, but for those that another transaction replaced.
 */
interface TransactionStore {
    /**
     * A signed transaction.
     *
     * @param raw the bytes that a node takes, 0x-prefixed
     */
    record Stored(String purpose, long nonce, Digest hash, String raw) {}

    /** Until the caller's database transaction ends, nobody else signs, for this account or another. */
    void lock();

    /** Whichever account's it is: a purpose is signed once. */
    Optional<ChainTransaction> find(String purpose);

    /** One more than the highest nonce that was ever stored; 0 if none was. */
    long nextNonce();

    void insert(Stored signed);

    /** Nothing happens if the purpose, the hash or the nonce is taken. */
    void insertIfFree(Stored signed);

    /** Open ones that were not sent in their present form, by nonce. */
    List<Stored> unsent(int limit);

    /** Open ones that were sent at least so long ago, by nonce. */
    List<Stored> sentBefore(Duration ago, int limit);

    /** Open ones whose fees were offered at least so long ago, by nonce. */
    List<Stored> pricedBefore(Duration ago, int limit);

    /** True if a transaction that was not replaced by a foreign one has this nonce. */
    boolean isKnown(long nonce);

    /** They were handed to a node just now. */
    void sent(List<Digest> hashes);

    /** Puts a transaction of the same purpose and nonce in another's place, if that is still open; the old hash is kept. */
    void replace(Stored old, Stored better);

    /** Of open ones with a lower nonce, by purpose, the hashes that each ever had, the newest first. */
    Map<String, List<Digest>> openBelow(long nonce, int limit);

    /**
     * What became of an open one.
     *
     * @param hash of the attempt that it became of
     */
    void finish(String purpose, Digest hash, Outcome outcome);

    /** How many are signed and not final. */
    long open();
}
