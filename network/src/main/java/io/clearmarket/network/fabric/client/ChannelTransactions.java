package io.clearmarket.network.fabric.client;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.NetworkException;
import io.clearmarket.network.transaction.EndorsedEnvelope;
import io.clearmarket.network.transaction.ProposalWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.hyperledger.fabric.protos.gateway.CommitStatusResponse;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.TxValidationCode;

/** The administrators' transactions on a channel, endorsed by the peers that they name and committed by all. */
public final class ChannelTransactions {
    private final String channel;
    private final OrdererClient orderer;
    private final Collection<PeerClient> observers;
    private final Duration patience;

    /** @param observers the peers that must have committed a transaction before it counts as done */
    public ChannelTransactions(
            String channel, OrdererClient orderer, Collection<PeerClient> observers, Duration patience) {
        this.channel = channel;
        this.orderer = orderer;
        this.observers = List.copyOf(observers);
        this.patience = patience;
    }

    public String channel() {
        return channel;
    }

    /**
     * Endorses at each of the peers, orders and waits; the first peer's administrator is the creator.
     *
     * @throws NetworkException or {@link PeerRefused}, saying at which step and why
     */
    public void submit(List<PeerClient> endorsers, String chaincode, String function, ByteString argument) {
        ProposalWriter writer = new ProposalWriter(channel, endorsers.getFirst().administrator());
        ProposalWriter.Written proposal = writer.propose(chaincode, function, argument);
        List<Endorsement> endorsements = new ArrayList<>();
        ByteString payload = ByteString.EMPTY;
        for (PeerClient endorser : endorsers) {
            ProposalResponse response = endorser.endorse(proposal.signed());
            if (!payload.isEmpty() && !payload.equals(response.getPayload())) {
                throw new NetworkException("the peer of " + endorser.mspId() + " endorses " + function
                        + " with another result than the others: do all have the same height?");
            }
            payload = response.getPayload();
            endorsements.add(response.getEndorsement());
        }
        orderer.broadcast(writer.sign(EndorsedEnvelope.of(proposal.signed(), payload, endorsements)), patience);
        for (PeerClient peer : observers) {
            CommitStatusResponse status = peer.awaitCommit(channel, proposal.transactionId(), patience);
            if (status.getResult() != TxValidationCode.VALID) {
                throw new NetworkException(function + " is invalid to the peer of " + peer.mspId() + " at "
                        + peer.address() + ": " + status.getResult());
            }
        }
    }
}
