package io.clearmarket.wallet.eth;

import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bitcoin's libsecp256k1. */
final class NativeEcdsa implements Ecdsa {
    private final Secp256k1 library;

    private NativeEcdsa(Secp256k1 library) {
        this.library = library;
    }

    /** Null where there is no library for this machine. */
    static @Nullable NativeEcdsa load() {
        try {
            return new NativeEcdsa(Secp256k1.get());
        } catch (IllegalStateException | LinkageError none) {
            return null;
        }
    }

    @Override
    public byte[] publicKey(byte[] privateKey) {
        return withoutPrefix(library.pubkeyCreate(privateKey));
    }

    @Override
    public byte[] sign(byte[] digest, byte[] privateKey, byte[] publicKey) {
        byte[] signature = library.sign(digest, privateKey, null);
        byte[] whole = Arrays.copyOf(signature, PAIR_BYTES + 1);
        boolean odd = !Arrays.equals(publicKey, recover(digest, signature, false));
        whole[PAIR_BYTES] = (byte) (odd ? 1 : 0);
        return whole;
    }

    @Override
    public byte @Nullable [] recover(byte[] digest, byte[] signature, boolean odd) {
        try {
            return withoutPrefix(library.ecdsaRecover(signature, digest, odd ? 1 : 0));
        } catch (Secp256k1Exception none) {
            return null;
        }
    }

    private static byte[] withoutPrefix(byte[] uncompressed) {
        return Arrays.copyOfRange(uncompressed, 1, 1 + PAIR_BYTES);
    }
}
