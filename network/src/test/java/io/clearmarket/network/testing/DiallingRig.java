package io.clearmarket.network.testing;

import org.hyperledger.fabric.shim.ChaincodeBase;
import org.hyperledger.fabric.shim.ChaincodeStub;

/** The rig chaincode as a program that dials its peer, by the unmodified shim. */
public final class DiallingRig extends ChaincodeBase {
    private final RigChaincode rig = new RigChaincode();

    /** Dials and registers; the shim serves on threads of its own until the peer ends the stream. */
    public static void dial(String packageId, String peerAddress) {
        new DiallingRig().start(new String[] {"-i", packageId, "-a", peerAddress});
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
