package io.clearmarket.network.embedded.hostile;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.hyperledger.fabric.protos.peer.ChaincodeGrpc;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.hyperledger.fabric.protos.peer.Response;

/** A chaincode's server that its peer dials, and that says to it whatever it was told to say during the next transaction. */
final class HostileChaincode implements AutoCloseable {
    /** For a message that is sent as it is; any other kind is a type of message, sent with the transaction's id and channel. */
    private static final int RAW = 0xff;

    private static final int HEAD_BYTES = 3;

    private final String packageId;
    private final Server server;
    private volatile List<Said> script = List.of();

    private record Said(int kind, ByteString content) {
        byte[] message(ChaincodeMessage transaction) {
            if (kind == RAW) {
                return content.toByteArray();
            }
            ChaincodeMessage.Type[] types = ChaincodeMessage.Type.values();
            ChaincodeMessage.Type type = types[kind % (types.length - 1)];
            boolean ofIterator =
                    type == ChaincodeMessage.Type.QUERY_STATE_NEXT || type == ChaincodeMessage.Type.QUERY_STATE_CLOSE;
            return transaction.toBuilder()
                    .clearProposal()
                    .setType(type)
                    .setPayload(ofIterator ? firstIterator(transaction) : content)
                    .build()
                    .toByteArray();
        }

        /** {@code QueryStateNext} and {@code QueryStateClose} both have the iterator's id in their first field. */
        private static ByteString firstIterator(ChaincodeMessage transaction) {
            return ChaincodeID.newBuilder()
                    .setPath(transaction.getTxid() + ":1")
                    .build()
                    .toByteString();
        }
    }

    private HostileChaincode(int port, String packageId) throws IOException {
        this.packageId = packageId;
        MethodDescriptor<byte[], byte[]> connect = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodType.BIDI_STREAMING)
                .setFullMethodName(ChaincodeGrpc.getConnectMethod().getFullMethodName())
                .setRequestMarshaller(RawBytes.MARSHALLER)
                .setResponseMarshaller(RawBytes.MARSHALLER)
                .build();
        this.server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .addService(ServerServiceDefinition.builder(ChaincodeGrpc.SERVICE_NAME)
                        .addMethod(connect, ServerCalls.asyncBidiStreamingCall(this::connected))
                        .build())
                .build()
                .start();
    }

    static HostileChaincode serve(int port, String packageId) throws IOException {
        return new HostileChaincode(port, packageId);
    }

    /**
     * What to say during the next transaction, one message after the answer to the one before.
     *
     * @param bytes for each message its kind, two bytes for the content's length, the content
     */
    void say(ByteBuffer bytes) {
        List<Said> messages = new ArrayList<>();
        while (bytes.remaining() >= HEAD_BYTES) {
            int kind = bytes.get() & 0xff;
            byte[] content = new byte[Math.min(bytes.getShort() & 0xffff, bytes.remaining())];
            bytes.get(content);
            messages.add(new Said(kind, ByteString.copyFrom(content)));
        }
        script = List.copyOf(messages);
    }

    /** What {@link #say} is to be given for one message. */
    static byte[] said(ChaincodeMessage.Type type, byte[] content) {
        return said(type.getNumber(), content);
    }

    /** The same for a message that is sent as it is. */
    static byte[] raw(byte[] message) {
        return said(RAW, message);
    }

    private static byte[] said(int kind, byte[] content) {
        return ByteBuffer.allocate(HEAD_BYTES + content.length)
                .put((byte) kind)
                .putShort((short) content.length)
                .put(content)
                .array();
    }

    private StreamObserver<byte[]> connected(StreamObserver<byte[]> peer) {
        peer.onNext(ChaincodeMessage.newBuilder()
                .setType(ChaincodeMessage.Type.REGISTER)
                .setPayload(ChaincodeID.newBuilder().setName(packageId).build().toByteString())
                .build()
                .toByteArray());
        return new Talk(peer);
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    /** One stream. */
    private final class Talk implements StreamObserver<byte[]> {
        private final StreamObserver<byte[]> peer;
        private final Queue<Said> left = new ArrayDeque<>();
        private ChaincodeMessage transaction = ChaincodeMessage.getDefaultInstance();

        Talk(StreamObserver<byte[]> peer) {
            this.peer = peer;
        }

        @Override
        public void onNext(byte[] bytes) {
            ChaincodeMessage message;
            try {
                message = ChaincodeMessage.parseFrom(bytes);
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError("the peer sends what is no message", e);
            }
            switch (message.getType()) {
                case INIT, TRANSACTION -> {
                    transaction = message;
                    left.clear();
                    left.addAll(script);
                    goOn();
                }
                case RESPONSE, ERROR -> goOn();
                default -> {}
            }
        }

        /** Messages that a peer doesn't answer are followed by the next one at once. */
        private void goOn() {
            boolean answered = false;
            while (!answered && !left.isEmpty()) {
                byte[] message = left.remove().message(transaction);
                answered = isAnswered(message);
                peer.onNext(message);
            }
            if (!answered) {
                peer.onNext(ChaincodeMessage.newBuilder()
                        .setType(ChaincodeMessage.Type.COMPLETED)
                        .setTxid(transaction.getTxid())
                        .setChannelId(transaction.getChannelId())
                        .setPayload(Response.newBuilder().setStatus(200).build().toByteString())
                        .build()
                        .toByteArray());
            }
        }

        private static boolean isAnswered(byte[] bytes) {
            try {
                return switch (ChaincodeMessage.parseFrom(bytes).getType()) {
                    case GET_STATE,
                            PUT_STATE,
                            DEL_STATE,
                            INVOKE_CHAINCODE,
                            GET_STATE_BY_RANGE,
                            GET_QUERY_RESULT,
                            QUERY_STATE_NEXT,
                            QUERY_STATE_CLOSE,
                            GET_HISTORY_FOR_KEY,
                            GET_STATE_METADATA,
                            PUT_STATE_METADATA,
                            GET_PRIVATE_DATA_HASH,
                            PURGE_PRIVATE_DATA -> true;
                    default -> false;
                };
            } catch (InvalidProtocolBufferException e) {
                return false;
            }
        }

        @Override
        public void onError(Throwable gone) {
            // the peer ends a stream in which it can't read
        }

        @Override
        public void onCompleted() {
            peer.onCompleted();
        }
    }
}
