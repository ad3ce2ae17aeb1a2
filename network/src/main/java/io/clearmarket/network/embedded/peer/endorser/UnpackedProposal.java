package io.clearmarket.network.embedded.peer.endorser;

import com.google.protobuf.InvalidProtocolBufferException;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.peer.ChaincodeHeaderExtension;
import org.hyperledger.fabric.protos.peer.ChaincodeInput;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.Proposal;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/**
 * A proposal with all its layers parsed; header bytes stay as received, because hashes are over them.
 *
 * @param chaincode name in the header extension, which decides what is called
 */
record UnpackedProposal(
        SignedProposal signed,
        Header header,
        ChannelHeader channelHeader,
        SignatureHeader signatureHeader,
        ChaincodeProposalPayload payload,
        String chaincode,
        ChaincodeInput input) {

    /** A layer that does not parse or lacks what must be there; the message is a peer's. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    static UnpackedProposal of(SignedProposal signed) throws Malformed {
        String layer = "Proposal";
        try {
            Proposal proposal = Proposal.parseFrom(signed.getProposalBytes());
            layer = "Header";
            Header header = Header.parseFrom(proposal.getHeader());
            layer = "ChannelHeader";
            ChannelHeader channelHeader = ChannelHeader.parseFrom(header.getChannelHeader());
            layer = "SignatureHeader";
            SignatureHeader signatureHeader = SignatureHeader.parseFrom(header.getSignatureHeader());
            layer = "ChaincodeHeaderExtension";
            ChaincodeHeaderExtension extension = ChaincodeHeaderExtension.parseFrom(channelHeader.getExtension());
            require(extension.hasChaincodeId(), "ChaincodeHeaderExtension.ChaincodeId is nil");
            String chaincode = extension.getChaincodeId().getName();
            require(!chaincode.isEmpty(), "ChaincodeHeaderExtension.ChaincodeId.Name is empty");
            layer = "ChaincodeProposalPayload";
            ChaincodeProposalPayload payload = ChaincodeProposalPayload.parseFrom(proposal.getPayload());
            layer = "ChaincodeInvocationSpec";
            ChaincodeInvocationSpec spec = ChaincodeInvocationSpec.parseFrom(payload.getInput());
            require(spec.hasChaincodeSpec(), "chaincode invocation spec did not contain chaincode spec");
            require(spec.getChaincodeSpec().hasInput(), "chaincode input did not contain any input");
            ChaincodeInput input = spec.getChaincodeSpec().getInput();
            return new UnpackedProposal(signed, header, channelHeader, signatureHeader, payload, chaincode, input);
        } catch (InvalidProtocolBufferException e) {
            throw new Malformed("error unmarshalling " + layer + ": " + e.getMessage());
        }
    }

    String channel() {
        return channelHeader.getChannelId();
    }

    String transactionId() {
        return channelHeader.getTxId();
    }

    private static void require(boolean condition, String otherwise) throws Malformed {
        if (!condition) {
            throw new Malformed(otherwise);
        }
    }
}
