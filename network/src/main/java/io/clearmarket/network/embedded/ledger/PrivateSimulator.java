package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.ledger.Simulator.Cursor;
import io.clearmarket.network.embedded.ledger.Simulator.Refused;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The private data part of a simulation (fabric-protocol 4.4). Every call refuses a collection that the chaincode does not
 * have. Who may call is not looked at here: that depends on the proposal's creator.
 */
public interface PrivateSimulator {
    /** A chaincode's collection, its own or an organisation's implicit one; reads the chaincode's definition. */
    Collection collection(String chaincode, String collection) throws Refused;

    /**
     * The committed value, or empty bytes where there is none.
     *
     * @throws Refused also if there is a value but this peer does not have it
     */
    ByteString get(String chaincode, String collection, String key) throws Refused;

    /** SHA-256 of the committed value, or empty bytes; known on every peer. */
    ByteString getHash(String chaincode, String collection, String key) throws Refused;

    /** Records a write; empty value means delete. */
    void put(String chaincode, String collection, String key, ByteString value) throws Refused;

    /** Deletes the key, and has peers forget every value that it ever had. */
    void purge(String chaincode, String collection, String key) throws Refused;

    /** Key-level validation parameter or null; records a read of the key's hash. */
    @Nullable
    ByteString getValidationParameter(String chaincode, String collection, String key) throws Refused;

    void putValidationParameter(String chaincode, String collection, String key, ByteString policy) throws Refused;

    /** A range of what this peer holds; records nothing, and is refused in a transaction that writes. */
    Cursor range(String chaincode, String collection, String start, String end) throws Refused;

    /** The collections whose values, not only hashes, were asked for; an endorser of the same must hold them. */
    Set<Name> collectionsRead();

    /** A collection by its chaincode and its own name. */
    record Name(String chaincode, String collection) {}
}
