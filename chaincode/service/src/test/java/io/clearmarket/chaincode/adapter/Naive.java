package io.clearmarket.chaincode.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.hyperledger.fabric.shim.ChaincodeBase;
import org.hyperledger.fabric.shim.ChaincodeStub;

/**
 * How one would write it at first, as the control of {@link ContentionTest}: an order is one key, and a merchant's balance is one
 * that each step of each order adds to.
 */
final class Naive extends ChaincodeBase {
    /** A step of an order, of this merchant. */
    static final String STEP = "step";

    @Override
    public Response init(ChaincodeStub stub) {
        return new Response(200, "", new byte[0]);
    }

    @Override
    public Response invoke(ChaincodeStub stub) {
        List<String> arguments = stub.getParameters();
        String order = "order-" + arguments.get(0);
        String balance = "balance-" + arguments.get(1);
        add(stub, order);
        add(stub, balance);
        return new Response(200, "", new byte[0]);
    }

    private static void add(ChaincodeStub stub, String key) {
        byte[] before = stub.getState(key);
        long sum = before.length == 0 ? 0 : Long.parseLong(new String(before, UTF_8));
        stub.putState(key, Long.toString(sum + 1).getBytes(UTF_8));
    }
}
