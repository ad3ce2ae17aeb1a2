package io.clearmarket.network.embedded.behaviour;

import com.google.protobuf.ByteString;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.util.Map;
import org.hyperledger.fabric.protos.gateway.CommitStatusRequest;
import org.hyperledger.fabric.protos.gateway.SignedCommitStatusRequest;

/** Requests that the client library would only make after a submit. */
final class SignedRequests {
    private SignedRequests() {}

    static byte[] commitStatus(EmbeddedNetworkExtension extension, String transactionId) {
        SigningIdentity user = extension.network().issue("PlatformMSP", "user", NodeOu.CLIENT, Map.of());
        byte[] request = CommitStatusRequest.newBuilder()
                .setChannelId(extension.network().channel())
                .setTransactionId(transactionId)
                .setIdentity(ByteString.copyFrom(user.serialized()))
                .build()
                .toByteArray();
        return SignedCommitStatusRequest.newBuilder()
                .setRequest(ByteString.copyFrom(request))
                .build()
                .toByteArray();
    }
}
