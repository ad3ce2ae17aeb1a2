package io.clearmarket.network.embedded.peer.system;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.clearmarket.network.embedded.ledger.Definition;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.ledger.PeerLedger.ChaincodeDefinition;
import io.clearmarket.network.embedded.ledger.Simulator;
import io.clearmarket.network.embedded.ledger.Simulator.Refused;
import io.clearmarket.network.embedded.peer.system.Approvals.Approved;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeSource;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryApprovedChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryApprovedChaincodeDefinitionResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionsResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryInstalledChaincodesResult;

/** The reading side of {@code _lifecycle}: what is committed, what this organisation has approved, what it runs. */
final class LifecycleQueries {
    private static final int NOT_FOUND = 404;

    private final PeerLedger ledger;
    private final String mspId;
    private final Supplier<List<String>> installed;

    LifecycleQueries(PeerLedger ledger, String mspId, Supplier<List<String>> installed) {
        this.ledger = ledger;
        this.mspId = mspId;
        this.installed = installed;
    }

    MessageLite run(String function, ByteString argument, Simulator simulator)
            throws SystemFailure, Refused, InvalidProtocolBufferException {
        return switch (function) {
            case "QueryChaincodeDefinition" ->
                definition(QueryChaincodeDefinitionArgs.parseFrom(argument).getName(), simulator);
            case "QueryChaincodeDefinitions" -> definitions();
            case "QueryApprovedChaincodeDefinition" ->
                approved(QueryApprovedChaincodeDefinitionArgs.parseFrom(argument), simulator);
            case "QueryInstalledChaincodes" -> installed();
            default ->
                throw SystemFailure.of("failed to invoke backing implementation of '" + function
                        + "': receiver *lifecycle.Invocation.Method " + function + " does not exist");
        };
    }

    private MessageLite definition(String name, Simulator simulator) throws SystemFailure, Refused {
        Definition agreed = ledger.definition(name)
                .map(ChaincodeDefinition::definition)
                .orElseThrow(() -> SystemFailure.of(NOT_FOUND, "namespace " + name + " is not defined"));
        QueryChaincodeDefinitionResult.Builder result = QueryChaincodeDefinitionResult.newBuilder()
                .setSequence(agreed.sequence())
                .setVersion(agreed.version())
                .setEndorsementPlugin(agreed.endorsementPlugin())
                .setValidationPlugin(agreed.validationPlugin())
                .setValidationParameter(agreed.validationParameter())
                .setCollections(agreed.collections())
                .setInitRequired(agreed.initRequired());
        for (String organization : ledger.organizations()) {
            result.putApprovals(
                    organization,
                    new Approvals(simulator, organization)
                            .mismatches(name, agreed)
                            .isEmpty());
        }
        return result.build();
    }

    private MessageLite definitions() {
        QueryChaincodeDefinitionsResult.Builder result = QueryChaincodeDefinitionsResult.newBuilder();
        for (String name : ledger.chaincodes()) {
            ledger.definition(name)
                    .map(ChaincodeDefinition::definition)
                    .ifPresent(agreed -> result.addChaincodeDefinitionsBuilder()
                            .setName(name)
                            .setSequence(agreed.sequence())
                            .setVersion(agreed.version())
                            .setEndorsementPlugin(agreed.endorsementPlugin())
                            .setValidationPlugin(agreed.validationPlugin())
                            .setValidationParameter(agreed.validationParameter())
                            .setCollections(agreed.collections())
                            .setInitRequired(agreed.initRequired()));
        }
        return result.build();
    }

    /** Sequence 0 asks for the newest: the next one if it has been approved, else the committed one. */
    private MessageLite approved(QueryApprovedChaincodeDefinitionArgs asked, Simulator simulator)
            throws SystemFailure, Refused {
        Approvals own = new Approvals(simulator, mspId);
        long sequence = asked.getSequence();
        if (sequence == 0) {
            long current = ledger.definition(asked.getName())
                    .map(ChaincodeDefinition::sequence)
                    .orElse(0L);
            sequence = own.find(asked.getName(), current + 1).isPresent() ? current + 1 : current;
        }
        Optional<Approved> found = own.find(asked.getName(), sequence);
        if (found.isEmpty()) {
            throw new Refused("could not fetch approved chaincode definition (name: '" + asked.getName()
                    + "', sequence: '" + sequence + "') on channel '" + ledger.channel() + "'");
        }
        Definition definition = found.get().definition();
        return QueryApprovedChaincodeDefinitionResult.newBuilder()
                .setSequence(sequence)
                .setVersion(definition.version())
                .setEndorsementPlugin(definition.endorsementPlugin())
                .setValidationPlugin(definition.validationPlugin())
                .setValidationParameter(definition.validationParameter())
                .setCollections(definition.collections())
                .setInitRequired(definition.initRequired())
                .setSource(source(found.get().packageId()))
                .build();
    }

    private static ChaincodeSource source(String packageId) {
        return packageId.isEmpty()
                ? ChaincodeSource.newBuilder()
                        .setUnavailable(ChaincodeSource.Unavailable.getDefaultInstance())
                        .build()
                : ChaincodeSource.newBuilder()
                        .setLocalPackage(ChaincodeSource.Local.newBuilder().setPackageId(packageId))
                        .build();
    }

    private MessageLite installed() {
        QueryInstalledChaincodesResult.Builder result = QueryInstalledChaincodesResult.newBuilder();
        installed
                .get()
                .forEach(packageId -> result.addInstalledChaincodesBuilder()
                        .setPackageId(packageId)
                        .setLabel(packageId.substring(0, packageId.indexOf(':'))));
        return result.build();
    }
}
