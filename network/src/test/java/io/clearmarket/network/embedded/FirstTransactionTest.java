package io.clearmarket.network.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.network.junit.ChaincodeHost;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.network.testing.RigChaincode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstTransactionTest {
    @TempDir
    Path directory;

    @Test
    void what_the_unmodified_client_submits_is_read_back_by_another_organisation() throws Exception {
        try (ChaincodeHost chaincode = ChaincodeHost.start(
                        "rig",
                        "1",
                        ChaincodeConfig.MARKET_POLICY,
                        NetworkConfig.DEFAULT_ORGANIZATIONS,
                        RigChaincode::new);
                EmbeddedNetwork network = EmbeddedNetwork.start(NetworkConfig.in(directory)
                        .chaincode(chaincode.config())
                        .build());
                NetworkClient platform = NetworkClient.connect(network, "PlatformMSP", "buyer");
                NetworkClient merchants = NetworkClient.connect(network, "MerchantsMSP", "seller")) {
            byte[] answer = platform.contract("rig").submitTransaction("put", "order-1", "placed");

            assertThat(answer).asString().isEqualTo("placed");
            network.awaitLevel();
            assertThat(merchants.contract("rig").submitTransaction("get", "order-1"))
                    .asString()
                    .isEqualTo("placed");
        }
    }
}
