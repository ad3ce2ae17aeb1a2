package io.clearmarket.network.embedded.peer.chaincode;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.peer.ChaincodeGrpc;

/** The chaincodes that run in this JVM, by the addresses at which a server would be: peers call them, where they dial others. */
public final class HostedChaincodes {
    private final Map<String, Supplier<? extends ChaincodeGrpc.AsyncService>> byAddress = new ConcurrentHashMap<>();

    /**
     * From now on a stream to this address is opened here.
     *
     * @param chaincode called for each stream: the shim keeps a stream's state in the chaincode
     */
    public void host(String address, Supplier<? extends ChaincodeGrpc.AsyncService> chaincode) {
        byAddress.put(address, chaincode);
    }

    /** Streams that are open stay so. */
    public void release(String address) {
        byAddress.remove(address);
    }

    /** A chaincode for one stream, if one is hosted there. */
    Optional<ChaincodeGrpc.AsyncService> find(String address) {
        return Optional.ofNullable(byAddress.get(address)).map(Supplier::get);
    }
}
