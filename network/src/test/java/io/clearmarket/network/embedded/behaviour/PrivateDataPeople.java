package io.clearmarket.network.embedded.behaviour;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.CollectionConfig;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.network.testing.RigChaincode;
import io.clearmarket.wallet.Digests;
import java.util.HexFormat;
import java.util.List;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.Status;
import org.hyperledger.fabric.client.SubmittedTransaction;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;
import org.hyperledger.fabric.protos.peer.TxValidationCode;

/** Users of three organisations who write and read private data of the chaincode {@code rig}. */
final class PrivateDataPeople {
    /** Two of the three. */
    static final String MEMBERS = "OR('PlatformMSP.member','AuditMSP.member')";

    private final EmbeddedNetworkExtension network;

    PrivateDataPeople(EmbeddedNetworkExtension network) {
        this.network = network;
    }

    /** A network whose rig has these collections. */
    static EmbeddedNetworkExtension network(CollectionConfig... collections) {
        return EmbeddedNetworkExtension.with("other", RigChaincode::new)
                .and("rig", ChaincodeConfig.MARKET_POLICY, List.of(collections), RigChaincode::new);
    }

    Contract contract(String mspId) {
        return network.client(mspId, "user").contract("rig");
    }

    static Transaction endorsePut(Contract contract, String collection, String key, String value)
            throws EndorseException {
        return contract.newProposal("putPrivate")
                .addArguments(collection, key)
                .putTransient("value", value)
                .build()
                .endorse();
    }

    static Status put(Contract contract, String collection, String key, String value) throws Exception {
        SubmittedTransaction submitted =
                endorsePut(contract, collection, key, value).submitAsync();
        Status status = submitted.getStatus();
        assertThat(status.getCode()).isEqualTo(TxValidationCode.VALID);
        return status;
    }

    /** On that organisation's peer alone (a gateway would ask others after a failure), when it has what Platform's has. */
    String evaluate(String mspId, String... call) throws Exception {
        long height = network.network().height("PlatformMSP");
        while (network.network().height(mspId) < height) {
            Thread.sleep(5);
        }
        String[] arguments = List.of(call).subList(1, call.length).toArray(String[]::new);
        return new String(
                contract(mspId)
                        .newProposal(call[0])
                        .addArguments(arguments)
                        .setEndorsingOrganizations(mspId)
                        .build()
                        .evaluate(),
                UTF_8);
    }

    static String sha256(String text) {
        return HexFormat.of().formatHex(Digests.sha256(text.getBytes(UTF_8)));
    }

    static List<String> details(GatewayException failure) {
        return failure.getDetails().stream().map(ErrorDetail::getMessage).toList();
    }

    /** What a chaincode sees of a refused stub call: the shim keeps the reason to itself. */
    void assertRefused(String mspId, String... call) {
        assertThatThrownBy(() -> evaluate(mspId, call))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        refused -> assertThat(details(refused))
                                .singleElement()
                                .asString()
                                .contains("transaction returned with failure", "]Unsuccessful response received."));
    }
}
