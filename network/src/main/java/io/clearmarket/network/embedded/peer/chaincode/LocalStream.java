package io.clearmarket.network.embedded.peer.chaincode;

import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.hyperledger.fabric.protos.peer.ChaincodeGrpc;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;

/**
 * A chaincode's stream within one JVM: the same messages in the same order as over gRPC (chaincode_shim.proto, Connect), each
 * handed over by a call. What a chaincode sends while it connects waits until the peer can answer.
 */
final class LocalStream implements StreamObserver<ChaincodeMessage> {
    private final ChaincodeStream stream;
    private final ReentrantLock opening = new ReentrantLock();
    private final List<ChaincodeMessage> early = new ArrayList<>();
    private volatile boolean open;

    private LocalStream(ChaincodeStream stream) {
        this.stream = stream;
    }

    /** Connects the two; the stream is ready once the chaincode has registered. */
    static void connect(ChaincodeStream stream, ChaincodeGrpc.AsyncService chaincode) {
        LocalStream fromChaincode = new LocalStream(stream);
        try {
            stream.attach(chaincode.connect(fromChaincode));
            fromChaincode.open();
        } catch (RuntimeException e) {
            stream.terminate(e);
        }
    }

    private void open() {
        opening.lock();
        try {
            early.forEach(stream::received);
            open = true;
        } finally {
            opening.unlock();
        }
    }

    @Override
    public void onNext(ChaincodeMessage message) {
        if (!open && waits(message)) {
            return;
        }
        stream.received(message);
    }

    private boolean waits(ChaincodeMessage message) {
        opening.lock();
        try {
            return !open && early.add(message);
        } finally {
            opening.unlock();
        }
    }

    @Override
    public void onError(Throwable failure) {
        stream.terminate(failure);
    }

    @Override
    public void onCompleted() {
        stream.terminate(new IllegalStateException("the chaincode ends the stream"));
    }
}
