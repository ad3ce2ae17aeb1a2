package io.clearmarket.network.embedded.peer.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.Proposal;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/** What a gateway reads from a proposal: where it goes, and the parts that the transaction will be made of. */
record ProposalTarget(
        String channel, String chaincode, boolean hasTransientData, Header header, ChaincodeProposalPayload payload) {

    static ProposalTarget of(SignedProposal signed) throws InvalidProtocolBufferException {
        Proposal proposal = Proposal.parseFrom(signed.getProposalBytes());
        Header header = Header.parseFrom(proposal.getHeader());
        ChannelHeader channelHeader = ChannelHeader.parseFrom(header.getChannelHeader());
        ChaincodeProposalPayload payload = ChaincodeProposalPayload.parseFrom(proposal.getPayload());
        ChaincodeInvocationSpec spec = ChaincodeInvocationSpec.parseFrom(payload.getInput());
        return new ProposalTarget(
                channelHeader.getChannelId(),
                spec.getChaincodeSpec().getChaincodeId().getName(),
                payload.getTransientMapCount() > 0,
                header,
                payload);
    }

    /** What Evaluate refuses before it asks anybody. */
    Optional<String> incomplete() {
        if (channel.isEmpty()) {
            return Optional.of("no channel id provided");
        }
        return chaincode.isEmpty()
                ? Optional.of("no chaincode name is provided, channel id [" + channel + "]")
                : Optional.empty();
    }
}
