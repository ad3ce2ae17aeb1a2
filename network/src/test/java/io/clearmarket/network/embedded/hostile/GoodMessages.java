package io.clearmarket.network.embedded.hostile;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.Proposal;
import org.hyperledger.fabric.client.SubmittedTransaction;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.discovery.AuthInfo;
import org.hyperledger.fabric.protos.discovery.ChaincodeQuery;
import org.hyperledger.fabric.protos.discovery.ConfigQuery;
import org.hyperledger.fabric.protos.discovery.LocalPeerQuery;
import org.hyperledger.fabric.protos.discovery.PeerMembershipQuery;
import org.hyperledger.fabric.protos.discovery.Query;
import org.hyperledger.fabric.protos.discovery.Request;
import org.hyperledger.fabric.protos.discovery.SignedRequest;
import org.hyperledger.fabric.protos.gateway.ChaincodeEventsRequest;
import org.hyperledger.fabric.protos.gateway.CommitStatusRequest;
import org.hyperledger.fabric.protos.gateway.EndorseRequest;
import org.hyperledger.fabric.protos.gateway.EvaluateRequest;
import org.hyperledger.fabric.protos.gateway.PreparedTransaction;
import org.hyperledger.fabric.protos.gateway.ProposedTransaction;
import org.hyperledger.fabric.protos.gateway.SignedChaincodeEventsRequest;
import org.hyperledger.fabric.protos.gateway.SignedCommitStatusRequest;
import org.hyperledger.fabric.protos.gateway.SubmitRequest;
import org.hyperledger.fabric.protos.orderer.SeekInfo;
import org.hyperledger.fabric.protos.orderer.SeekPosition;
import org.hyperledger.fabric.protos.orderer.SeekSpecified;
import org.hyperledger.fabric.protos.peer.ChaincodeCall;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.ChaincodeInterest;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/**
 * What each door is meant to get, to be spoilt: the nearer a hostile message is to a good one, the deeper it comes. What would be
 * ordered has a wrong signature, so that none of it may change the ledger.
 */
final class GoodMessages {
    private static final String CHANNEL = "market";

    private GoodMessages() {}

    /**
     * By door, as its bytes.
     *
     * @param tlsHash SHA-256 of the certificate that the connection to the peer shows
     */
    static Map<String, byte[]> of(Contract contract, SigningIdentity user, byte[] tlsHash) throws Exception {
        Proposal proposal = contract.newProposal("put").addArguments("k", "v").build();
        ProposedTransaction proposed = ProposedTransaction.parseFrom(proposal.getBytes());
        SignedProposal signed = SignedProposal.newBuilder()
                .setProposalBytes(proposed.getProposal().getProposalBytes())
                .setSignature(sign(user, proposed.getProposal().getProposalBytes()))
                .build();
        Transaction endorsed =
                contract.newProposal("put").addArguments("k", "v").build().endorse();
        Envelope unsigned = PreparedTransaction.parseFrom(endorsed.getBytes()).getEnvelope();
        Envelope badlySigned = unsigned.toBuilder()
                .setSignature(ByteString.copyFromUtf8("no signature"))
                .build();
        // the same with a right signature is on the ledger already
        endorsed.submit();
        SubmittedTransaction committed = contract.newProposal("events")
                .addArguments("happened")
                .build()
                .endorse()
                .submitAsync();
        committed.getStatus();
        Envelope seek = seek(user);
        Map<String, Message> good = new LinkedHashMap<>();
        good.put(
                "gateway.Gateway/Evaluate",
                EvaluateRequest.newBuilder().setProposedTransaction(signed).build());
        good.put(
                "gateway.Gateway/Endorse",
                EndorseRequest.newBuilder().setProposedTransaction(signed).build());
        good.put(
                "gateway.Gateway/Submit",
                SubmitRequest.newBuilder()
                        .setChannelId(CHANNEL)
                        .setPreparedTransaction(badlySigned)
                        .build());
        good.put("gateway.Gateway/CommitStatus", commitStatus(user, committed.getTransactionId()));
        good.put("gateway.Gateway/ChaincodeEvents", chaincodeEvents(user, 0));
        good.put("protos.Deliver/Deliver", seek);
        good.put("protos.Deliver/DeliverFiltered", seek);
        good.put("protos.Deliver/DeliverWithPrivateData", seek);
        good.put("protos.Endorser/ProcessProposal", signed);
        good.put("discovery.Discovery/Discover", discovery(user, tlsHash));
        good.put(
                "protos.ChaincodeSupport/Register",
                ChaincodeMessage.newBuilder()
                        .setType(ChaincodeMessage.Type.REGISTER)
                        .setPayload(ChaincodeID.newBuilder()
                                .setName("any:1")
                                .build()
                                .toByteString())
                        .build());
        good.put("orderer.AtomicBroadcast/Broadcast", badlySigned);
        good.put("orderer.AtomicBroadcast/Deliver", seek);
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        good.forEach((door, message) -> bytes.put(door, message.toByteArray()));
        return bytes;
    }

    /** Every question that there is. */
    private static SignedRequest discovery(SigningIdentity user, byte[] tlsHash) {
        ChaincodeInterest rig = ChaincodeInterest.newBuilder()
                .addChaincodes(ChaincodeCall.newBuilder().setName("rig"))
                .build();
        ByteString request = Request.newBuilder()
                .setAuthentication(AuthInfo.newBuilder()
                        .setClientIdentity(ByteString.copyFrom(user.serialized()))
                        .setClientTlsCertHash(ByteString.copyFrom(tlsHash)))
                .addQueries(Query.newBuilder().setChannel(CHANNEL).setConfigQuery(ConfigQuery.getDefaultInstance()))
                .addQueries(Query.newBuilder()
                        .setChannel(CHANNEL)
                        .setPeerQuery(PeerMembershipQuery.newBuilder().setFilter(rig)))
                .addQueries(Query.newBuilder()
                        .setChannel(CHANNEL)
                        .setCcQuery(ChaincodeQuery.newBuilder().addInterests(rig)))
                .addQueries(Query.newBuilder().setLocalPeers(LocalPeerQuery.getDefaultInstance()))
                .build()
                .toByteString();
        return SignedRequest.newBuilder()
                .setPayload(request)
                .setSignature(sign(user, request))
                .build();
    }

    private static SignedCommitStatusRequest commitStatus(SigningIdentity user, String transactionId) {
        ByteString request = CommitStatusRequest.newBuilder()
                .setChannelId(CHANNEL)
                .setTransactionId(transactionId)
                .setIdentity(ByteString.copyFrom(user.serialized()))
                .build()
                .toByteString();
        return SignedCommitStatusRequest.newBuilder()
                .setRequest(request)
                .setSignature(sign(user, request))
                .build();
    }

    /** Events from this block on. */
    static SignedChaincodeEventsRequest chaincodeEvents(SigningIdentity user, long block) {
        ByteString request = ChaincodeEventsRequest.newBuilder()
                .setChannelId(CHANNEL)
                .setChaincodeId("rig")
                .setIdentity(ByteString.copyFrom(user.serialized()))
                .setStartPosition(at(block))
                .build()
                .toByteString();
        return SignedChaincodeEventsRequest.newBuilder()
                .setRequest(request)
                .setSignature(sign(user, request))
                .build();
    }

    /** All blocks from 0 on. */
    static Envelope seek(SigningIdentity user) {
        ChannelHeader channelHeader = ChannelHeader.newBuilder()
                .setType(HeaderType.DELIVER_SEEK_INFO_VALUE)
                .setChannelId(CHANNEL)
                .setTimestamp(com.google.protobuf.Timestamp.newBuilder()
                        .setSeconds(Instant.now().getEpochSecond()))
                .build();
        SignatureHeader signatureHeader = SignatureHeader.newBuilder()
                .setCreator(ByteString.copyFrom(user.serialized()))
                .setNonce(ByteString.copyFromUtf8("nonce"))
                .build();
        ByteString payload = Payload.newBuilder()
                .setHeader(Header.newBuilder()
                        .setChannelHeader(channelHeader.toByteString())
                        .setSignatureHeader(signatureHeader.toByteString()))
                .setData(SeekInfo.newBuilder()
                        .setStart(at(0))
                        .setStop(at(Long.MAX_VALUE))
                        .build()
                        .toByteString())
                .build()
                .toByteString();
        return Envelope.newBuilder()
                .setPayload(payload)
                .setSignature(sign(user, payload))
                .build();
    }

    private static SeekPosition at(long block) {
        return SeekPosition.newBuilder()
                .setSpecified(SeekSpecified.newBuilder().setNumber(block))
                .build();
    }

    private static ByteString sign(SigningIdentity user, ByteString bytes) {
        return ByteString.copyFrom(user.sign(bytes.toByteArray()));
    }
}
