package io.clearmarket.chaincode.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hyperledger.fabric.shim.Chaincode;
import org.hyperledger.fabric.shim.ChaincodeBase;
import org.hyperledger.fabric.shim.ChaincodeStub;

/** A chaincode of which every call is timed, from the shim's call to its return: what the peer answers meanwhile counts too. */
final class Timed extends ChaincodeBase {
    private final Chaincode timed;
    private final Map<String, List<Long>> nanos;

    /** @param nanos by function; those of all peers together */
    Timed(Chaincode timed, Map<String, List<Long>> nanos) {
        this.timed = timed;
        this.nanos = nanos;
    }

    static Map<String, List<Long>> nothing() {
        return new ConcurrentHashMap<>();
    }

    @Override
    public Response init(ChaincodeStub stub) {
        return timed.init(stub);
    }

    @Override
    public Response invoke(ChaincodeStub stub) {
        long start = System.nanoTime();
        Response response = timed.invoke(stub);
        long took = System.nanoTime() - start;
        List<Long> of = nanos.computeIfAbsent(stub.getFunction(), absent -> new ArrayList<>());
        synchronized (of) {
            of.add(took);
        }
        return response;
    }
}
