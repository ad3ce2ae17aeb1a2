package io.clearmarket.network.embedded.peer.system;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.clearmarket.network.embedded.ledger.Definition;
import io.clearmarket.network.embedded.ledger.LifecycleNamespace;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.ledger.Simulator;
import io.clearmarket.network.embedded.ledger.Simulator.Refused;
import io.clearmarket.network.embedded.peer.system.Approvals.Approved;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgResult;
import org.hyperledger.fabric.protos.peer.lifecycle.CheckCommitReadinessArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.CheckCommitReadinessResult;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionResult;

/**
 * The writing side of {@code _lifecycle}: an organisation approves a definition, and when enough have approved the same one,
 * the channel commits it (core/chaincode/lifecycle). A peer endorses a commit only if its own organisation approved it.
 */
final class Lifecycle {
    /** Functions for administrators of the peer's own organisation. */
    static final Set<String> FOR_ADMINS = Set.of(
            "ApproveChaincodeDefinitionForMyOrg",
            "QueryApprovedChaincodeDefinition",
            "QueryApprovedChaincodeDefinitions",
            "QueryInstalledChaincodes");

    private final PeerLedger ledger;
    private final String mspId;
    private final LifecycleQueries queries;

    Lifecycle(PeerLedger ledger, String mspId, LifecycleQueries queries) {
        this.ledger = ledger;
        this.mspId = mspId;
        this.queries = queries;
    }

    ByteString run(String function, ByteString argument, Simulator simulator) throws SystemFailure {
        try {
            MessageLite result = switch (function) {
                case "ApproveChaincodeDefinitionForMyOrg" ->
                    approve(ApproveChaincodeDefinitionForMyOrgArgs.parseFrom(argument), simulator);
                case "CheckCommitReadiness" -> readiness(CheckCommitReadinessArgs.parseFrom(argument), simulator);
                case "CommitChaincodeDefinition" ->
                    commit(CommitChaincodeDefinitionArgs.parseFrom(argument), simulator);
                default -> queries.run(function, argument, simulator);
            };
            return result.toByteString();
        } catch (InvalidProtocolBufferException e) {
            throw SystemFailure.of("failed to invoke backing implementation of '" + function
                    + "': could not decode input arg for " + function + ": " + e.getMessage());
        } catch (Refused e) {
            throw SystemFailure.of("failed to invoke backing implementation of '" + function + "': " + e.getMessage());
        }
    }

    private MessageLite approve(ApproveChaincodeDefinitionForMyOrgArgs wanted, Simulator simulator) throws Refused {
        Definition definition = withDefaults(new Definition(
                wanted.getSequence(),
                wanted.getVersion(),
                wanted.getEndorsementPlugin(),
                wanted.getValidationPlugin(),
                wanted.getValidationParameter(),
                wanted.getCollections(),
                wanted.getInitRequired()));
        DefinitionChecks.require(ledger, wanted.getName(), definition);
        Optional<Definition> committed = committed(wanted.getName(), simulator);
        long current = committed.map(Definition::sequence).orElse(0L);
        requireNear(definition.sequence(), current);
        String packageId = wanted.getSource().getLocalPackage().getPackageId();
        Approved approved = new Approved(definition, packageId);
        if (definition.sequence() == current) {
            requireSameParameters(wanted.getName(), Objects.requireNonNull(committed.orElse(null)), definition);
        }
        Approvals own = new Approvals(simulator, mspId);
        if (own.find(wanted.getName(), definition.sequence())
                .filter(approved::equals)
                .isPresent()) {
            throw new Refused(
                    definition.sequence() == current
                            ? "attempted to redefine the current committed sequence (" + current + ") for namespace "
                                    + wanted.getName()
                            : "attempted to redefine uncommitted sequence (" + definition.sequence()
                                    + ") for namespace " + wanted.getName() + " with unchanged content");
        }
        own.approve(wanted.getName(), approved);
        return ApproveChaincodeDefinitionForMyOrgResult.getDefaultInstance();
    }

    private static void requireNear(long requested, long current) throws Refused {
        if (requested == 0 && current == 0) {
            throw new Refused("requested sequence is 0, but first definable sequence number is 1");
        }
        if (requested < current) {
            throw new Refused(
                    "currently defined sequence " + current + " is larger than requested sequence " + requested);
        }
        if (requested > current + 1) {
            throw new Refused("requested sequence " + requested + " is larger than the next available sequence number "
                    + (current + 1));
        }
    }

    private static void requireSameParameters(String name, Definition committed, Definition wanted) throws Refused {
        if (!committed.equals(wanted)) {
            throw new Refused("attempted to redefine the current committed sequence (" + committed.sequence()
                    + ") for namespace " + name + " with different parameters");
        }
    }

    private MessageLite readiness(CheckCommitReadinessArgs wanted, Simulator simulator) throws Refused {
        Definition definition = withDefaults(new Definition(
                wanted.getSequence(),
                wanted.getVersion(),
                wanted.getEndorsementPlugin(),
                wanted.getValidationPlugin(),
                wanted.getValidationParameter(),
                wanted.getCollections(),
                wanted.getInitRequired()));
        return readiness(wanted.getName(), definition, simulator);
    }

    private CheckCommitReadinessResult readiness(String name, Definition definition, Simulator simulator)
            throws Refused {
        long next = committed(name, simulator).map(Definition::sequence).orElse(0L) + 1;
        if (definition.sequence() != next) {
            throw new Refused(
                    "requested sequence is " + definition.sequence() + ", but new definition must be sequence " + next);
        }
        CheckCommitReadinessResult.Builder result = CheckCommitReadinessResult.newBuilder();
        for (String organization : ledger.organizations()) {
            var mismatches = new Approvals(simulator, organization).mismatches(name, definition);
            result.putApprovals(organization, mismatches.isEmpty());
            if (!mismatches.isEmpty()) {
                result.putMismatches(
                        organization,
                        CheckCommitReadinessResult.Mismatches.newBuilder()
                                .addAllItems(mismatches)
                                .build());
            }
        }
        return result.build();
    }

    private MessageLite commit(CommitChaincodeDefinitionArgs wanted, Simulator simulator) throws Refused {
        Definition definition = withDefaults(new Definition(
                wanted.getSequence(),
                wanted.getVersion(),
                wanted.getEndorsementPlugin(),
                wanted.getValidationPlugin(),
                wanted.getValidationParameter(),
                wanted.getCollections(),
                wanted.getInitRequired()));
        DefinitionChecks.require(ledger, wanted.getName(), definition);
        CheckCommitReadinessResult readiness = readiness(wanted.getName(), definition, simulator);
        LifecycleNamespace.define(simulator, wanted.getName(), definition);
        if (!readiness.getApprovalsOrDefault(mspId, false)) {
            throw new Refused("chaincode definition not agreed to by this org (" + mspId + ")");
        }
        return CommitChaincodeDefinitionResult.getDefaultInstance();
    }

    private Optional<Definition> committed(String name, Simulator simulator) {
        simulator.readDefinition(name);
        return ledger.definition(name).map(PeerLedger.ChaincodeDefinition::definition);
    }

    private static Definition withDefaults(Definition given) {
        return new Definition(
                given.sequence(),
                given.version(),
                given.endorsementPlugin().isEmpty() ? Definition.ESCC : given.endorsementPlugin(),
                given.validationPlugin().isEmpty() ? Definition.VSCC : given.validationPlugin(),
                given.validationParameter().isEmpty()
                        ? LifecycleNamespace.applicationPolicy("/Channel/Application/Endorsement")
                                .toByteString()
                        : given.validationParameter(),
                given.collections(),
                given.initRequired());
    }
}
