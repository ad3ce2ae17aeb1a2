package io.clearmarket.network.conformance;

import com.google.protobuf.ByteString;
import org.hyperledger.fabric.client.Commit;
import org.hyperledger.fabric.protos.gateway.CommitStatusRequest;
import org.hyperledger.fabric.protos.gateway.SignedCommitStatusRequest;

/** Requests that the client library makes only after a submit. */
final class Requests {
    private Requests() {}

    /** Asks for any transaction's status, signed by the client when it is sent. */
    static Commit commitStatus(Client client, String channel, String transactionId) {
        return client.gateway().newCommit(bytes(client, channel, transactionId));
    }

    /** The same with a signature that was not made by the client. */
    static Commit commitStatus(Client client, String transactionId, byte[] signature) {
        return client.gateway().newSignedCommit(bytes(client, NetworkPlan.CHANNEL, transactionId), signature);
    }

    private static byte[] bytes(Client client, String channel, String transactionId) {
        ByteString request = CommitStatusRequest.newBuilder()
                .setChannelId(channel)
                .setTransactionId(transactionId)
                .setIdentity(ByteString.copyFrom(client.identity().serialized()))
                .build()
                .toByteString();
        return SignedCommitStatusRequest.newBuilder()
                .setRequest(request)
                .build()
                .toByteArray();
    }
}
