package io.clearmarket.network.bench;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.hyperledger.fabric.client.CommitException;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.GatewayException;

/**
 * Clients that submit one after another and wait for each commit.
 *
 * @param clients how many at a time
 * @param keys how many keys they write in turn, without reading any
 */
record Load(Contract contract, int clients, int keys) {

    /**
     * What came of it.
     *
     * @param failed those that were not committed
     */
    record Outcome(int committed, int failed, double seconds) {}

    /** Submits so many. */
    Outcome run(int count) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(clients);
        long start = System.nanoTime();
        for (int i = 0; i < clients; i++) {
            Thread.ofVirtual().start(() -> {
                for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                    if (!put("key" + n % keys)) {
                        failed.incrementAndGet();
                    }
                }
                done.countDown();
            });
        }
        done.await();
        return new Outcome(count - failed.get(), failed.get(), (System.nanoTime() - start) / 1e9);
    }

    /** One transaction, submitted and committed. */
    boolean put(String key) {
        try {
            contract.submitTransaction(PutChaincode.PUT, key, "value");
            return true;
        } catch (GatewayException | CommitException e) {
            System.err.println("not committed: " + e.getMessage());
            return false;
        }
    }

    /** Milliseconds from submit to commit of transactions one after the other, ascending. */
    double[] lone(int count) {
        double[] millis = new double[count];
        for (int i = 0; i < millis.length; i++) {
            long start = System.nanoTime();
            put("lone" + i);
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        return millis;
    }
}
