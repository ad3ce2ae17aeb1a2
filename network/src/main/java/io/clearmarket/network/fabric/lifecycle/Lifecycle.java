package io.clearmarket.network.fabric.lifecycle;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.NetworkException;
import io.clearmarket.network.embedded.ledger.Definition;
import io.clearmarket.network.embedded.ledger.LifecycleNamespace;
import io.clearmarket.network.fabric.client.ChannelTransactions;
import io.clearmarket.network.fabric.client.PeerClient;
import io.clearmarket.network.fabric.client.PeerRefused;
import io.clearmarket.network.transaction.LifecycleArguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.lifecycle.CheckCommitReadinessResult;
import org.hyperledger.fabric.protos.peer.lifecycle.InstallChaincodeArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryApprovedChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryApprovedChaincodeDefinitionResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryInstalledChaincodesResult;

/**
 * Brings chaincode onto a channel, by the system chaincode {@code _lifecycle}. Every step looks first whether it is needed,
 * so that a deployment that was cut off is simply done again.
 */
public final class Lifecycle {
    private static final int NOT_FOUND = 404;

    private final ChannelTransactions transactions;
    private final List<PeerClient> peers;

    /** @param peers of every organisation, several of one where it has several */
    public Lifecycle(ChannelTransactions transactions, List<PeerClient> peers) {
        this.transactions = transactions;
        this.peers = List.copyOf(peers);
    }

    /** Installs the package on every peer that has it not yet. */
    public void install(ChaincodePackage chaincode) {
        for (PeerClient peer : peers) {
            if (!installed(peer).contains(chaincode.id())) {
                peer.query(
                        "",
                        LifecycleNamespace.NAME,
                        "InstallChaincode",
                        InstallChaincodeArgs.newBuilder()
                                .setChaincodeInstallPackage(chaincode.bytes())
                                .build()
                                .toByteString());
            }
        }
    }

    /** The ids of the packages that a peer has. */
    public static List<String> installed(PeerClient peer) {
        ByteString answer = peer.query("", LifecycleNamespace.NAME, "QueryInstalledChaincodes", ByteString.EMPTY);
        try {
            return QueryInstalledChaincodesResult.parseFrom(answer).getInstalledChaincodesList().stream()
                    .map(QueryInstalledChaincodesResult.InstalledChaincode::getPackageId)
                    .toList();
        } catch (InvalidProtocolBufferException e) {
            throw unreadable(peer, e);
        }
    }

    /** What the channel agreed on, as a peer knows it; empty if nothing yet. */
    public static Optional<QueryChaincodeDefinitionResult> committed(
            PeerClient peer, String channel, String chaincode) {
        try {
            return Optional.of(QueryChaincodeDefinitionResult.parseFrom(peer.query(
                    channel,
                    LifecycleNamespace.NAME,
                    "QueryChaincodeDefinition",
                    QueryChaincodeDefinitionArgs.newBuilder()
                            .setName(chaincode)
                            .build()
                            .toByteString())));
        } catch (PeerRefused refused) {
            if (refused.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw refused;
        } catch (InvalidProtocolBufferException e) {
            throw unreadable(peer, e);
        }
    }

    /**
     * Has every organisation approve the terms and commits them, if they are not what the channel has already.
     *
     * @return the sequence that is in force now
     */
    public long agree(ChaincodeTerms terms, String packageId) {
        Optional<QueryChaincodeDefinitionResult> current =
                committed(peers.getFirst(), transactions.channel(), terms.name());
        long before = current.map(QueryChaincodeDefinitionResult::getSequence).orElse(0L);
        boolean same = current.isPresent() && matches(current.get(), terms.definition(before));
        Definition wanted = terms.definition(same ? before : before + 1);
        for (PeerClient peer : onePerOrganization()) {
            approve(peer, terms.name(), wanted, packageId);
        }
        if (!same) {
            requireReady(terms.name(), wanted);
            transactions.submit(
                    onePerOrganization(),
                    LifecycleNamespace.NAME,
                    "CommitChaincodeDefinition",
                    LifecycleArguments.commit(terms.name(), wanted).toByteString());
        }
        return wanted.sequence();
    }

    private static boolean matches(QueryChaincodeDefinitionResult current, Definition terms) {
        return current.getVersion().equals(terms.version())
                && current.getValidationParameter().equals(terms.validationParameter())
                && current.getInitRequired() == terms.initRequired()
                && current.getCollections().equals(terms.collections());
    }

    /** Approves for the peer's organisation, unless it has approved this very package at this sequence. */
    private void approve(PeerClient peer, String chaincode, Definition definition, String packageId) {
        boolean done = approvedPackage(peer, transactions.channel(), chaincode, definition.sequence())
                .filter(packageId::equals)
                .isPresent();
        if (!done) {
            transactions.submit(
                    List.of(peer),
                    LifecycleNamespace.NAME,
                    "ApproveChaincodeDefinitionForMyOrg",
                    LifecycleArguments.approval(chaincode, definition, packageId)
                            .toByteString());
        }
    }

    /** The package that the peer's organisation approved at a sequence; empty if it approved none. */
    public static Optional<String> approvedPackage(PeerClient peer, String channel, String chaincode, long sequence) {
        try {
            ByteString answer = peer.query(
                    channel,
                    LifecycleNamespace.NAME,
                    "QueryApprovedChaincodeDefinition",
                    QueryApprovedChaincodeDefinitionArgs.newBuilder()
                            .setName(chaincode)
                            .setSequence(sequence)
                            .build()
                            .toByteString());
            return Optional.of(QueryApprovedChaincodeDefinitionResult.parseFrom(answer)
                    .getSource()
                    .getLocalPackage()
                    .getPackageId());
        } catch (PeerRefused notApproved) {
            return Optional.empty();
        } catch (InvalidProtocolBufferException e) {
            throw unreadable(peer, e);
        }
    }

    private void requireReady(String chaincode, Definition definition) {
        List<String> missing = new ArrayList<>();
        approvals(chaincode, definition).forEach((mspId, approved) -> {
            if (!approved) {
                missing.add(mspId);
            }
        });
        if (!missing.isEmpty()) {
            throw new NetworkException("chaincode " + chaincode + " " + definition.version() + " is not approved by "
                    + missing + " as sequence " + definition.sequence() + ": did they approve other terms?");
        }
    }

    private Map<String, Boolean> approvals(String chaincode, Definition definition) {
        PeerClient peer = peers.getFirst();
        ByteString answer = peer.query(
                transactions.channel(),
                LifecycleNamespace.NAME,
                "CheckCommitReadiness",
                LifecycleArguments.readiness(chaincode, definition).toByteString());
        try {
            return CheckCommitReadinessResult.parseFrom(answer).getApprovalsMap();
        } catch (InvalidProtocolBufferException e) {
            throw unreadable(peer, e);
        }
    }

    private List<PeerClient> onePerOrganization() {
        Map<String, PeerClient> first = new LinkedHashMap<>();
        peers.forEach(peer -> first.putIfAbsent(peer.mspId(), peer));
        return List.copyOf(first.values());
    }

    private static NetworkException unreadable(PeerClient peer, InvalidProtocolBufferException e) {
        return new NetworkException(
                "the peer of " + peer.mspId() + " at " + peer.address() + " answers with what is no answer", e);
    }
}
