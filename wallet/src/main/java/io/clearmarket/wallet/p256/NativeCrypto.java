package io.clearmarket.wallet.p256;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * The one place that chooses who computes P-256, Ed25519 and SHA-256.
 *
 * <p>The native Amazon Corretto provider is 10 to 30 times faster than the JDK's own; where its library does not load
 * (another processor or libc) Bouncy Castle takes over with the same results.
 */
public final class NativeCrypto {
    private static final Provider PROVIDER = choose();

    private NativeCrypto() {}

    /** The provider that signs and verifies; pass it to {@code getInstance} calls. */
    public static Provider provider() {
        return PROVIDER;
    }

    /** True if the native library was loaded. */
    public static boolean isNative() {
        return !(PROVIDER instanceof BouncyCastleProvider);
    }

    private static Provider choose() {
        try {
            AmazonCorrettoCryptoProvider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
            if (corretto.getLoadingError() == null) {
                return corretto;
            }
        } catch (LinkageError notForThisMachine) {
            // no native library for this platform: the portable provider below is correct, only slower
        }
        return new BouncyCastleProvider();
    }
}
