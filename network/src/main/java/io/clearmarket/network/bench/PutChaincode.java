package io.clearmarket.network.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.hyperledger.fabric.shim.Chaincode;
import org.hyperledger.fabric.shim.ChaincodeStub;

/** {@code put(key, value)}: as little work as a chaincode can have, so that what is measured is the network. */
final class PutChaincode implements Chaincode {
    static final String NAME = "bench";
    static final String PUT = "put";

    @Override
    public Response init(ChaincodeStub stub) {
        return new Response(Response.Status.SUCCESS, null, null);
    }

    @Override
    public Response invoke(ChaincodeStub stub) {
        List<String> parameters = stub.getParameters();
        if (!stub.getFunction().equals(PUT) || parameters.size() != 2) {
            return new Response(
                    Response.Status.INTERNAL_SERVER_ERROR, "the only function is put(key, value)", new byte[0]);
        }
        stub.putStringState(parameters.get(0), parameters.get(1));
        return new Response(Response.Status.SUCCESS, null, parameters.get(1).getBytes(UTF_8));
    }
}
