package io.clearmarket.gateway.fabric;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.identity.Identity;
import java.util.List;
import org.hyperledger.fabric.client.Gateway;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.Proposal;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.client.identity.X509Identity;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.gateway.PreparedTransaction;
import org.hyperledger.fabric.protos.gateway.ProposedTransaction;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/** {@link LedgerClient} on Hyperledger's own client, through the peer of the organisation that runs this gateway. */
final class FabricLedgerClient implements LedgerClient {
    private final Peers peers;
    private final String mspId;
    private final String channel;
    private final String chaincode;
    private final TransactionReader reader;
    private final EndorsementPlaces places;

    FabricLedgerClient(Peers peers, String mspId, String channel, String chaincode, EndorsementPlaces places) {
        this.peers = peers;
        this.mspId = mspId;
        this.channel = channel;
        this.chaincode = chaincode;
        this.reader = new TransactionReader(channel, chaincode);
        this.places = places;
    }

    @Override
    public Prepared prepare(Identity creator, String function, List<String> arguments) {
        try (Gateway gateway = Gateway.newInstance()
                .identity(new X509Identity(creator.mspId(), creator.certificate()))
                .connection(peers.of(mspId).channel())
                .connect()) {
            Proposal proposal = gateway.getNetwork(channel)
                    .getContract(chaincode)
                    .newProposal(function)
                    .addArguments(arguments.toArray(String[]::new))
                    .build();
            byte[] bytes = ProposedTransaction.parseFrom(proposal.getBytes())
                    .getProposal()
                    .getProposalBytes()
                    .toByteArray();
            return new Prepared(proposal.getTransactionId(), bytes, Digest.of(Digests.sha256(bytes)));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the Fabric client built no proposal", e);
        }
    }

    @Override
    public Endorsed endorse(byte[] proposal, byte[] signature) {
        TransactionContent content = reader.proposal(proposal);
        byte[] proposed = ProposedTransaction.newBuilder()
                .setTransactionId(content.transactionId())
                .setProposal(SignedProposal.newBuilder().setProposalBytes(ByteString.copyFrom(proposal)))
                .build()
                .toByteArray();
        Transaction transaction = places.take(() -> endorsed(proposed, signature));
        try {
            byte[] payload = PreparedTransaction.parseFrom(transaction.getBytes())
                    .getEnvelope()
                    .getPayload()
                    .toByteArray();
            return new Endorsed(
                    content.transactionId(), payload, Digest.of(Digests.sha256(payload)), transaction.getResult());
        } catch (InvalidProtocolBufferException e) {
            throw new LedgerFailure.Unavailable("the peer answered with something that is no transaction", e);
        }
    }

    private Transaction endorsed(byte[] proposed, byte[] signature) {
        try {
            return gateway().newSignedProposal(proposed, signature).endorse();
        } catch (GatewayException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public void submit(byte[] payload, byte[] signature) {
        byte[] prepared = PreparedTransaction.newBuilder()
                .setTransactionId(reader.payload(payload).transactionId())
                .setEnvelope(Envelope.newBuilder().setPayload(ByteString.copyFrom(payload)))
                .build()
                .toByteArray();
        try {
            gateway().newSignedTransaction(prepared, signature).submitAsync();
        } catch (GatewayException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public byte[] evaluate(String organization, String function, List<String> arguments) {
        try {
            return peers.of(organization)
                    .network()
                    .getContract(chaincode)
                    .newProposal(function)
                    .addArguments(arguments.toArray(String[]::new))
                    // without this the peer may pass the question on to another organisation's
                    .setEndorsingOrganizations(organization)
                    .build()
                    .evaluate();
        } catch (GatewayException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public TransactionContent read(byte[] payload) {
        return reader.payload(payload);
    }

    @Override
    public TransactionContent readProposal(byte[] proposal) {
        return reader.proposal(proposal);
    }

    private Gateway gateway() {
        return peers.of(mspId).gateway();
    }
}
