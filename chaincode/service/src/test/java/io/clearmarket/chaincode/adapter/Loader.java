package io.clearmarket.chaincode.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.hyperledger.fabric.shim.ChaincodeBase;
import org.hyperledger.fabric.shim.ChaincodeStub;

/** Stands for an earlier version of the chaincode: it leaves on the ledger what that one would have left. */
final class Loader extends ChaincodeBase {
    @Override
    public Response init(ChaincodeStub stub) {
        return invoke(stub);
    }

    /** A function's name, then keys and values in turn. */
    @Override
    public Response invoke(ChaincodeStub stub) {
        List<String> arguments = stub.getParameters();
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            stub.putState(arguments.get(i), arguments.get(i + 1).getBytes(UTF_8));
        }
        return new Response(200, "", new byte[0]);
    }
}
