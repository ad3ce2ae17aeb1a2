package io.clearmarket.network.testing;

import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.junit.ChaincodeHost;
import io.clearmarket.network.junit.NetworkClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.SubmittedTransaction;

/** A network in a process of its own that commits without end and says so, until somebody kills it, or until the block that the second argument names. */
public final class KilledNetwork {
    /** Begins each line that announces a committed transaction's id. */
    public static final String COMMITTED = "committed ";

    private static final int CLIENTS = 8;

    private KilledNetwork() {}

    /** The same network for looking at it afterwards, with no chaincode running. */
    public static NetworkConfig config(Path directory) {
        return NetworkConfig.in(directory)
                .chaincode(new ChaincodeConfig("rig", "1", ChaincodeConfig.MARKET_POLICY, Map.of()))
                .build();
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        ChaincodeHost chaincode = ChaincodeHost.start(
                "rig", "1", ChaincodeConfig.MARKET_POLICY, NetworkConfig.DEFAULT_ORGANIZATIONS, RigChaincode::new);
        EmbeddedNetwork network = EmbeddedNetwork.start(
                NetworkConfig.in(directory).chaincode(chaincode.config()).build());
        if (arguments.length > 1) {
            network.faults().killProcessAtBlock("MerchantsMSP", Long.parseLong(arguments[1]));
        }
        Contract rig = NetworkClient.connect(network, "PlatformMSP", "user").contract("rig");
        for (int i = 0; i < CLIENTS; i++) {
            Thread.ofPlatform().start(() -> commitForEver(rig));
        }
    }

    private static void commitForEver(Contract rig) {
        try {
            while (true) {
                SubmittedTransaction submitted = rig.newProposal("put")
                        .addArguments(UUID.randomUUID().toString(), "x")
                        .build()
                        .endorse()
                        .submitAsync();
                if (submitted.getStatus().isSuccessful()) {
                    System.out.println(COMMITTED + submitted.getTransactionId());
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
