package io.clearmarket.network.testing;

import io.clearmarket.network.junit.ChaincodeServers;
import java.util.List;

/** The rig chaincode as a program, with the environment that {@code NetworkMain} gives a chaincode jar. */
public final class RigServer {
    private RigServer() {}

    public static void main(String[] arguments) throws Exception {
        List<String> addresses = List.of(System.getenv("CHAINCODE_SERVERS").split(","));
        ChaincodeServers servers = ChaincodeServers.serve(System.getenv("CHAINCODE_ID"), addresses, RigChaincode::new);
        while (System.in.read() >= 0) {
            // only its end matters: the parent has gone
        }
        servers.close();
        Runtime.getRuntime().halt(0);
    }
}
