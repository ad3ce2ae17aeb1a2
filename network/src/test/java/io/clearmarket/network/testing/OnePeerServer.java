package io.clearmarket.network.testing;

import io.clearmarket.network.junit.ChaincodeServers;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The rig chaincode as anybody's program would be started: the server of one peer, told by Fabric's usual variables. */
public final class OnePeerServer {
    private OnePeerServer() {}

    public static void main(String[] arguments) throws Exception {
        ChaincodeServers.serve(
                System.getenv("CHAINCODE_ID"), List.of(System.getenv("CHAINCODE_SERVER_ADDRESS")), RigChaincode::new);
        new CountDownLatch(1).await();
    }
}
