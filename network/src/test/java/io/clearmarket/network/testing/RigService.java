package io.clearmarket.network.testing;

import io.clearmarket.network.junit.InProcessChaincode;
import io.grpc.stub.StreamObserver;
import org.hyperledger.fabric.protos.peer.ChaincodeGrpc;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;

/** The rig chaincode as {@code NetworkMain} runs one in its own process. */
public final class RigService implements ChaincodeGrpc.AsyncService {
    private final ChaincodeGrpc.AsyncService rig;

    public RigService(String packageId) {
        this.rig = InProcessChaincode.service(new RigChaincode(), packageId);
    }

    @Override
    public StreamObserver<ChaincodeMessage> connect(StreamObserver<ChaincodeMessage> toPeer) {
        return rig.connect(toPeer);
    }
}
