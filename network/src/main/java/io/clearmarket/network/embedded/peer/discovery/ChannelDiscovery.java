package io.clearmarket.network.embedded.peer.discovery;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.msp.MspException;
import io.clearmarket.network.embedded.msp.MspIdentity;
import io.clearmarket.network.embedded.orderer.OrdererNode;
import io.clearmarket.network.embedded.peer.gateway.EndorserDirectory;
import io.clearmarket.network.embedded.policy.Policy.SignedData;
import java.util.List;
import org.hyperledger.fabric.protos.discovery.ChaincodeQuery;
import org.hyperledger.fabric.protos.discovery.ChaincodeQueryResult;
import org.hyperledger.fabric.protos.discovery.Query;
import org.hyperledger.fabric.protos.discovery.QueryResult;
import org.hyperledger.fabric.protos.peer.ChaincodeInterest;

/** What one peer tells of one channel. Texts are Fabric's. */
public final class ChannelDiscovery {
    private static final String WRITERS = "/Channel/Application/Writers";

    private final PeerLedger ledger;
    private final OrdererNode orderer;
    private final String localMspId;
    private final PeerQueries peers;

    public ChannelDiscovery(PeerLedger ledger, EndorserDirectory directory, OrdererNode orderer) {
        this.ledger = ledger;
        this.orderer = orderer;
        this.localMspId = directory.homeMspId();
        this.peers = new PeerQueries(ledger, directory);
    }

    /** Whether who signed the request may ask about the channel. */
    boolean mayAsk(SignedData request) {
        return ledger.policy(WRITERS)
                .orElseThrow(() -> new IllegalStateException("the channel has no policy " + WRITERS))
                .evaluate(List.of(request))
                .isEmpty();
    }

    /** Questions that name no channel are for the administrators of the peer's own organisation. */
    boolean isLocalAdministrator(SignedData request) {
        try {
            MspIdentity asker = ledger.msps().deserialize(request.identity());
            return asker.mspId().equals(localMspId)
                    && asker.hasRole(MspIdentity.Role.ADMIN)
                    && asker.verify(
                            request.data().toByteArray(), request.signature().toByteArray());
        } catch (MspException unknown) {
            return false;
        }
    }

    /** The answer to a question about the channel. */
    QueryResult answer(Query query) {
        try {
            return switch (query.getQueryCase()) {
                case CONFIG_QUERY -> config();
                case PEER_QUERY ->
                    QueryResult.newBuilder()
                            .setMembers(peers.channelPeers(query.getPeerQuery().getFilter()))
                            .build();
                case CC_QUERY -> endorsers(query.getCcQuery());
                case LOCAL_PEERS, QUERY_NOT_SET -> DiscoveryService.unknown();
            };
        } catch (PeerQueries.Unanswerable e) {
            return DiscoveryService.failed(String.valueOf(e.getMessage()));
        }
    }

    /** The peers that this one knows of, whatever they do on the channel. */
    QueryResult localPeers() {
        return QueryResult.newBuilder().setMembers(peers.localPeers()).build();
    }

    private QueryResult config() {
        try {
            return QueryResult.newBuilder()
                    .setConfigResult(ConfigQuery.answer(ledger.resources().config(), orderer.address()))
                    .build();
        } catch (InvalidProtocolBufferException e) {
            return DiscoveryService.failed("failed fetching config for channel " + ledger.channel());
        }
    }

    private QueryResult endorsers(ChaincodeQuery query) {
        if (query.getInterestsCount() == 0) {
            return DiscoveryService.failed("chaincode query must have at least one chaincode interest");
        }
        ChaincodeQueryResult.Builder content = ChaincodeQueryResult.newBuilder();
        for (ChaincodeInterest interest : query.getInterestsList()) {
            if (interest.getChaincodesCount() == 0) {
                return DiscoveryService.failed("chaincode interest must contain at least one chaincode");
            }
            if (interest.getChaincodesList().stream()
                    .anyMatch(call -> call.getName().isEmpty())) {
                return DiscoveryService.failed("chaincode name in interest cannot be empty");
            }
            try {
                content.addContent(peers.endorsers(interest));
            } catch (PeerQueries.Unanswerable noPlan) {
                return DiscoveryService.failed("failed constructing descriptor for "
                        + TextFormat.printer().emittingSingleLine(true).printToString(interest));
            }
        }
        return QueryResult.newBuilder().setCcQueryRes(content).build();
    }
}
