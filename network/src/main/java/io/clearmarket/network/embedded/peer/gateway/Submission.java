package io.clearmarket.network.embedded.peer.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.orderer.BroadcastResult;
import io.clearmarket.network.embedded.orderer.OrdererNode;
import io.clearmarket.network.embedded.server.Failures;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.gateway.SubmitRequest;
import org.hyperledger.fabric.protos.gateway.SubmitResponse;

/** Gateway.Submit: hands the signed envelope to the orderer (fabric-protocol 1.7). */
final class Submission {
    private static final int FIRST_SERVER_ERROR = 500;

    private final String channel;
    private final OrdererNode orderer;

    Submission(String channel, OrdererNode orderer) {
        this.channel = channel;
        this.orderer = orderer;
    }

    SubmitResponse submit(SubmitRequest request) {
        if (!request.hasPreparedTransaction()) {
            throw Failures.of(Status.Code.INVALID_ARGUMENT, "a prepared transaction is required");
        }
        Envelope envelope = request.getPreparedTransaction();
        if (envelope.getSignature().isEmpty()) {
            throw Failures.of(Status.Code.INVALID_ARGUMENT, "prepared transaction must be signed");
        }
        requireChannel(channelOf(request));
        BroadcastResult result = orderer.broadcast(channel, envelope).orElseThrow(this::notReached);
        if (result.accepted()) {
            return SubmitResponse.getDefaultInstance();
        }
        if (result.status().getNumber() >= FIRST_SERVER_ERROR) {
            throw Failures.of(Status.Code.UNAVAILABLE, "no orderers could successfully process transaction");
        }
        throw Failures.of(
                Status.Code.ABORTED,
                "received unsuccessful response from orderer: status=" + result.status() + ", info=" + result.info());
    }

    private StatusRuntimeException notReached() {
        String cause = "rpc error: code = Unavailable desc = connection error: desc = \"transport: Error while dialing:"
                + " dial tcp " + orderer.address() + ": connect: connection refused\"";
        return Failures.of(
                Status.Code.UNAVAILABLE,
                "no orderers could successfully process transaction",
                List.of(Failures.detail(orderer.address(), orderer.mspId(), cause)));
    }

    /** The request's channel is what a peer goes by; where it is missing, the envelope's. */
    private static String channelOf(SubmitRequest request) {
        if (!request.getChannelId().isEmpty()) {
            return request.getChannelId();
        }
        try {
            Payload payload = Payload.parseFrom(request.getPreparedTransaction().getPayload());
            return ChannelHeader.parseFrom(payload.getHeader().getChannelHeader())
                    .getChannelId();
        } catch (InvalidProtocolBufferException e) {
            return "";
        }
    }

    private void requireChannel(String wanted) {
        if (!wanted.equals(channel)) {
            throw Failures.of(
                    Status.Code.FAILED_PRECONDITION,
                    "failed to get config for channel [" + wanted + "]: could not get last config for channel "
                            + wanted);
        }
    }
}
