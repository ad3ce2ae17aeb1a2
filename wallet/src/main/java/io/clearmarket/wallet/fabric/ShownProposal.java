package io.clearmarket.wallet.fabric;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.ShownText;
import io.clearmarket.wallet.identity.Identity;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.gateway.ProposedTransaction;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.Proposal;

/** A proposal, read from the bytes that its creator signs ({@code SignedProposal.proposal_bytes}). */
public final class ShownProposal implements Shown {
    private final ByteString bytes;
    private final TransactionHeader header;
    private final Invocation invocation;
    private final SortedSet<String> transientKeys;
    private final byte[] proposalHash;

    private ShownProposal(ByteString bytes, TransactionHeader header, ChaincodeProposalPayload payload) {
        this.bytes = bytes;
        this.header = header;
        this.invocation = Invocation.decode(payload.getInput(), header);
        this.transientKeys = new TreeSet<>();
        payload.getTransientMapMap().keySet().forEach(key -> transientKeys.add(ShownText.of(key)));
        // the transaction later carries the payload without its transient map, and so does the hash
        ByteString inputOnly = ChaincodeProposalPayload.newBuilder()
                .setInput(payload.getInput())
                .build()
                .toByteString();
        this.proposalHash = hash(header, inputOnly);
    }

    /**
     * From the inner proposal bytes.
     *
     * @throws RefusedToSign naming what does not match: the transaction id, the chaincode's name, the header's type
     */
    public static ShownProposal decode(byte[] proposalBytes) {
        return decode(ByteString.copyFrom(proposalBytes));
    }

    /**
     * From fabric-gateway's {@code Proposal.getBytes()}, which wraps them.
     *
     * @throws RefusedToSign as {@link #decode(byte[])}, and if the wrapper names another transaction
     */
    public static ShownProposal decodeGateway(byte[] proposedTransaction) {
        ProposedTransaction outer = Strictly.parse(
                ProposedTransaction.parser(), ByteString.copyFrom(proposedTransaction), "the gateway's proposal");
        ShownProposal inner = decode(outer.getProposal().getProposalBytes());
        if (!outer.getTransactionId().equals(inner.transactionId())) {
            throw new RefusedToSign("the gateway calls the transaction " + ShownText.of(outer.getTransactionId())
                    + ", but it is " + inner.transactionId());
        }
        return inner;
    }

    private static ShownProposal decode(ByteString proposalBytes) {
        Proposal proposal = Strictly.parse(Proposal.parser(), proposalBytes, "the proposal");
        if (!proposal.getExtension().isEmpty()) {
            throw new RefusedToSign("the proposal carries an extension");
        }
        Header header = Strictly.parse(Header.parser(), proposal.getHeader(), "the proposal's header");
        ChaincodeProposalPayload payload =
                Strictly.parse(ChaincodeProposalPayload.parser(), proposal.getPayload(), "the proposal's payload");
        return new ShownProposal(proposalBytes, TransactionHeader.decode(header), payload);
    }

    /** SHA-256(channel header || signature header || payload with its input only): what endorsers put their name to. */
    static byte[] hash(TransactionHeader header, ByteString payload) {
        return Digests.sha256(
                header.channelHeader().toByteArray(), header.signatureHeader().toByteArray(), payload.toByteArray());
    }

    /** The channel. */
    public String channel() {
        return header.channel();
    }

    /** What is called, with which arguments. */
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

    /** The client's time, which endorsers accept only near their own. */
    public Instant timestamp() {
        return header.timestamp();
    }

    @Override
    public String transactionId() {
        return header.transactionId();
    }

    /** The names of values that reach the chaincode but not the ledger. */
    public SortedSet<String> transientKeys() {
        return new TreeSet<>(transientKeys);
    }

    /** What the endorsers' answers must carry as their proposal hash. */
    public byte[] proposalHash() {
        return proposalHash.clone();
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
                new StringBuilder("Proposal to channel ").append(channel()).append('\n');
        invocation.describe(lines);
        if (!transientKeys.isEmpty()) {
            lines.append("  transient    ")
                    .append(String.join(", ", transientKeys))
                    .append('\n');
        }
        describe(header, lines);
        return lines.toString();
    }

    static void describe(TransactionHeader header, StringBuilder lines) {
        List.of(
                        "as           " + ShownText.of(header.creator().mspId()) + " "
                                + ShownText.of(header.creator()
                                        .certificate()
                                        .getSubjectX500Principal()
                                        .getName()),
                        "party        " + header.creator().partyId(),
                        "time         " + header.timestamp(),
                        "transaction  " + header.transactionId())
                .forEach(line -> lines.append("  ").append(line).append('\n'));
    }
}
