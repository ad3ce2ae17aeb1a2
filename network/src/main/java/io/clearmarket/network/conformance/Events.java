package io.clearmarket.network.conformance;

import io.grpc.CallOptions;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.client.ChaincodeEvent;
import org.hyperledger.fabric.client.CloseableIterator;

/** Streams of chaincode events that end in a failure instead of waiting for ever. */
final class Events {
    private static final int PATIENCE_SECONDS = 60;

    private static final int REFUSAL_SECONDS = 10;

    private Events() {}

    /** For calls that must be refused: one that is not must not wait for ever. */
    static CallOptions soon(CallOptions options) {
        return options.withDeadlineAfter(REFUSAL_SECONDS, TimeUnit.SECONDS);
    }

    /** The chaincode's events from a block on. */
    static CloseableIterator<ChaincodeEvent> from(Rig rig, long block) {
        return of(rig, rig.chaincode(), block);
    }

    static CloseableIterator<ChaincodeEvent> of(Rig rig, String chaincode, long block) {
        return rig.client()
                .network()
                .newChaincodeEventsRequest(chaincode)
                .startBlock(block)
                .build()
                .getEvents(options -> options.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
}
