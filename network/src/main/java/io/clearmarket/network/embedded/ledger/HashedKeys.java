package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;

/**
 * Where the hashes of a private collection stand in the world state: in a namespace of their own beside the chaincode's, as
 * in Fabric's state database. A chaincode's name has no {@code $}, and {@code $} sorts before all that it may have, so the
 * collections come right after their chaincode's public keys, which is the order of the commit hash.
 */
final class HashedKeys {
    private static final String MARK = "$$h";

    private HashedKeys() {}

    static String namespace(String chaincode, String collection) {
        return chaincode + MARK + collection;
    }

    /** The chaincode of a namespace, hashed or not. */
    static String chaincode(String namespace) {
        int mark = namespace.indexOf(MARK);
        return mark < 0 ? namespace : namespace.substring(0, mark);
    }

    /** The collection of a hashed namespace, "" for a public one. */
    static String collection(String namespace) {
        int mark = namespace.indexOf(MARK);
        return mark < 0 ? "" : namespace.substring(mark + MARK.length());
    }

    /** A hash as a key: one character per byte, so keys are in the order of their bytes. */
    static String key(ByteString hash) {
        return hash.toString(StandardCharsets.ISO_8859_1);
    }

    /** The key's bytes as they are hashed and compared: a public key is UTF-8, a hash is itself. */
    static ByteString bytes(String namespace, String key) {
        return collection(namespace).isEmpty()
                ? ByteString.copyFromUtf8(key)
                : ByteString.copyFrom(key, StandardCharsets.ISO_8859_1);
    }

    /** SHA-256, unsalted, of a private key (UTF-8) or value. */
    static ByteString hash(ByteString plain) {
        var digest = BlockHashes.sha256();
        digest.update(plain.asReadOnlyByteBuffer());
        return ByteString.copyFrom(digest.digest());
    }

    static ByteString hash(String plainKey) {
        return hash(ByteString.copyFromUtf8(plainKey));
    }
}
