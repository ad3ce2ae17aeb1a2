package io.clearmarket.network.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.Digests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;

/** Fabric's hashes computed a second time, by another library than the embedded network's, so that one checks the other. */
final class Hashing {
    private static final BigInteger HALF_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16).shiftRight(1);

    private Hashing() {}

    static byte[] sha256(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return Digests.sha256(all.toByteArray());
    }

    static byte[] sha256(String text) {
        return Digests.sha256(text.getBytes(UTF_8));
    }

    /** DER of number, previous hash and data hash. */
    static byte[] headerDer(BlockHeader header) {
        try {
            return new DERSequence(new org.bouncycastle.asn1.ASN1Encodable[] {
                        new ASN1Integer(header.getNumber()),
                        new DEROctetString(header.getPreviousHash().toByteArray()),
                        new DEROctetString(header.getDataHash().toByteArray())
                    })
                    .getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ByteString headerHash(BlockHeader header) {
        return ByteString.copyFrom(Digests.sha256(headerDer(header)));
    }

    static ByteString dataHash(BlockData data) {
        return ByteString.copyFrom(
                sha256(data.getDataList().stream().map(ByteString::toByteArray).toArray(byte[][]::new)));
    }

    /** Whether a DER signature has s in the lower half of the group's order. */
    static boolean isLowS(ByteString signature) {
        return s(signature.toByteArray()).compareTo(HALF_ORDER) <= 0;
    }

    private static BigInteger s(byte[] der) {
        return ASN1Integer.getInstance(ASN1Sequence.getInstance(der).getObjectAt(1))
                .getPositiveValue();
    }

    /** The same signature with s above half the order, as a plain JDK may make it. */
    static byte[] highS(byte[] lowS) {
        ASN1Sequence pair = ASN1Sequence.getInstance(lowS);
        BigInteger order = HALF_ORDER.shiftLeft(1).add(BigInteger.ONE);
        BigInteger high =
                order.subtract(ASN1Integer.getInstance(pair.getObjectAt(1)).getPositiveValue());
        try {
            return new DERSequence(
                            new org.bouncycastle.asn1.ASN1Encodable[] {pair.getObjectAt(0), new ASN1Integer(high)})
                    .getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Order of unsigned bytes of the UTF-8 form. */
    static int compareUtf8(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));
    }
}
