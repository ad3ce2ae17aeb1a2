package io.clearmarket.network.embedded.peer.chaincode;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.peer.ChaincodeGrpc;

/** The chaincodes that run in this JVM: peers reach them by calls, where they dial others. */
public final class HostedChaincodes {
    private final Map<String, Supplier<? extends ChaincodeGrpc.AsyncService>> byPackage = new ConcurrentHashMap<>();

    /**
     * From now on a stream to this package is opened here, whatever address its server has.
     *
     * @param chaincode called for each stream: the shim keeps a stream's state in the chaincode
     */
    public void host(String packageId, Supplier<? extends ChaincodeGrpc.AsyncService> chaincode) {
        byPackage.put(packageId, chaincode);
    }

    /** Streams that are open stay so. */
    public void release(String packageId) {
        byPackage.remove(packageId);
    }

    /** A chaincode for one stream, if the package is hosted here. */
    Optional<ChaincodeGrpc.AsyncService> find(String packageId) {
        return Optional.ofNullable(byPackage.get(packageId)).map(Supplier::get);
    }
}
