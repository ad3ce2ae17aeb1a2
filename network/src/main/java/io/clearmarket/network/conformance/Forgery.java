package io.clearmarket.network.conformance;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.client.Proposal;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.gateway.PreparedTransaction;
import org.hyperledger.fabric.protos.gateway.ProposedTransaction;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.Endorsement;

/** What a careless or dishonest client could send: changed proposals and transactions, signed anew or not at all. */
final class Forgery {
    private Forgery() {}

    /** The proposal with another channel header, signed anew by the client. */
    static Proposal proposal(Client client, Proposal honest, Consumer<ChannelHeader.Builder> change)
            throws InvalidProtocolBufferException {
        ProposedTransaction proposed = ProposedTransaction.parseFrom(honest.getBytes());
        org.hyperledger.fabric.protos.peer.Proposal proposal = org.hyperledger.fabric.protos.peer.Proposal.parseFrom(
                proposed.getProposal().getProposalBytes());
        Header header = Header.parseFrom(proposal.getHeader());
        ChannelHeader.Builder channel = ChannelHeader.parseFrom(header.getChannelHeader()).toBuilder();
        change.accept(channel);
        ByteString changed = proposal.toBuilder()
                .setHeader(header.toBuilder()
                        .setChannelHeader(channel.build().toByteString())
                        .build()
                        .toByteString())
                .build()
                .toByteString();
        ProposedTransaction.Builder forged = proposed.toBuilder();
        forged.getProposalBuilder().setProposalBytes(changed).clearSignature();
        return client.gateway().newProposal(forged.build().toByteArray());
    }

    /** The same proposal with a signature made elsewhere. */
    static Proposal withSignature(Client client, Proposal honest, byte[] signature) {
        return client.gateway().newSignedProposal(honest.getBytes(), signature);
    }

    /** The transaction with other endorsements, signed by the client. */
    static Transaction endorsements(Client client, Transaction honest, UnaryOperator<List<Endorsement>> change)
            throws InvalidProtocolBufferException {
        return action(client, honest, action -> {
            List<Endorsement> changed = change.apply(action.getAction().getEndorsementsList());
            action.getActionBuilder().clearEndorsements().addAllEndorsements(changed);
        });
    }

    /** The transaction with another action payload, signed by the client. */
    static Transaction action(Client client, Transaction honest, Consumer<ChaincodeActionPayload.Builder> change)
            throws InvalidProtocolBufferException {
        PreparedTransaction prepared = PreparedTransaction.parseFrom(honest.getBytes());
        Payload payload = Payload.parseFrom(prepared.getEnvelope().getPayload());
        org.hyperledger.fabric.protos.peer.Transaction.Builder transaction =
                org.hyperledger.fabric.protos.peer.Transaction.parseFrom(payload.getData()).toBuilder();
        ChaincodeActionPayload.Builder action =
                ChaincodeActionPayload.parseFrom(transaction.getActions(0).getPayload()).toBuilder();
        change.accept(action);
        transaction.getActionsBuilder(0).setPayload(action.build().toByteString());
        return signed(
                client,
                prepared,
                payload.toBuilder().setData(transaction.build().toByteString()).build());
    }

    private static Transaction signed(Client client, PreparedTransaction prepared, Payload payload) {
        PreparedTransaction.Builder forged = prepared.toBuilder();
        forged.getEnvelopeBuilder().setPayload(payload.toByteString()).clearSignature();
        return client.gateway().newTransaction(forged.build().toByteArray());
    }
}
