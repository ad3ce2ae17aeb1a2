package io.clearmarket.network.embedded.peer.system;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.ledger.Definition;
import io.clearmarket.network.embedded.ledger.LifecycleNamespace;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.ledger.Simulator;
import java.util.List;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionResult;

/**
 * _lifecycle.CommitChaincodeDefinition: writes a definition into the state. A peer endorses only what its organisation has
 * approved, and an organisation approves by its peer's configuration.
 */
final class LifecycleCommit {
    static final String FUNCTION = "CommitChaincodeDefinition";

    private final PeerLedger ledger;
    private final List<ChaincodeApproval> approvals;

    LifecycleCommit(PeerLedger ledger, List<ChaincodeApproval> approvals) {
        this.ledger = ledger;
        this.approvals = List.copyOf(approvals);
    }

    ByteString run(ByteString argument, Simulator simulator) throws SystemFailure {
        CommitChaincodeDefinitionArgs wanted;
        try {
            wanted = CommitChaincodeDefinitionArgs.parseFrom(argument);
        } catch (InvalidProtocolBufferException e) {
            throw SystemFailure.of("failed to decode input arg to " + FUNCTION + ": " + e.getMessage());
        }
        long committed = ledger.definition(wanted.getName())
                .map(PeerLedger.ChaincodeDefinition::sequence)
                .orElse(0L);
        if (wanted.getSequence() != committed + 1) {
            throw SystemFailure.of("failed to invoke backing implementation of '" + FUNCTION
                    + "': requested sequence is " + wanted.getSequence() + ", but new definition must be sequence "
                    + (committed + 1));
        }
        ChaincodeApproval approval = approvals.stream()
                .filter(candidate -> isFor(candidate, wanted))
                .findFirst()
                .orElseThrow(() -> SystemFailure.of("failed to invoke backing implementation of '" + FUNCTION
                        + "': chaincode definition not agreed to by this org"));
        try {
            LifecycleNamespace.define(
                    simulator, approval.name(), approval.definition().withSequence(wanted.getSequence()));
        } catch (Simulator.Refused e) {
            throw SystemFailure.of(String.valueOf(e.getMessage()));
        }
        return CommitChaincodeDefinitionResult.getDefaultInstance().toByteString();
    }

    private static boolean isFor(ChaincodeApproval approval, CommitChaincodeDefinitionArgs wanted) {
        return approval.name().equals(wanted.getName())
                && approval.definition()
                        .equals(new Definition(
                                approval.definition().sequence(),
                                wanted.getVersion(),
                                wanted.getEndorsementPlugin(),
                                wanted.getValidationPlugin(),
                                wanted.getValidationParameter(),
                                wanted.getCollections(),
                                wanted.getInitRequired()));
    }
}
