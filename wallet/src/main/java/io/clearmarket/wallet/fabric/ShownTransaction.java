package io.clearmarket.wallet.fabric;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.ShownText;
import io.clearmarket.wallet.identity.Identity;
import io.clearmarket.wallet.identity.PartyId;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.gateway.PreparedTransaction;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Response;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TransactionAction;

/**
 * An endorsed transaction, read from the payload bytes that its creator signs ({@code Envelope.payload}). Every
 * endorsement's signature has been verified by the certificate beside it; whether that certificate is the organisation's,
 * only the channel's configuration says.
 */
public final class ShownTransaction implements Shown {
    private final ByteString bytes;
    private final TransactionHeader header;
    private final Invocation invocation;
    private final Response response;
    private final SortedMap<String, List<String>> writes;
    private final List<Identity> endorsers;
    private final byte[] proposalHash;

    private ShownTransaction(ByteString bytes) {
        this.bytes = bytes;
        Payload payload = Strictly.parse(Payload.parser(), bytes, "the transaction's payload");
        header = TransactionHeader.decode(payload.getHeader());
        ChaincodeActionPayload action = onlyAction(payload);
        ByteString proposalPayload = action.getChaincodeProposalPayload();
        ChaincodeProposalPayload input = Strictly.parse(
                ChaincodeProposalPayload.parser(), proposalPayload, "the transaction's proposal payload");
        if (input.getTransientMapCount() > 0) {
            throw new RefusedToSign("the transaction would publish its transient values");
        }
        invocation = Invocation.decode(input.getInput(), header);
        ByteString endorsed = action.getAction().getProposalResponsePayload();
        ProposalResponsePayload answer =
                Strictly.parse(ProposalResponsePayload.parser(), endorsed, "the endorsers' answer");
        proposalHash = ShownProposal.hash(header, proposalPayload);
        if (!MessageDigest.isEqual(proposalHash, answer.getProposalHash().toByteArray())) {
            throw new RefusedToSign("the proposal hash that was endorsed is not this transaction's");
        }
        ChaincodeAction result = Strictly.parse(ChaincodeAction.parser(), answer.getExtension(), "the result");
        requireSameChaincode(result);
        response = result.getResponse();
        writes = WriteSet.keys(result.getResults());
        endorsers = Endorsements.verified(action.getAction().getEndorsementsList(), endorsed);
    }

    /**
     * From the inner payload bytes.
     *
     * @throws RefusedToSign naming what does not match: the transaction id, the proposal hash, an endorsement
     */
    public static ShownTransaction decode(byte[] payloadBytes) {
        return new ShownTransaction(ByteString.copyFrom(payloadBytes));
    }

    /**
     * From fabric-gateway's {@code Transaction.getBytes()}, which wraps them.
     *
     * @throws RefusedToSign as {@link #decode(byte[])}, and if the wrapper names another transaction
     */
    public static ShownTransaction decodeGateway(byte[] preparedTransaction) {
        PreparedTransaction outer = Strictly.parse(
                PreparedTransaction.parser(), ByteString.copyFrom(preparedTransaction), "the gateway's transaction");
        ShownTransaction inner = new ShownTransaction(outer.getEnvelope().getPayload());
        if (!outer.getTransactionId().equals(inner.transactionId())) {
            throw new RefusedToSign("the gateway calls the transaction " + ShownText.of(outer.getTransactionId())
                    + ", but it is " + inner.transactionId());
        }
        return inner;
    }

    private ChaincodeActionPayload onlyAction(Payload payload) {
        Transaction transaction = Strictly.parse(Transaction.parser(), payload.getData(), "the transaction");
        if (transaction.getActionsCount() != 1) {
            throw new RefusedToSign("the transaction has " + transaction.getActionsCount() + " actions, not one");
        }
        TransactionAction action = transaction.getActions(0);
        if (!action.getHeader().equals(header.signatureHeader())) {
            throw new RefusedToSign("the action's header is not the transaction's");
        }
        return Strictly.parse(ChaincodeActionPayload.parser(), action.getPayload(), "the action");
    }

    private void requireSameChaincode(ChaincodeAction result) {
        if (!result.getChaincodeId().getName().equals(header.chaincode())) {
            throw new RefusedToSign("the result is of the chaincode "
                    + ShownText.of(result.getChaincodeId().getName()) + ", not of " + invocation.chaincode());
        }
    }

    /**
     * Checks that this is what became of a proposal that was signed before.
     *
     * @throws RefusedToSign if it is another one's
     */
    public void requireOf(ShownProposal proposal) {
        if (!proposal.transactionId().equals(transactionId())) {
            throw new RefusedToSign("the transaction is " + transactionId() + ", but the proposal signed was "
                    + proposal.transactionId());
        }
        if (!MessageDigest.isEqual(proposal.proposalHash(), proposalHash)) {
            throw new RefusedToSign("the transaction's content is not that of the proposal signed");
        }
    }

    /** The channel. */
    public String channel() {
        return header.channel();
    }

    /** What was called, with which arguments. */
    public Invocation invocation() {
        return invocation;
    }

    @Override
    public Identity creator() {
        return header.creator();
    }

    /** Who must sign, as the market knows them. */
    public PartyId party() {
        return header.creator().partyId();
    }

    /** The client's time. */
    public Instant timestamp() {
        return header.timestamp();
    }

    @Override
    public String transactionId() {
        return header.transactionId();
    }

    /** The chaincode's answer: 200 is success. */
    public int responseStatus() {
        return response.getStatus();
    }

    /** What the chaincode answered, as text. */
    public String responsePayload() {
        return ShownText.of(response.getPayload());
    }

    /** The keys that would be written, by namespace; {@code (deleted)} follows those that would be removed. */
    public SortedMap<String, List<String>> writtenKeys() {
        return writes;
    }

    /** The endorsers, whose signatures were verified. */
    public List<Identity> endorsers() {
        return endorsers;
    }

    /** The endorsers' organisations, each once, in order. */
    public List<String> endorsingMspIds() {
        return endorsers.stream().map(Identity::mspId).distinct().toList();
    }

    @Override
    public byte[] bytes() {
        return bytes.toByteArray();
    }

    @Override
    public byte[] digest() {
        return Digests.sha256(bytes.toByteArray());
    }

    @Override
    public String text() {
        StringBuilder lines =
                new StringBuilder("Transaction for channel ").append(channel()).append('\n');
        invocation.describe(lines);
        ShownProposal.describe(header, lines);
        lines.append("  answer       ").append(responseStatus());
        lines.append(' ').append(ShownText.of(response.getMessage())).append('\n');
        writes.forEach((namespace, keys) -> keys.forEach(key -> lines.append("  writes       ")
                .append(namespace)
                .append(": ")
                .append(key)
                .append('\n')));
        lines.append("  endorsed by  ");
        lines.append(ShownText.of(String.join(", ", endorsingMspIds()))).append('\n');
        return lines.toString();
    }
}
