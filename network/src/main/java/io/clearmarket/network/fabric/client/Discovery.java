package io.clearmarket.network.fabric.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.NetworkException;
import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.grpc.StatusRuntimeException;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.discovery.AuthInfo;
import org.hyperledger.fabric.protos.discovery.DiscoveryGrpc;
import org.hyperledger.fabric.protos.discovery.Peer;
import org.hyperledger.fabric.protos.discovery.PeerMembershipQuery;
import org.hyperledger.fabric.protos.discovery.Peers;
import org.hyperledger.fabric.protos.discovery.Query;
import org.hyperledger.fabric.protos.discovery.QueryResult;
import org.hyperledger.fabric.protos.discovery.Request;
import org.hyperledger.fabric.protos.discovery.Response;
import org.hyperledger.fabric.protos.discovery.SignedRequest;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Properties;

/** What a peer knows of the other peers of a channel: those its gateway can ask to endorse. */
public final class Discovery {
    private static final int PATIENCE_SECONDS = 10;

    private Discovery() {}

    /**
     * A peer that another one knows.
     *
     * @param height of its ledger
     * @param chaincodes {@code name:sequence} of those that it can run: a peer tells the sequence of the definition, not its version
     */
    public record Known(String mspId, long height, List<String> chaincodes) {
        public Known {
            chaincodes = List.copyOf(chaincodes);
        }
    }

    /** The channel's peers as this one knows them, itself included; none while it is still coming up. */
    public static List<Known> peers(PeerClient peer, String channel) {
        SigningIdentity administrator = peer.administrator();
        ByteString payload = Request.newBuilder()
                .setAuthentication(AuthInfo.newBuilder()
                        .setClientIdentity(ByteString.copyFrom(administrator.serialized()))
                        .setClientTlsCertHash(ByteString.copyFrom(tlsCertificateHash(administrator))))
                .addQueries(
                        Query.newBuilder().setChannel(channel).setPeerQuery(PeerMembershipQuery.getDefaultInstance()))
                .build()
                .toByteString();
        SignedRequest request = SignedRequest.newBuilder()
                .setPayload(payload)
                .setSignature(ByteString.copyFrom(administrator.sign(payload.toByteArray())))
                .build();
        try {
            Response response = DiscoveryGrpc.newBlockingStub(peer.connection().channel())
                    .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .discover(request);
            return known(response);
        } catch (StatusRuntimeException notYet) {
            return List.of();
        } catch (InvalidProtocolBufferException e) {
            throw new NetworkException("the peer at " + peer.address() + " tells of peers in no known form", e);
        }
    }

    /** The connection shows the administrator's certificate: see {@link NodeConnection#to}. */
    private static byte[] tlsCertificateHash(SigningIdentity administrator) {
        try {
            return Digests.sha256(administrator.certificate().getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a parsed certificate without its encoding", impossible);
        }
    }

    private static List<Known> known(Response response) throws InvalidProtocolBufferException {
        List<Known> known = new ArrayList<>();
        for (QueryResult result : response.getResultsList()) {
            for (var organization : result.getMembers().getPeersByOrgMap().entrySet()) {
                Peers peers = organization.getValue();
                for (Peer peer : peers.getPeersList()) {
                    Properties properties = GossipMessage.parseFrom(
                                    peer.getStateInfo().getPayload())
                            .getStateInfo()
                            .getProperties();
                    known.add(new Known(
                            organization.getKey(),
                            properties.getLedgerHeight(),
                            properties.getChaincodesList().stream()
                                    .map(chaincode -> chaincode.getName() + ":" + chaincode.getVersion())
                                    .toList()));
                }
            }
        }
        return known;
    }
}
