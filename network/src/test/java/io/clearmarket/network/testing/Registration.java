package io.clearmarket.network.testing;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.hyperledger.fabric.protos.peer.ChaincodeSupportGrpc;

/** A chaincode's stream to a peer, spoken by hand. */
public final class Registration implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final ManagedChannel channel;
    private final BlockingDeque<ChaincodeMessage.Type> heard = new LinkedBlockingDeque<>();
    private final CompletableFuture<Status> ended = new CompletableFuture<>();
    private final StreamObserver<ChaincodeMessage> saying;

    private Registration(String address) {
        channel = NettyChannelBuilder.forTarget("dns:///" + address)
                .usePlaintext()
                .build();
        saying = ChaincodeSupportGrpc.newStub(channel).register(new StreamObserver<>() {
            @Override
            public void onNext(ChaincodeMessage message) {
                heard.add(message.getType());
            }

            @Override
            public void onError(Throwable failure) {
                ended.complete(Status.fromThrowable(failure));
            }

            @Override
            public void onCompleted() {
                ended.complete(Status.OK);
            }
        });
    }

    /** Registers under an id. */
    public static Registration at(String address, String packageId) {
        Registration registration = new Registration(address);
        ByteString id = ChaincodeID.newBuilder().setName(packageId).build().toByteString();
        registration.saying.onNext(ChaincodeMessage.newBuilder()
                .setType(ChaincodeMessage.Type.REGISTER)
                .setPayload(id)
                .build());
        return registration;
    }

    /** Says something else first. */
    public static Registration saying(String address, ChaincodeMessage.Type type) {
        Registration registration = new Registration(address);
        registration.say(type);
        return registration;
    }

    public void say(ChaincodeMessage.Type type) {
        saying.onNext(ChaincodeMessage.newBuilder().setType(type).build());
    }

    /** The next message from the peer. */
    public ChaincodeMessage.Type next() throws InterruptedException {
        ChaincodeMessage.Type type = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (type == null) {
            throw new AssertionError("the peer says nothing");
        }
        return type;
    }

    /** False as soon as there is a message, which stays to be taken. */
    public boolean heardNothingFor(long time, TimeUnit unit) throws InterruptedException {
        ChaincodeMessage.Type type = heard.poll(time, unit);
        if (type != null) {
            heard.addFirst(type);
        }
        return type == null;
    }

    /** How the peer ended it. */
    public Status end() throws Exception {
        return ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        try {
            channel.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
