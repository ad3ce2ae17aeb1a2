package io.clearmarket.network.conformance.chaincode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.UUID;
import org.hyperledger.fabric.shim.ChaincodeException;
import org.hyperledger.fabric.shim.ChaincodeStub;

/** Single keys: values, policies, deletes. Each function answers text. */
final class StateFunctions {
    private StateFunctions() {}

    /** Writes without reading, and emits the event {@code put} with the key as payload. */
    static String put(ChaincodeStub stub, String key, String value) {
        stub.putState(key, value.getBytes(UTF_8));
        stub.setEvent("put", key.getBytes(UTF_8));
        return "";
    }

    /** The value; a failure with a message if there is none. */
    static String get(ChaincodeStub stub, String key) {
        byte[] value = stub.getState(key);
        if (value.length == 0) {
            throw new ChaincodeException("no such key: " + key);
        }
        return new String(value, UTF_8);
    }

    /** Reads and writes: a state must be {@code from} and becomes {@code to}. Emits the event {@code transition}. */
    static String transition(ChaincodeStub stub, String key, String from, String to) {
        String current = get(stub, key);
        String state = current.substring(current.indexOf("\":\"") + 3).replaceAll("\".*", "");
        if (!state.equals(from)) {
            throw new ChaincodeException(key + " is " + state + ", not " + from);
        }
        stub.putState(key, ("{\"state\":\"" + to + "\",\"steps\":1}").getBytes(UTF_8));
        stub.setEvent("transition", key.getBytes(UTF_8));
        return "";
    }

    /** Creates a key that must not be there. */
    static String create(ChaincodeStub stub, String key, String value) {
        if (stub.getState(key).length > 0) {
            throw new ChaincodeException(key + " exists");
        }
        stub.putState(key, value.getBytes(UTF_8));
        return "";
    }

    static String length(ChaincodeStub stub, String key) {
        return Integer.toString(stub.getState(key).length);
    }

    static String delete(ChaincodeStub stub, String key) {
        stub.delState(key);
        return "";
    }

    /** Reads, writes, and reads again. */
    static String putGet(ChaincodeStub stub, String key, String value) {
        String before = stub.getStringState(key);
        stub.putState(key, value.getBytes(UTF_8));
        return "before=" + before + " after=" + stub.getStringState(key);
    }

    static String putTwice(ChaincodeStub stub, String key, String first, String second) {
        stub.putStringState(key, first);
        stub.putStringState(key, second);
        return "";
    }

    /** Writes keys {@code prefix0000} and up. */
    static String fill(ChaincodeStub stub, String prefix, int count) {
        for (int i = 0; i < count; i++) {
            stub.putStringState("%s%04d".formatted(prefix, i), "v" + i);
        }
        return "";
    }

    /** Binds a key to an endorsement policy, {@code SignaturePolicyEnvelope} in hex; "" takes it off. */
    static String bind(ChaincodeStub stub, String key, String policy) {
        stub.setStateValidationParameter(key, HexFormat.of().parseHex(policy));
        return "";
    }

    static String policy(ChaincodeStub stub, String key) {
        byte[] policy = stub.getStateValidationParameter(key);
        return policy == null ? "" : HexFormat.of().formatHex(policy);
    }

    /** Writes something else on every peer. */
    static String random(ChaincodeStub stub, String key) {
        stub.putStringState(key, UUID.randomUUID().toString());
        return "";
    }

    /** Writes the same and answers something else on every peer. */
    static String randomAnswer(ChaincodeStub stub, String key) {
        stub.putStringState(key, "same");
        return UUID.randomUUID().toString();
    }
}
