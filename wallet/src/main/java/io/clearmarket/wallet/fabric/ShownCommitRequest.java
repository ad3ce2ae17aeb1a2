package io.clearmarket.wallet.fabric;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.ShownText;
import io.clearmarket.wallet.identity.Identity;
import org.hyperledger.fabric.protos.gateway.CommitStatusRequest;
import org.hyperledger.fabric.protos.gateway.SignedCommitStatusRequest;

/** A question for a transaction's status, read from the bytes that the asker signs. It changes nothing. */
public final class ShownCommitRequest implements Shown {
    private final ByteString bytes;
    private final CommitStatusRequest request;
    private final Identity creator;

    private ShownCommitRequest(ByteString bytes) {
        this.bytes = bytes;
        request = Strictly.parse(CommitStatusRequest.parser(), bytes, "the commit status request");
        creator = TransactionHeader.creator(request.getIdentity());
    }

    /** From {@code SignedCommitStatusRequest.request}; {@link RefusedToSign} if it is none. */
    public static ShownCommitRequest decode(byte[] requestBytes) {
        return new ShownCommitRequest(ByteString.copyFrom(requestBytes));
    }

    /** From fabric-gateway's {@code Commit.getBytes()}, which wraps them; {@link RefusedToSign} if it is none. */
    public static ShownCommitRequest decodeGateway(byte[] signedCommitStatusRequest) {
        return new ShownCommitRequest(Strictly.parse(
                        SignedCommitStatusRequest.parser(),
                        ByteString.copyFrom(signedCommitStatusRequest),
                        "the gateway's commit status request")
                .getRequest());
    }

    /** The channel. */
    public String channel() {
        return ShownText.of(request.getChannelId());
    }

    @Override
    public Identity creator() {
        return creator;
    }

    @Override
    public String transactionId() {
        return ShownText.of(request.getTransactionId());
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
        return "Question on channel " + channel() + "\n  as           " + ShownText.of(creator.mspId())
                + "\n  transaction  " + transactionId() + "\n";
    }
}
