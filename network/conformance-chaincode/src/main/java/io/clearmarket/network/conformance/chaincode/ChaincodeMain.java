package io.clearmarket.network.conformance.chaincode;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Properties;
import org.hyperledger.fabric.contract.ContractRouter;
import org.hyperledger.fabric.metrics.Metrics;
import org.hyperledger.fabric.shim.Chaincode;
import org.hyperledger.fabric.shim.ChaincodeBase;
import org.hyperledger.fabric.shim.ChaincodeServer;
import org.hyperledger.fabric.shim.ChaincodeServerProperties;
import org.hyperledger.fabric.shim.ChaincodeStub;
import org.hyperledger.fabric.shim.NettyChaincodeServer;
import org.hyperledger.fabric.traces.Traces;

/**
 * Serves chaincodes until standard input ends. Each argument is a server: {@code KIND,PORT,PACKAGE-ID}, of kind {@code bare}
 * or {@code contract}; each peer needs one of its own, because the shim keeps the connection's state in the instance.
 */
public final class ChaincodeMain {
    private ChaincodeMain() {}

    public static void main(String[] arguments) throws IOException {
        for (String argument : arguments) {
            String[] parts = argument.split(",", 3);
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(parts[1]));
            if (parts[0].equals("contract")) {
                ContractRouter router = new ContractRouter(new String[] {"-i", parts[2]});
                serve(router, address, router::startRouterWithChaincodeServer);
            } else {
                serve(new Bare(parts[2]), address, ChaincodeServer::start);
            }
        }
        while (System.in.read() >= 0) {
            // only its end matters: the suite has gone
        }
        Runtime.getRuntime().halt(0);
    }

    /** Starts a server and serves until the process ends. */
    @FunctionalInterface
    private interface Serving {
        void run(ChaincodeServer server) throws IOException, InterruptedException;
    }

    private static void serve(ChaincodeBase chaincode, InetSocketAddress address, Serving serving) throws IOException {
        ChaincodeServerProperties properties = new ChaincodeServerProperties();
        properties.setServerAddress(address);
        NettyChaincodeServer server = new NettyChaincodeServer(chaincode, properties);
        Thread.ofPlatform().name("chaincode-" + address.getPort()).start(() -> {
            try {
                serving.run(server);
            } catch (IOException e) {
                throw new IllegalStateException("no chaincode server at " + address, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** The start-up that {@code ChaincodeBase.start} would give, without its environment variables. */
    private static final class Bare extends ChaincodeBase {
        private final Chaincode rig = new BareRig();

        Bare(String packageId) {
            processCommandLineOptions(new String[] {"-i", packageId});
            Properties properties = getChaincodeConfig();
            Metrics.initialize(properties);
            Traces.initialize(properties);
        }

        @Override
        public Response init(ChaincodeStub stub) {
            return rig.init(stub);
        }

        @Override
        public Response invoke(ChaincodeStub stub) {
            return rig.invoke(stub);
        }
    }
}
