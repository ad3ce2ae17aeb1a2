package io.clearmarket.network.embedded.peer.discovery;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.policy.Policy.SignedData;
import io.clearmarket.network.embedded.server.Failures;
import io.clearmarket.network.embedded.server.TlsBinding;
import io.clearmarket.network.embedded.server.UnaryCall;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hyperledger.fabric.protos.discovery.AuthInfo;
import org.hyperledger.fabric.protos.discovery.DiscoveryGrpc;
import org.hyperledger.fabric.protos.discovery.Error;
import org.hyperledger.fabric.protos.discovery.Query;
import org.hyperledger.fabric.protos.discovery.QueryResult;
import org.hyperledger.fabric.protos.discovery.Request;
import org.hyperledger.fabric.protos.discovery.Response;
import org.hyperledger.fabric.protos.discovery.SignedRequest;

/**
 * {@code discovery.Discovery} of a peer: organisations, orderers, peers and plans for endorsement, as clients that are older than
 * the gateway ask for them. Texts are Fabric's.
 */
public final class DiscoveryService extends DiscoveryGrpc.DiscoveryImplBase {
    private final Map<String, ChannelDiscovery> channels;

    /** @param channels by name, at least one; the first also answers what names no channel */
    public DiscoveryService(Map<String, ChannelDiscovery> channels) {
        this.channels = new LinkedHashMap<>(channels);
    }

    @Override
    public void discover(SignedRequest signed, StreamObserver<Response> observer) {
        UnaryCall.answer(observer, () -> {
            Request request = validated(signed);
            SignedData data = new SignedData(
                    signed.getPayload(), request.getAuthentication().getClientIdentity(), signed.getSignature());
            Response.Builder response = Response.newBuilder();
            request.getQueriesList().forEach(query -> response.addResults(answer(query, data)));
            return response.build();
        });
    }

    /** A request is bound to the certificate that the client shows in TLS, which may be any, but must be there. */
    private static Request validated(SignedRequest signed) {
        Request request;
        try {
            request = Request.parseFrom(signed.getPayload());
        } catch (InvalidProtocolBufferException e) {
            throw refused("failed parsing request: " + e.getMessage());
        }
        if (!request.hasAuthentication()) {
            throw refused("access denied, no authentication info in request");
        }
        AuthInfo authentication = request.getAuthentication();
        if (authentication.getClientIdentity().isEmpty()) {
            throw refused("access denied, client identity wasn't supplied");
        }
        TlsBinding binding = TlsBinding.current();
        if (binding.certificate().isEmpty()) {
            throw refused("client didn't send a TLS certificate");
        }
        if (!binding.isNamedBy(authentication.getClientTlsCertHash())) {
            throw refused("client claimed TLS hash doesn't match computed TLS hash from gRPC stream");
        }
        return request;
    }

    private static RuntimeException refused(String message) {
        return Failures.of(Status.Code.UNKNOWN, message);
    }

    private QueryResult answer(Query query, SignedData request) {
        if (query.getChannel().isEmpty()) {
            return aboutNoChannel(query, request);
        }
        ChannelDiscovery channel = channels.get(query.getChannel());
        return channel != null && channel.mayAsk(request) ? channel.answer(query) : denied();
    }

    private QueryResult aboutNoChannel(Query query, SignedData request) {
        ChannelDiscovery first = channels.values().iterator().next();
        if (!first.isLocalAdministrator(request)) {
            return denied();
        }
        return query.getQueryCase() == Query.QueryCase.LOCAL_PEERS ? first.localPeers() : unknown();
    }

    private static QueryResult denied() {
        return failed("access denied");
    }

    static QueryResult unknown() {
        return failed("unknown or missing request type");
    }

    static QueryResult failed(String message) {
        return QueryResult.newBuilder()
                .setError(Error.newBuilder().setContent(message))
                .build();
    }
}
