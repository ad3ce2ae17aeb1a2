package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.p256.NativeCrypto;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;

/** The hashes that chain blocks (fabric-protocol 2.2). */
public final class BlockHashes {
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;

    private BlockHashes() {}

    /** DER {@code SEQUENCE{INTEGER number, OCTET STRING previous_hash, OCTET STRING data_hash}}; what the orderer signs ends in it. */
    public static byte[] headerDer(BlockHeader header) {
        byte[] number = new BigInteger(Long.toUnsignedString(header.getNumber())).toByteArray();
        ByteString content = element(INTEGER, ByteString.copyFrom(number))
                .concat(element(OCTET_STRING, header.getPreviousHash()))
                .concat(element(OCTET_STRING, header.getDataHash()));
        return element(SEQUENCE, content).toByteArray();
    }

    /** SHA-256 of {@link #headerDer}: the previous hash of the next block. */
    public static byte[] headerHash(BlockHeader header) {
        return sha256().digest(headerDer(header));
    }

    /** SHA-256 of the envelopes, concatenated. */
    public static byte[] dataHash(BlockData data) {
        MessageDigest digest = sha256();
        for (ByteString envelope : data.getDataList()) {
            digest.update(envelope.asReadOnlyByteBuffer());
        }
        return digest.digest();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256", NativeCrypto.provider());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("the crypto provider has no SHA-256", impossible);
        }
    }

    private static ByteString element(int tag, ByteString content) {
        int length = content.size();
        byte[] head;
        if (length < 0x80) {
            head = new byte[] {(byte) tag, (byte) length};
        } else if (length < 0x100) {
            head = new byte[] {(byte) tag, (byte) 0x81, (byte) length};
        } else {
            throw new IllegalArgumentException("a block header's hashes are not " + length + " bytes long");
        }
        return ByteString.copyFrom(head).concat(content);
    }
}
