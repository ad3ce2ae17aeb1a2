package io.clearmarket.network.bench;

import io.clearmarket.wallet.p256.NativeCrypto;
import io.clearmarket.wallet.p256.P256;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.KeyPair;

/**
 * What P-256 costs on this machine, by the provider that everything here signs and verifies with: no ledger on it can be
 * faster than its signatures. Processor time, so that a busy machine gives the same figures.
 *
 * @param provider name of the Java security provider
 * @param processors how many this machine has
 * @param signMicros for one signature over 1 KiB, hashing included
 * @param verifyMicros for one verification, likewise
 */
record CryptoCeiling(String provider, int processors, double signMicros, double verifyMicros) {
    private static final int MESSAGE_BYTES = 1024;
    private static final int WARM_UP = 2_000;
    private static final int MEASURED = 5_000;

    /** Measures it; takes a second or two. */
    static CryptoCeiling measure() {
        KeyPair key = P256.generate();
        byte[] message = new byte[MESSAGE_BYTES];
        byte[] signature = P256.sign(key.getPrivate(), message);
        double sign = micros(() -> P256.sign(key.getPrivate(), message));
        double verify = micros(() -> {
            if (!P256.verify(key.getPublic(), message, signature)) {
                throw new IllegalStateException("the provider refuses its own signature");
            }
        });
        return new CryptoCeiling(
                NativeCrypto.provider().getName(), Runtime.getRuntime().availableProcessors(), sign, verify);
    }

    /** Signatures a second with all processors busy. */
    double signaturesPerSecond() {
        return processors * 1e6 / signMicros;
    }

    /** Verifications a second with all processors busy. */
    double verificationsPerSecond() {
        return processors * 1e6 / verifyMicros;
    }

    private static double micros(Runnable operation) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        repeat(operation, WARM_UP);
        long before = threads.getCurrentThreadCpuTime();
        repeat(operation, MEASURED);
        return (threads.getCurrentThreadCpuTime() - before) / 1e3 / MEASURED;
    }

    private static void repeat(Runnable operation, int times) {
        for (int i = 0; i < times; i++) {
            operation.run();
        }
    }
}
