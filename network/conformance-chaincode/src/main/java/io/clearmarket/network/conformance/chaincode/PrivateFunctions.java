package io.clearmarket.network.conformance.chaincode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.hyperledger.fabric.shim.ChaincodeStub;

/** Private data. Values arrive in the transient map under {@code value}, else as the argument. */
final class PrivateFunctions {
    private PrivateFunctions() {}

    static String putPrivate(ChaincodeStub stub, String collection, String key, String value) {
        byte[] secret = stub.getTransient().get("value");
        stub.putPrivateData(collection, key, secret == null ? value.getBytes(UTF_8) : secret);
        return "";
    }

    static String readPrivate(ChaincodeStub stub, String collection, String key) {
        byte[] value = stub.getPrivateData(collection, key);
        return value == null ? "" : new String(value, UTF_8);
    }

    static String hashPrivate(ChaincodeStub stub, String collection, String key) {
        byte[] hash = stub.getPrivateDataHash(collection, key);
        return hash == null ? "" : HexFormat.of().formatHex(hash);
    }

    static String deletePrivate(ChaincodeStub stub, String collection, String key) {
        stub.delPrivateData(collection, key);
        return "";
    }

    static String purgePrivate(ChaincodeStub stub, String collection, String key) {
        stub.purgePrivateData(collection, key);
        return "";
    }

    static String rangePrivate(ChaincodeStub stub, String collection, String start, String end) {
        List<String> keys = new ArrayList<>();
        stub.getPrivateDataByRange(collection, start, end).forEach(result -> keys.add(result.getKey()));
        return String.join(",", keys);
    }

    static String rangePrivateThenPut(ChaincodeStub stub, String collection, String start, String end, String written) {
        String keys = rangePrivate(stub, collection, start, end);
        stub.putStringState(written, "ranged");
        return keys;
    }
}
