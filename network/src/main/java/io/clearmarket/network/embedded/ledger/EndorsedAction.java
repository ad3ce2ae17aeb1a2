package io.clearmarket.network.embedded.ledger;

import static io.clearmarket.network.embedded.ledger.InvalidTransaction.parse;
import static io.clearmarket.network.embedded.ledger.InvalidTransaction.require;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.policy.Policy.SignedData;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeEndorsedAction;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.hyperledger.fabric.protos.peer.ChaincodeHeaderExtension;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TransactionAction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;

/** The one action of an endorser transaction: what was endorsed, and by whom. */
record EndorsedAction(ChaincodeEndorsedAction endorsed, ProposalResponsePayload response) {

    /** What an endorsed action does. */
    record Effects(String chaincode, List<NamespaceReadWrites> readWrites) {}

    /** Check 7 of fabric-protocol 5.1. */
    static EndorsedAction of(OpenedEnvelope opened) throws InvalidTransaction {
        TxValidationCode invalid = TxValidationCode.INVALID_ENDORSER_TRANSACTION;
        Transaction transaction =
                parse(invalid, () -> Transaction.parseFrom(opened.payload().getData()));
        require(transaction.getActionsCount() == 1, invalid);
        TransactionAction action = transaction.getActions(0);
        SignatureHeader header = parse(invalid, () -> SignatureHeader.parseFrom(action.getHeader()));
        require(!header.getNonce().isEmpty() && !header.getCreator().isEmpty(), invalid);
        ChaincodeActionPayload payload = parse(invalid, () -> ChaincodeActionPayload.parseFrom(action.getPayload()));
        ProposalResponsePayload response = parse(
                invalid,
                () -> ProposalResponsePayload.parseFrom(payload.getAction().getProposalResponsePayload()));
        MessageDigest digest = BlockHashes.sha256();
        digest.update(opened.payload().getHeader().getChannelHeader().asReadOnlyByteBuffer());
        digest.update(action.getHeader().asReadOnlyByteBuffer());
        digest.update(payload.getChaincodeProposalPayload().asReadOnlyByteBuffer());
        require(response.getProposalHash().equals(ByteString.copyFrom(digest.digest())), invalid);
        return new EndorsedAction(payload.getAction(), response);
    }

    /** Checks 9 to 12. */
    Effects effects(OpenedEnvelope opened) throws InvalidTransaction {
        ChaincodeHeaderExtension extension = parse(
                TxValidationCode.BAD_HEADER_EXTENSION,
                () -> ChaincodeHeaderExtension.parseFrom(opened.channel().getExtension()));
        ChaincodeAction action =
                parse(TxValidationCode.BAD_RESPONSE_PAYLOAD, () -> ChaincodeAction.parseFrom(response.getExtension()));
        List<NamespaceReadWrites> readWrites =
                parse(TxValidationCode.BAD_RWSET, () -> NamespaceReadWrites.parse(action.getResults()));
        require(extension.hasChaincodeId() && action.hasChaincodeId(), TxValidationCode.INVALID_OTHER_REASON);
        String chaincode = extension.getChaincodeId().getName();
        require(
                !chaincode.isEmpty()
                        && chaincode.equals(action.getChaincodeId().getName())
                        && !action.getChaincodeId().getVersion().isEmpty(),
                TxValidationCode.INVALID_CHAINCODE);
        if (!action.getEvents().isEmpty()) {
            ChaincodeEvent event =
                    parse(TxValidationCode.INVALID_OTHER_REASON, () -> ChaincodeEvent.parseFrom(action.getEvents()));
            require(event.getChaincodeId().equals(chaincode), TxValidationCode.INVALID_OTHER_REASON);
        }
        Set<String> namespaces = new HashSet<>();
        for (NamespaceReadWrites inNamespace : readWrites) {
            require(namespaces.add(inNamespace.namespace()), TxValidationCode.ILLEGAL_WRITESET);
        }
        return new Effects(chaincode, readWrites);
    }

    /** Each endorsement with the bytes it signs: response payload, then endorser. */
    List<SignedData> endorsements() {
        return endorsed.getEndorsementsList().stream()
                .map(endorsement -> new SignedData(
                        endorsed.getProposalResponsePayload().concat(endorsement.getEndorser()),
                        endorsement.getEndorser(),
                        endorsement.getSignature()))
                .toList();
    }
}
