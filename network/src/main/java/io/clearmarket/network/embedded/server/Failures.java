package io.clearmarket.network.embedded.server;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;

/** Failures as a Fabric client expects them: a gRPC status, and per node an {@code ErrorDetail} in the trailer. */
public final class Failures {
    private Failures() {}

    /** A failure without details. */
    public static StatusRuntimeException of(Status.Code code, String message) {
        return code.toStatus().withDescription(message).asRuntimeException();
    }

    /** A failure with one detail per node; none sends no trailer, as a peer does. */
    public static StatusRuntimeException of(Status.Code code, String message, List<ErrorDetail> details) {
        if (details.isEmpty()) {
            return of(code, message);
        }
        com.google.rpc.Status.Builder status =
                com.google.rpc.Status.newBuilder().setCode(code.value()).setMessage(message);
        details.forEach(detail -> status.addDetails(Any.pack(detail)));
        return StatusProto.toStatusRuntimeException(status.build());
    }

    /** What one node said. */
    public static ErrorDetail detail(String address, String mspId, String message) {
        return ErrorDetail.newBuilder()
                .setAddress(address)
                .setMspId(mspId)
                .setMessage(message)
                .build();
    }

    /** What the nodes said, for a message; "" if the failure has no details. */
    public static String detailsOf(StatusRuntimeException failure) {
        com.google.rpc.Status status = StatusProto.fromThrowable(failure);
        StringBuilder text = new StringBuilder();
        for (Any detail : status == null ? List.<Any>of() : status.getDetailsList()) {
            try {
                ErrorDetail node = detail.unpack(ErrorDetail.class);
                text.append("; ").append(node.getMspId()).append(" says ").append(node.getMessage());
            } catch (InvalidProtocolBufferException other) {
                text.append("; ").append(detail.getTypeUrl());
            }
        }
        return text.toString();
    }
}
