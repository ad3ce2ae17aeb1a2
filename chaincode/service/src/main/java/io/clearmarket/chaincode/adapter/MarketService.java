package io.clearmarket.chaincode.adapter;

import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hyperledger.fabric.protos.peer.ChaincodeGrpc;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;

/**
 * The market's chaincode as Fabric's {@code Chaincode} service (chaincode_server.proto), for one peer: the peer connects, then
 * the chaincode registers over that stream. An embedded network that has this class on its class path calls it directly.
 */
public final class MarketService extends ChaincodeGrpc.ChaincodeImplBase {
    /** Held, since a logger's level goes with the logger. */
    private static final Logger SHIM = Logger.getLogger("org.hyperledger");

    static {
        logShim(Level.WARNING);
    }

    private final MarketChaincode chaincode;

    /** @param packageId the installed package's id, which the peer expects in the first message */
    public MarketService(String packageId) {
        this.chaincode = new MarketChaincode(packageId, Clock.systemUTC());
    }

    /** How much of what the shim has to say is logged; warnings, where nobody says. */
    static void logShim(Level level) {
        SHIM.setLevel(level);
    }

    @Override
    public StreamObserver<ChaincodeMessage> connect(StreamObserver<ChaincodeMessage> toPeer) {
        return chaincode.connect(toPeer);
    }
}
