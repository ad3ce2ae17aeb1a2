package io.clearmarket.network.embedded;

import io.clearmarket.network.embedded.ledger.Definition;
import io.clearmarket.network.embedded.ledger.LifecycleNamespace;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.ledger.TransactionLocation;
import io.clearmarket.network.embedded.orderer.BroadcastResult;
import io.clearmarket.network.embedded.organization.OrganizationFolder;
import io.clearmarket.network.embedded.peer.CommitWait;
import io.clearmarket.network.embedded.peer.Peer;
import io.clearmarket.wallet.ca.NodeOu;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionArgs;

/**
 * Commits the configured chaincode definitions that the channel does not have yet, each by a real transaction of the first
 * organisation's administrator, endorsed by every organisation.
 */
final class ChaincodeDefiner {
    private static final String COMMIT_FUNCTION = "CommitChaincodeDefinition";
    private static final long PATIENCE_SECONDS = 60;

    private final NetworkConfig config;
    private final ProposalWriter writer;
    private final RunningNodes nodes;

    private ChaincodeDefiner(NetworkConfig config, ProposalWriter writer, RunningNodes nodes) {
        this.config = config;
        this.writer = writer;
        this.nodes = nodes;
    }

    static void define(NetworkConfig config, Map<String, OrganizationFolder> folders, RunningNodes nodes) {
        OrganizationFolder first =
                Objects.requireNonNull(folders.get(config.mspIds().getFirst()));
        ProposalWriter writer = new ProposalWriter(config.channel(), first.user("admin", NodeOu.ADMIN, Map.of()));
        ChaincodeDefiner definer = new ChaincodeDefiner(config, writer, nodes);
        definer.catchUp();
        config.chaincodes().forEach(definer::defineIfNew);
    }

    /** A reopened peer may still be behind the orderer; what it knows of definitions counts only when it is level. */
    private void catchUp() {
        long height = nodes.orderer().height();
        for (Peer peer : nodes.peers()) {
            if (!peer.commits().awaitHeight(height, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new NetworkException("the peer of " + peer.mspId() + " did not reach block " + (height - 1)
                        + " within " + PATIENCE_SECONDS + " s; see the log for why");
            }
        }
    }

    private void defineIfNew(ChaincodeConfig chaincode) {
        PeerLedger ledger = nodes.peer(config.mspIds().getFirst()).ledger();
        Optional<PeerLedger.ChaincodeDefinition> current = ledger.definition(chaincode.name());
        long sequence = current.map(PeerLedger.ChaincodeDefinition::sequence).orElse(0L);
        Definition wanted = chaincode.definition(sequence);
        if (current.isEmpty() || !current.get().definition().equals(wanted)) {
            commit(CommitChaincodeDefinitionArgs.newBuilder()
                    .setName(chaincode.name())
                    .setVersion(chaincode.version())
                    .setSequence(sequence + 1)
                    .setEndorsementPlugin(wanted.endorsementPlugin())
                    .setValidationPlugin(wanted.validationPlugin())
                    .setValidationParameter(wanted.validationParameter())
                    .setCollections(wanted.collections())
                    .setInitRequired(wanted.initRequired())
                    .build());
        }
    }

    private void commit(CommitChaincodeDefinitionArgs definition) {
        ProposalWriter.Written proposal =
                writer.propose(LifecycleNamespace.NAME, COMMIT_FUNCTION, definition.toByteString());
        Envelope unsigned;
        try {
            unsigned = nodes.peer(config.mspIds().getFirst()).gateway().endorse(proposal.signed(), config.mspIds());
        } catch (StatusRuntimeException e) {
            throw new NetworkException(
                    "chaincode " + definition.getName() + " cannot be defined: " + e.getMessage(), e);
        }
        BroadcastResult accepted = nodes.orderer().broadcast(writer.sign(unsigned));
        if (!accepted.accepted()) {
            throw new NetworkException(
                    "chaincode " + definition.getName() + " cannot be defined: the orderer says " + accepted.info());
        }
        nodes.peers().forEach(peer -> awaitValid(peer, proposal.transactionId(), definition.getName()));
    }

    private static void awaitValid(Peer peer, String transactionId, String chaincode) {
        try (CommitWait wait = peer.commits().await(transactionId)) {
            TransactionLocation location = wait.location().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (location.code() != TxValidationCode.VALID) {
                throw new NetworkException("the definition of chaincode " + chaincode + " is invalid to the peer of "
                        + peer.mspId() + ": " + location.code());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NetworkException("interrupted while defining chaincode " + chaincode, e);
        } catch (ExecutionException | TimeoutException e) {
            throw new NetworkException(
                    "the peer of " + peer.mspId() + " did not commit the definition of chaincode " + chaincode, e);
        }
    }
}
