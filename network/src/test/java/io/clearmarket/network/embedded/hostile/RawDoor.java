package io.clearmarket.network.embedded.hostile;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hyperledger.fabric.protos.discovery.DiscoveryGrpc;
import org.hyperledger.fabric.protos.gateway.GatewayGrpc;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.hyperledger.fabric.protos.peer.ChaincodeSupportGrpc;
import org.hyperledger.fabric.protos.peer.DeliverGrpc;
import org.hyperledger.fabric.protos.peer.EndorserGrpc;

/** One gRPC method, called with any bytes at all as its message. */
record RawDoor(String method, MethodType type, Node node) {
    /** Whose it is. */
    enum Node {
        PEER,
        ORDERER,
        PEER_FOR_CHAINCODE
    }

    /** Patience with a machine that has other work; a call that takes longer counts as hung. */
    static final long HUNG_SECONDS = 60;

    static final List<RawDoor> ALL = List.of(
            peers(GatewayGrpc.getEvaluateMethod()),
            peers(GatewayGrpc.getEndorseMethod()),
            peers(GatewayGrpc.getSubmitMethod()),
            peers(GatewayGrpc.getCommitStatusMethod()),
            peers(GatewayGrpc.getChaincodeEventsMethod()),
            peers(DeliverGrpc.getDeliverMethod()),
            peers(DeliverGrpc.getDeliverFilteredMethod()),
            peers(DeliverGrpc.getDeliverWithPrivateDataMethod()),
            peers(EndorserGrpc.getProcessProposalMethod()),
            peers(DiscoveryGrpc.getDiscoverMethod()),
            of(ChaincodeSupportGrpc.getRegisterMethod(), Node.PEER_FOR_CHAINCODE),
            of(AtomicBroadcastGrpc.getBroadcastMethod(), Node.ORDERER),
            of(AtomicBroadcastGrpc.getDeliverMethod(), Node.ORDERER));

    private static RawDoor peers(MethodDescriptor<?, ?> method) {
        return of(method, Node.PEER);
    }

    private static RawDoor of(MethodDescriptor<?, ?> method, Node node) {
        return new RawDoor(method.getFullMethodName(), method.getType(), node);
    }

    /** The first answer's status: OK if there was a message or an orderly end. */
    Status knock(Channel channel, byte[] message) {
        try (Knock knock = open(channel, message)) {
            return knock.answer(HUNG_SECONDS, TimeUnit.SECONDS)
                    .orElseThrow(() -> new AssertionError(method + " does not answer"));
        }
    }

    /** Sends the message and nothing more. */
    Knock open(Channel channel, byte[] message) {
        MethodDescriptor<byte[], byte[]> descriptor = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(type)
                .setFullMethodName(method)
                .setRequestMarshaller(RawBytes.MARSHALLER)
                .setResponseMarshaller(RawBytes.MARSHALLER)
                .build();
        CompletableFuture<Status> answer = new CompletableFuture<>();
        ClientCall<byte[], byte[]> call = channel.newCall(descriptor, CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(byte[] response) {
                        answer.complete(Status.OK);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        answer.complete(status);
                    }
                },
                new Metadata());
        call.request(2);
        call.sendMessage(message);
        call.halfClose();
        return new Knock(call, answer);
    }

    /** A call that was made; closing it cancels it. */
    record Knock(ClientCall<byte[], byte[]> call, CompletableFuture<Status> first) implements AutoCloseable {
        /** The first answer's status, if it comes in time. */
        Optional<Status> answer(long time, TimeUnit unit) {
            try {
                return Optional.of(first.get(time, unit));
            } catch (TimeoutException none) {
                return Optional.empty();
            } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            call.cancel("seen enough", null);
        }
    }
}
