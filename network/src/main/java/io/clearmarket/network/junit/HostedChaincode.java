package io.clearmarket.network.junit;

import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.hyperledger.fabric.metrics.Metrics;
import org.hyperledger.fabric.protos.peer.ChaincodeGrpc;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.hyperledger.fabric.shim.Chaincode;
import org.hyperledger.fabric.shim.ChaincodeBase;
import org.hyperledger.fabric.shim.ChaincodeStub;
import org.hyperledger.fabric.traces.Traces;

/**
 * Gives a chaincode the start-up that {@code ChaincodeBase.start} would give it, without environment variables: its package
 * id, metrics and traces. Each peer's stream needs an instance of its own, because the shim keeps the connection's state in
 * it.
 */
final class HostedChaincode extends ChaincodeBase implements ChaincodeGrpc.AsyncService {
    private static final String THREADS = "16";

    private final Chaincode chaincode;

    HostedChaincode(Chaincode chaincode, String packageId) {
        this.chaincode = chaincode;
        processCommandLineOptions(new String[] {"-i", packageId});
        Properties properties = getChaincodeConfig();
        Metrics.initialize(properties);
        Traces.initialize(properties);
    }

    /** The shim's five threads are few for a test with many clients. */
    @Override
    public Properties getChaincodeConfig() {
        Properties properties = new Properties();
        properties.putAll(super.getChaincodeConfig());
        properties.putIfAbsent("TP_CORE_POOL_SIZE", THREADS);
        properties.putIfAbsent("TP_MAX_POOL_SIZE", THREADS);
        return properties;
    }

    @Override
    public StreamObserver<ChaincodeMessage> connect(StreamObserver<ChaincodeMessage> toPeer) {
        try {
            return connectToPeer(toPeer);
        } catch (IOException e) {
            throw new UncheckedIOException("the shim takes no stream of a peer", e);
        }
    }

    @Override
    public Response init(ChaincodeStub stub) {
        return chaincode.init(stub);
    }

    @Override
    public Response invoke(ChaincodeStub stub) {
        return chaincode.invoke(stub);
    }
}
