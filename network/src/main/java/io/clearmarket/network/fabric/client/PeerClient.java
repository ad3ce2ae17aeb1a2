package io.clearmarket.network.fabric.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.NetworkException;
import io.clearmarket.network.transaction.ProposalWriter;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.gateway.CommitStatusRequest;
import org.hyperledger.fabric.protos.gateway.CommitStatusResponse;
import org.hyperledger.fabric.protos.gateway.GatewayGrpc;
import org.hyperledger.fabric.protos.gateway.SignedCommitStatusRequest;
import org.hyperledger.fabric.protos.gateway.SubmitRequest;
import org.hyperledger.fabric.protos.peer.ChannelInfo;
import org.hyperledger.fabric.protos.peer.ChannelQueryResponse;
import org.hyperledger.fabric.protos.peer.EndorserGrpc;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/** One peer as its organisation's administrator sees it. */
public final class PeerClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PROBE = Duration.ofSeconds(10);
    private static final int FIRST_ERROR = 400;

    private final String mspId;
    private final NodeConnection connection;
    private final SigningIdentity administrator;

    /** @param mspId the organisation of the peer, and of the administrator */
    public PeerClient(String mspId, NodeConnection connection, SigningIdentity administrator) {
        this.mspId = mspId;
        this.connection = connection;
        this.administrator = administrator;
    }

    public String mspId() {
        return mspId;
    }

    public String address() {
        return connection.address();
    }

    public SigningIdentity administrator() {
        return administrator;
    }

    /**
     * The peer's answer to a proposal.
     *
     * @throws NetworkException with the peer's words, if it refuses
     */
    public ProposalResponse endorse(SignedProposal proposal) {
        try {
            ProposalResponse response = EndorserGrpc.newBlockingStub(connection.channel())
                    .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .processProposal(proposal);
            if (response.getResponse().getStatus() >= FIRST_ERROR) {
                throw new PeerRefused(
                        this,
                        response.getResponse().getStatus(),
                        response.getResponse().getMessage());
            }
            return response;
        } catch (StatusRuntimeException e) {
            throw new NetworkException(
                    "the peer of " + mspId + " at " + address() + " does not answer: " + e.getMessage(), e);
        }
    }

    /** Calls a function of a system chaincode and returns what it answers, without making a transaction of it. */
    public ByteString query(String channel, String chaincode, String function, ByteString argument) {
        return endorse(new ProposalWriter(channel, administrator)
                        .propose(chaincode, function, argument)
                        .signed())
                .getResponse()
                .getPayload();
    }

    /** The channels that the peer is on. */
    public List<String> channels() {
        try {
            return ChannelQueryResponse.parseFrom(query("", "cscc", "GetChannels", ByteString.EMPTY))
                    .getChannelsList()
                    .stream()
                    .map(ChannelInfo::getChannelId)
                    .toList();
        } catch (InvalidProtocolBufferException e) {
            throw new NetworkException("the peer of " + mspId + " answers GetChannels with other than channels", e);
        }
    }

    /** A channel's configuration as of the newest block that the peer has. */
    public Config configuration(String channel) {
        try {
            return Config.parseFrom(query(channel, "cscc", "GetChannelConfig", ByteString.copyFromUtf8(channel)));
        } catch (InvalidProtocolBufferException e) {
            throw new NetworkException("the peer of " + mspId + " answers with what is no configuration", e);
        }
    }

    /** Has the peer join the channel that a block 0 founds. */
    public void join(Block founding) {
        query("", "cscc", "JoinChain", founding.toByteString());
    }

    /** Waits until the peer has committed a transaction, and says how the peer judged it. */
    public CommitStatusResponse awaitCommit(String channel, String transactionId, Duration atMost) {
        ByteString request = CommitStatusRequest.newBuilder()
                .setChannelId(channel)
                .setTransactionId(transactionId)
                .setIdentity(ByteString.copyFrom(administrator.serialized()))
                .build()
                .toByteString();
        SignedCommitStatusRequest signed = SignedCommitStatusRequest.newBuilder()
                .setRequest(request)
                .setSignature(ByteString.copyFrom(administrator.sign(request.toByteArray())))
                .build();
        try {
            return GatewayGrpc.newBlockingStub(connection.channel())
                    .withDeadlineAfter(atMost.toMillis(), TimeUnit.MILLISECONDS)
                    .commitStatus(signed);
        } catch (StatusRuntimeException e) {
            throw new NetworkException(
                    "the peer of " + mspId + " did not commit transaction " + transactionId + ": " + e.getMessage(), e);
        }
    }

    /**
     * True if the peer's gateway has a connection to an orderer: an envelope that is none comes back refused by that.
     * After an orderer's restart it takes the peer some seconds to try again.
     */
    public boolean reachesOrderer(String channel) {
        Envelope noTransaction = Envelope.newBuilder()
                .setPayload(ByteString.copyFromUtf8("probe"))
                .setSignature(ByteString.copyFromUtf8("probe"))
                .build();
        try {
            GatewayGrpc.newBlockingStub(connection.channel())
                    .withDeadlineAfter(PROBE.toSeconds(), TimeUnit.SECONDS)
                    .submit(SubmitRequest.newBuilder()
                            .setChannelId(channel)
                            .setTransactionId("probe")
                            .setPreparedTransaction(noTransaction)
                            .build());
            return true;
        } catch (StatusRuntimeException refused) {
            return refused.getStatus().getCode() == Status.Code.ABORTED;
        }
    }

    NodeConnection connection() {
        return connection;
    }

    @Override
    public void close() {
        connection.close();
    }
}
