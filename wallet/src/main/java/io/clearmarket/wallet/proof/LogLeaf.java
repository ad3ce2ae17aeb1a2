package io.clearmarket.wallet.proof;

import io.clearmarket.wallet.json.CanonicalJson;

/**
 * One public write of a valid transaction, as the log has it. The leaf is the RFC 8785 bytes of this record's JSON.
 *
 * @param network which network; with the channel it is the log's origin
 * @param channel the channel
 * @param block the block's number
 * @param transaction the transaction's place in the block, from 0
 * @param write the write's place in the transaction, from 0, namespaces in the order of the read-write set
 * @param transactionId Fabric's id; "" for a configuration transaction
 * @param creator SHA-256 of the DER of the certificate that signed the transaction, in hexadecimal; "" where none did
 * @param namespace the chaincode's name, or one of Fabric's own
 * @param key the key in the world state
 * @param value SHA-256 of the value in hexadecimal, or "deleted"
 */
public record LogLeaf(
        String network,
        String channel,
        long block,
        int transaction,
        int write,
        String transactionId,
        String creator,
        String namespace,
        String key,
        String value) {
    /** The value of a write that removed the key. */
    public static final String DELETED = "deleted";

    /** The bytes that the log hashes. */
    public byte[] bytes() {
        return CanonicalJson.bytes(this);
    }

    /** RFC 6962's hash of the leaf. */
    public Hash hash() {
        return Merkle.leaf(bytes());
    }

    /** The origin of the log that this leaf belongs to. */
    public String origin() {
        return origin(network, channel);
    }

    /** The origin of a network's and channel's log. */
    public static String origin(String network, String channel) {
        return network + "/" + channel;
    }
}
