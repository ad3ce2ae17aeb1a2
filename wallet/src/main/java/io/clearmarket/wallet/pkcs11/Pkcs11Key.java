package io.clearmarket.wallet.pkcs11;

import io.clearmarket.wallet.WalletException;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.EthSigner;
import io.clearmarket.wallet.eth.Secp256k1Key;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.util.BigIntegers;

/** A secp256k1 key in a PKCS#11 token, such as an HSM, which it never leaves: digests go in and signatures come out ({@code CKM_ECDSA}). */
public final class Pkcs11Key implements EthSigner {
    private static final int WORD = 32;
    private static final int DIGEST = 32;
    private static final byte FIRST_V = 27;

    /** What a SubjectPublicKeyInfo of an uncompressed point on secp256k1 begins with (RFC 5480, SEC 2). */
    private static final byte[] SPKI = HexFormat.of().parseHex("3056301006072a8648ce3d020106052b8104000a03420004");

    private final Provider provider;
    private final PrivateKey key;
    private final EthAddress address;

    private Pkcs11Key(Provider provider, PrivateKey key, EthAddress address) {
        this.provider = provider;
        this.key = key;
        this.address = address;
    }

    /**
     * Opens a key that is in a token with a certificate of the same label; what the certificate says does not matter, only whose key it holds.
     *
     * @param library the token's PKCS#11 library
     * @param slotIndex the token's slot, counted from 0 in the library's own order
     * @param pin the user's
     * @throws WalletException naming what is wrong
     */
    public static Pkcs11Key open(Path library, int slotIndex, char[] pin, String label) {
        Provider provider = provider(library, slotIndex);
        try {
            KeyStore token = KeyStore.getInstance("PKCS11", provider);
            token.load(null, pin);
            Certificate certificate = token.getCertificate(label);
            if (certificate == null || !(token.getKey(label, null) instanceof PrivateKey key)) {
                throw WalletException.of(library, "the token has no key with a certificate labelled \"" + label + "\"");
            }
            return new Pkcs11Key(provider, key, address(library, certificate));
        } catch (GeneralSecurityException | IOException e) {
            throw WalletException.of(library, "the token can't be opened: " + reason(e), e);
        }
    }

    private static Provider provider(Path library, int slotIndex) {
        Provider known = Security.getProvider("SunPKCS11");
        if (known == null) {
            throw WalletException.of(library, "this Java has no PKCS#11 (jdk.crypto.cryptoki)");
        }
        try {
            return known.configure("--name=clearmarket-%d%nlibrary=%s%nslotListIndex=%d%n"
                    .formatted(Math.abs((long) library.hashCode() * 31 + slotIndex), library, slotIndex));
        } catch (RuntimeException e) {
            throw WalletException.of(library, "is no PKCS#11 library, or has no such slot: " + reason(e), e);
        }
    }

    private static EthAddress address(Path library, Certificate certificate) {
        byte[] encoded = certificate.getPublicKey().getEncoded();
        if (encoded.length != SPKI.length + 2 * WORD || !Arrays.equals(SPKI, Arrays.copyOf(encoded, SPKI.length))) {
            throw WalletException.of(library, "the certificate's key is not on secp256k1");
        }
        return EthAddress.ofPublicKey(Arrays.copyOfRange(encoded, SPKI.length, encoded.length));
    }

    @Override
    public EthAddress address() {
        return address;
    }

    @Override
    public byte[] signDigest(byte[] digest) {
        if (digest.length != DIGEST) {
            throw new IllegalArgumentException("a digest has 32 bytes, not " + digest.length);
        }
        byte[] signature = Arrays.copyOf(raw(digest), 2 * WORD + 1);
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, WORD, 2 * WORD));
        BigInteger low = s.min(Secp256k1Key.ORDER.subtract(s));
        System.arraycopy(BigIntegers.asUnsignedByteArray(WORD, low), 0, signature, WORD, WORD);
        // a token does not say which of the two points it used: the address does
        for (byte v = FIRST_V; v <= FIRST_V + 1; v++) {
            signature[2 * WORD] = v;
            if (isMine(digest, signature)) {
                return signature;
            }
        }
        throw new WalletException("the token signs with another key than its certificate's");
    }

    private boolean isMine(byte[] digest, byte[] signature) {
        try {
            return Secp256k1Key.recover(digest, signature).equals(address);
        } catch (IllegalArgumentException noSuchPoint) {
            return false;
        }
    }

    /** r||s, s in either half. */
    private byte[] raw(byte[] digest) {
        try {
            Signature signer = Signature.getInstance("NONEwithECDSAinP1363Format", provider);
            signer.initSign(key);
            signer.update(digest);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new WalletException("the token does not sign: " + reason(e), e);
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** The address, and where the key is. */
    @Override
    public String toString() {
        return "Pkcs11Key[" + address + " in " + provider.getName() + "]";
    }
}
