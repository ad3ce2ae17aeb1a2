package io.clearmarket.network.embedded;

import com.google.protobuf.MessageLite;
import io.clearmarket.network.embedded.ledger.Definition;
import io.clearmarket.network.embedded.ledger.LifecycleNamespace;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.ledger.Simulator;
import io.clearmarket.network.embedded.ledger.TransactionLocation;
import io.clearmarket.network.embedded.orderer.BroadcastResult;
import io.clearmarket.network.embedded.peer.CommitWait;
import io.clearmarket.network.embedded.peer.Peer;
import io.clearmarket.network.embedded.peer.system.Approvals;
import io.clearmarket.network.embedded.server.Failures;
import io.clearmarket.network.transaction.LifecycleArguments;
import io.clearmarket.network.transaction.ProposalWriter;
import io.clearmarket.wallet.ca.NodeOu;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionArgs;

/**
 * Has a channel agree on the configured chaincodes where it does not yet: each organisation's administrator approves them at
 * the organisation's own peer, then the first one's commits what all have approved. These are real transactions of
 * {@code _lifecycle}, as {@code peer lifecycle chaincode} would send them.
 */
final class ChaincodeDefiner {
    private static final long PATIENCE_SECONDS = 60;

    private final ChannelSettings channel;
    private final NetworkFolders folders;
    private final RunningNodes nodes;

    ChaincodeDefiner(ChannelSettings channel, NetworkFolders folders, RunningNodes nodes) {
        this.channel = channel;
        this.folders = folders;
        this.nodes = nodes;
    }

    /** Agrees on what the configuration has and the channel has not. */
    void define() {
        catchUp();
        agreeOn(channel.chaincodes());
    }

    void agreeOn(List<ChaincodeConfig> chaincodes) {
        List<String> approvals = new ArrayList<>();
        Map<ChaincodeConfig, Definition> changed = new LinkedHashMap<>();
        for (ChaincodeConfig chaincode : chaincodes) {
            Definition wanted = wanted(chaincode);
            approvals.addAll(approve(chaincode, wanted));
            if (wanted.sequence() > committed(chaincode)) {
                changed.put(chaincode, wanted);
            }
        }
        awaitValid(approvals);
        List<String> commits = new ArrayList<>();
        changed.forEach((chaincode, definition) -> commits.add(commit(chaincode, definition)));
        awaitValid(commits);
    }

    /** A reopened peer may still be behind the orderer; what it knows of definitions counts only when it is level. */
    private void catchUp() {
        long height = nodes.ordererNode().height(channel.name());
        for (Peer peer : nodes.peers(channel.name())) {
            if (!peer.commits().awaitHeight(height, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new NetworkException("the peer of " + peer.mspId() + " did not reach block " + (height - 1)
                        + " within " + PATIENCE_SECONDS + " s; see the log for why");
            }
        }
    }

    /**
     * What is to be approved: what is committed, if it is the same, else the next step. An approval that was lost with the only
     * peer that had it can't be given again, so then too.
     */
    private Definition wanted(ChaincodeConfig chaincode) {
        long sequence = committed(chaincode);
        boolean same = firstLedger()
                .definition(chaincode.name())
                .filter(current -> current.definition().equals(chaincode.definition(sequence)))
                .isPresent();
        boolean kept = channel.mspIds().stream().noneMatch(mspId -> hasLostApproval(mspId, chaincode.name(), sequence));
        return chaincode.definition(same && kept ? sequence : sequence + 1);
    }

    /** The ledger has the hashes of an approval whose plaintext is nowhere. */
    private boolean hasLostApproval(String mspId, String chaincode, long sequence) {
        try {
            approval(mspId, chaincode, sequence);
            return false;
        } catch (Simulator.Refused missing) {
            return true;
        }
    }

    private Optional<Approvals.Approved> approval(String mspId, String chaincode, long sequence)
            throws Simulator.Refused {
        try (Simulator simulator = nodes.anyPeer(channel.name(), mspId).ledger().simulate("approvals")) {
            return new Approvals(simulator, mspId).find(chaincode, sequence);
        }
    }

    /** The sequence that the channel is at, 0 before the first. */
    private long committed(ChaincodeConfig chaincode) {
        return firstLedger()
                .definition(chaincode.name())
                .map(PeerLedger.ChaincodeDefinition::sequence)
                .orElse(0L);
    }

    private PeerLedger firstLedger() {
        return nodes.anyPeer(channel.name(), channel.mspIds().getFirst()).ledger();
    }

    /** Of every organisation that has not approved just this before; the ids of the transactions. */
    private List<String> approve(ChaincodeConfig chaincode, Definition definition) {
        List<String> ids = new ArrayList<>();
        for (String mspId : channel.mspIds()) {
            String packageId = chaincode.runsAt(mspId) ? chaincode.packageId() : "";
            if (!isApproved(mspId, chaincode.name(), new Approvals.Approved(definition, packageId))) {
                ApproveChaincodeDefinitionForMyOrgArgs approval =
                        LifecycleArguments.approval(chaincode.name(), definition, packageId);
                ids.add(submit(mspId, "ApproveChaincodeDefinitionForMyOrg", approval, List.of(mspId)));
            }
        }
        return ids;
    }

    private boolean isApproved(String mspId, String chaincode, Approvals.Approved wanted) {
        try {
            return approval(mspId, chaincode, wanted.definition().sequence())
                    .filter(wanted::equals)
                    .isPresent();
        } catch (Simulator.Refused missing) {
            return false;
        }
    }

    private String commit(ChaincodeConfig chaincode, Definition definition) {
        CommitChaincodeDefinitionArgs agreed = LifecycleArguments.commit(chaincode.name(), definition);
        return submit(channel.mspIds().getFirst(), "CommitChaincodeDefinition", agreed, channel.mspIds());
    }

    /** Endorsed by one peer of each of these; the transaction's id. */
    private String submit(String mspId, String function, MessageLite argument, List<String> endorsers) {
        ProposalWriter writer =
                new ProposalWriter(channel.name(), folders.organization(mspId).user("admin", NodeOu.ADMIN, Map.of()));
        ProposalWriter.Written proposal = writer.propose(LifecycleNamespace.NAME, function, argument.toByteString());
        Envelope unsigned;
        try {
            unsigned = nodes.anyPeer(channel.name(), mspId).gateway().endorse(proposal.signed(), endorsers);
        } catch (StatusRuntimeException e) {
            throw new NetworkException(
                    "the chaincodes cannot be defined: " + e.getMessage() + Failures.detailsOf(e), e);
        }
        Optional<BroadcastResult> answer = nodes.ordererNode().broadcast(channel.name(), writer.sign(unsigned));
        if (!answer.map(BroadcastResult::accepted).orElse(false)) {
            throw new NetworkException("the chaincodes cannot be defined: the orderer "
                    + answer.map(said -> "says " + said.info()).orElse("is stopped"));
        }
        return proposal.transactionId();
    }

    private void awaitValid(List<String> transactionIds) {
        transactionIds.forEach(id -> nodes.peers(channel.name()).forEach(peer -> awaitValid(peer, id)));
    }

    private static void awaitValid(Peer peer, String transactionId) {
        try (CommitWait wait = peer.commits().await(transactionId)) {
            TransactionLocation location = wait.location().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (location.code() != TxValidationCode.VALID) {
                throw new NetworkException("the definition of a chaincode is invalid to the peer of " + peer.mspId()
                        + ": " + location.code());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NetworkException("interrupted while defining chaincodes", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new NetworkException(
                    "the peer of " + peer.mspId() + " did not commit the definition of a chaincode", e);
        }
    }
}
