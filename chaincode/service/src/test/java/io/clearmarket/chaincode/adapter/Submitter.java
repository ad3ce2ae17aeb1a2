package io.clearmarket.chaincode.adapter;

import java.util.concurrent.atomic.AtomicInteger;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.Transaction;

/** Brings commands to the ledger until they are there, and counts what that took. */
final class Submitter {
    private static final int TRIES = 2_000;
    private static final long PAUSE_MILLIS = 25;

    /** Something that can be endorsed again and again. */
    interface Endorsing {
        Transaction endorse() throws GatewayException;
    }

    private final AtomicInteger committed = new AtomicInteger();
    private final AtomicInteger submitted = new AtomicInteger();
    private final AtomicInteger conflicts = new AtomicInteger();

    /** Endorses and submits until it is committed. */
    void bring(Endorsing command) throws GatewayException, InterruptedException {
        for (int tries = 0; tries < TRIES; tries++) {
            Transaction endorsed = endorsed(command);
            submitted.incrementAndGet();
            if (endorsed.submitAsync().getStatus().isSuccessful()) {
                committed.incrementAndGet();
                return;
            }
            conflicts.incrementAndGet();
        }
        throw new AssertionError("not committed after " + TRIES + " submissions");
    }

    /** Peers that are a block behind have not seen what the command is about: nothing is submitted then. */
    private static Transaction endorsed(Endorsing command) throws GatewayException, InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                return command.endorse();
            } catch (EndorseException behind) {
                if (tries == TRIES) {
                    throw behind;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    int committed() {
        return committed.get();
    }

    int conflicts() {
        return conflicts.get();
    }

    double submissionsPerCommand() {
        return (double) submitted.get() / committed.get();
    }

    @Override
    public String toString() {
        return committed + " commands committed, " + submitted + " submissions, " + conflicts + " invalid";
    }
}
