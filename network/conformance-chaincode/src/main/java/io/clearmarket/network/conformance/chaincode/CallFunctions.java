package io.clearmarket.network.conformance.chaincode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hyperledger.fabric.contract.ClientIdentity;
import org.hyperledger.fabric.shim.Chaincode;
import org.hyperledger.fabric.shim.ChaincodeException;
import org.hyperledger.fabric.shim.ChaincodeStub;

/** What concerns the call itself: caller, time, transient data, events, failures, calls into other chaincodes. */
final class CallFunctions {
    private CallFunctions() {}

    static String who(ChaincodeStub stub) throws Exception {
        ClientIdentity client = new ClientIdentity(stub);
        return client.getMSPID() + " " + client.getId() + " txTime=" + stub.getTxTimestamp();
    }

    /** An attribute of the caller's certificate, {@code none} if it has none of that name. */
    static String attribute(ChaincodeStub stub, String name) throws Exception {
        String value = new ClientIdentity(stub).getAttributeValue(name);
        return value == null ? "none" : value;
    }

    /** Transaction time, which both endorsers must agree on, written and answered. */
    static String time(ChaincodeStub stub, String key) {
        String time = stub.getTxTimestamp().toString();
        stub.putStringState(key, time);
        return time;
    }

    static String transientValue(ChaincodeStub stub, String name) {
        Map<String, byte[]> values = stub.getTransient();
        byte[] value = values.get(name);
        return value == null ? "none" : new String(value, UTF_8);
    }

    /** Sets two events and writes the key. */
    static String twoEvents(ChaincodeStub stub, String key) {
        stub.putStringState(key, "told");
        stub.setEvent("first", "1".getBytes(UTF_8));
        stub.setEvent("second", "2".getBytes(UTF_8));
        return "";
    }

    /** Reads the key, sets an event and writes. */
    static String readThenEvent(ChaincodeStub stub, String key) {
        String value = stub.getStringState(key);
        stub.putStringState(key, value + "+");
        stub.setEvent("read", key.getBytes(UTF_8));
        return value;
    }

    static String quiet(ChaincodeStub stub, String key) {
        stub.putStringState(key, "quiet");
        return "";
    }

    static String eventThenFail(ChaincodeStub stub, String message) {
        stub.setEvent("lost", message.getBytes(UTF_8));
        throw new ChaincodeException(message);
    }

    /** A failure with a payload, or without one if that is empty. */
    static String fail(String message, String payload) {
        if (payload.isEmpty()) {
            throw new ChaincodeException(message);
        }
        throw new ChaincodeException(message, payload);
    }

    /** Fails as a chaincode with a fault does: not by a ChaincodeException. */
    static String crash(String message) {
        if (message.isEmpty()) {
            return "";
        }
        throw new IllegalStateException(message);
    }

    static String sleep(int millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        return "slept";
    }

    /**
     * Calls another chaincode and goes on, whatever it answers; emits an event of its own.
     *
     * @param arguments function and arguments, separated by {@code |}
     * @return the callee's status and message
     */
    static String call(ChaincodeStub stub, String chaincode, String channel, String arguments) {
        List<byte[]> split = List.of(arguments.split("\\|", -1)).stream()
                .map(argument -> argument.getBytes(UTF_8))
                .toList();
        Chaincode.Response answer = stub.invokeChaincode(chaincode, split, channel);
        stub.setEvent("caller", "called".getBytes(UTF_8));
        String payload = answer.getPayload() == null ? "" : new String(answer.getPayload(), UTF_8);
        return answer.getStatusCode() + " " + (answer.getStatusCode() < 400 ? payload : answer.getMessage());
    }
}
