package io.clearmarket.network.embedded.peer.system;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.ledger.Definition;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.ledger.PeerLedger.ChaincodeDefinition;
import java.util.List;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionResult;

/** _lifecycle: what the channel agreed a chaincode to be. */
final class LifecycleQueries {
    private static final int NOT_FOUND = 404;

    private final PeerLedger ledger;
    private final List<String> mspIds;

    LifecycleQueries(PeerLedger ledger, List<String> mspIds) {
        this.ledger = ledger;
        this.mspIds = List.copyOf(mspIds);
    }

    ByteString run(String function, ByteString argument) throws SystemFailure {
        if (!function.equals("QueryChaincodeDefinition")) {
            throw SystemFailure.unknownFunction(function);
        }
        try {
            return definition(QueryChaincodeDefinitionArgs.parseFrom(argument).getName());
        } catch (InvalidProtocolBufferException e) {
            throw SystemFailure.of("failed to decode input arg to " + function + ": " + e.getMessage());
        }
    }

    private ByteString definition(String name) throws SystemFailure {
        ChaincodeDefinition definition = ledger.definition(name)
                .orElseThrow(() -> SystemFailure.of(NOT_FOUND, "namespace " + name + " is not defined"));
        Definition agreed = definition.definition();
        QueryChaincodeDefinitionResult.Builder result = QueryChaincodeDefinitionResult.newBuilder()
                .setSequence(agreed.sequence())
                .setVersion(agreed.version())
                .setEndorsementPlugin(agreed.endorsementPlugin())
                .setValidationPlugin(agreed.validationPlugin())
                .setValidationParameter(agreed.validationParameter())
                .setCollections(agreed.collections())
                .setInitRequired(agreed.initRequired());
        mspIds.forEach(mspId -> result.putApprovals(mspId, true));
        return result.build().toByteString();
    }
}
