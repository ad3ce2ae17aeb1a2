package io.clearmarket.network.transaction;

import io.clearmarket.network.embedded.ledger.Definition;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeSource;
import org.hyperledger.fabric.protos.peer.lifecycle.CheckCommitReadinessArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionArgs;

/** What {@code _lifecycle} is called with: the same definition in three forms. */
public final class LifecycleArguments {
    private LifecycleArguments() {}

    /**
     * For {@code ApproveChaincodeDefinitionForMyOrg}.
     *
     * @param packageId "" if the organisation runs the chaincode nowhere
     */
    public static ApproveChaincodeDefinitionForMyOrgArgs approval(
            String chaincode, Definition definition, String packageId) {
        ChaincodeSource.Builder source = ChaincodeSource.newBuilder();
        if (packageId.isEmpty()) {
            source.setUnavailable(ChaincodeSource.Unavailable.getDefaultInstance());
        } else {
            source.setLocalPackage(ChaincodeSource.Local.newBuilder().setPackageId(packageId));
        }
        return ApproveChaincodeDefinitionForMyOrgArgs.newBuilder()
                .setName(chaincode)
                .setVersion(definition.version())
                .setSequence(definition.sequence())
                .setEndorsementPlugin(definition.endorsementPlugin())
                .setValidationPlugin(definition.validationPlugin())
                .setValidationParameter(definition.validationParameter())
                .setCollections(definition.collections())
                .setInitRequired(definition.initRequired())
                .setSource(source)
                .build();
    }

    /** For {@code CheckCommitReadiness}. */
    public static CheckCommitReadinessArgs readiness(String chaincode, Definition definition) {
        return CheckCommitReadinessArgs.newBuilder()
                .setName(chaincode)
                .setVersion(definition.version())
                .setSequence(definition.sequence())
                .setEndorsementPlugin(definition.endorsementPlugin())
                .setValidationPlugin(definition.validationPlugin())
                .setValidationParameter(definition.validationParameter())
                .setCollections(definition.collections())
                .setInitRequired(definition.initRequired())
                .build();
    }

    /** For {@code CommitChaincodeDefinition}. */
    public static CommitChaincodeDefinitionArgs commit(String chaincode, Definition definition) {
        return CommitChaincodeDefinitionArgs.newBuilder()
                .setName(chaincode)
                .setVersion(definition.version())
                .setSequence(definition.sequence())
                .setEndorsementPlugin(definition.endorsementPlugin())
                .setValidationPlugin(definition.validationPlugin())
                .setValidationParameter(definition.validationParameter())
                .setCollections(definition.collections())
                .setInitRequired(definition.initRequired())
                .build();
    }
}
