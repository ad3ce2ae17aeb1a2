package io.clearmarket.network.conformance;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.hyperledger.fabric.protos.peer.ChaincodeGrpc;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.ChaincodeInput;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.hyperledger.fabric.protos.peer.Response;
import org.jspecify.annotations.Nullable;

/**
 * A chaincode without a shim: speaks fabric-protocol section 3 message by message, so that a statement can say what no
 * shim would.
 */
final class StubChaincode implements AutoCloseable {
    private final int port;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Map<String, Call> calls = new ConcurrentHashMap<>();
    private volatile String packageId = "";
    private @Nullable Server server;

    /** What a function does. */
    @FunctionalInterface
    interface Script {
        void run(Call call) throws Exception;
    }

    StubChaincode(int port) {
        this.port = port;
    }

    /** Begins to listen, as the package that the network knows. */
    void serve(String id) throws IOException {
        packageId = id;
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .addService(new Service())
                .permitKeepAliveTime(1, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .build()
                .start();
    }

    /** Says what a function does from now on. */
    void when(String function, Script script) {
        scripts.put(function, script);
    }

    /** Ends at once, as a killed process does; {@link #serve} brings it back. */
    void kill() throws InterruptedException {
        Server running = server;
        if (running != null) {
            running.shutdownNow();
            running.awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    String packageId() {
        return packageId;
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One invocation. */
    static final class Call {
        private final StreamObserver<ChaincodeMessage> stream;
        private final ChaincodeMessage start;
        private final BlockingQueue<ChaincodeMessage> answers = new LinkedBlockingQueue<>();

        Call(StreamObserver<ChaincodeMessage> stream, ChaincodeMessage start) {
            this.stream = stream;
            this.start = start;
        }

        void send(ChaincodeMessage.Type type, ByteString payload) {
            send(ChaincodeMessage.newBuilder()
                    .setType(type)
                    .setTxid(start.getTxid())
                    .setChannelId(start.getChannelId())
                    .setPayload(payload)
                    .build());
        }

        /** The next message for this transaction; null if there is none in time. */
        @Nullable
        ChaincodeMessage receive(Duration patience) throws InterruptedException {
            return answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        }

        /** Ends the invocation with a response. */
        void complete(int status, String payload) {
            complete(status, payload, null);
        }

        /** Ends it with a response and an event. */
        void complete(int status, String payload, @Nullable ChaincodeEvent event) {
            ChaincodeMessage.Builder message = ChaincodeMessage.newBuilder()
                    .setType(ChaincodeMessage.Type.COMPLETED)
                    .setTxid(start.getTxid())
                    .setChannelId(start.getChannelId())
                    .setPayload(Response.newBuilder()
                            .setStatus(status)
                            .setPayload(ByteString.copyFromUtf8(payload))
                            .build()
                            .toByteString());
            if (event != null) {
                message.setChaincodeEvent(event);
            }
            send(message.build());
        }

        private void send(ChaincodeMessage message) {
            synchronized (stream) {
                stream.onNext(message);
            }
        }
    }

    private final class Service extends ChaincodeGrpc.ChaincodeImplBase {
        @Override
        public StreamObserver<ChaincodeMessage> connect(StreamObserver<ChaincodeMessage> toPeer) {
            toPeer.onNext(ChaincodeMessage.newBuilder()
                    .setType(ChaincodeMessage.Type.REGISTER)
                    .setPayload(
                            ChaincodeID.newBuilder().setName(packageId).build().toByteString())
                    .build());
            return new StreamObserver<>() {
                @Override
                public void onNext(ChaincodeMessage message) {
                    received(toPeer, message);
                }

                @Override
                public void onError(Throwable gone) {
                    // the peer has gone, or this server was killed
                }

                @Override
                public void onCompleted() {
                    toPeer.onCompleted();
                }
            };
        }
    }

    private void received(StreamObserver<ChaincodeMessage> toPeer, ChaincodeMessage message) {
        switch (message.getType()) {
            case REGISTERED, READY, KEEPALIVE -> {
                // nothing to answer
            }
            case TRANSACTION, INIT -> {
                Call call = new Call(toPeer, message);
                calls.put(message.getTxid(), call);
                Thread.ofVirtual().start(() -> run(call));
            }
            default -> {
                Call call = calls.get(message.getTxid());
                if (call != null) {
                    call.answers.add(message);
                }
            }
        }
    }

    private void run(Call call) {
        try {
            String function =
                    ChaincodeInput.parseFrom(call.start.getPayload()).getArgs(0).toStringUtf8();
            Script script = scripts.get(function);
            if (script == null) {
                call.complete(500, "");
            } else {
                script.run(call);
            }
        } catch (InvalidProtocolBufferException e) {
            call.complete(500, "");
        } catch (Exception e) {
            call.send(ChaincodeMessage.Type.ERROR, ByteString.copyFromUtf8(String.valueOf(e.getMessage())));
        } finally {
            calls.remove(call.start.getTxid());
        }
    }
}
