package io.clearmarket.network.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hyperledger.fabric.protos.peer.QueryResponseMetadata;
import org.hyperledger.fabric.shim.Chaincode;
import org.hyperledger.fabric.shim.ChaincodeStub;
import org.hyperledger.fabric.shim.ledger.CompositeKey;
import org.hyperledger.fabric.shim.ledger.KeyModification;
import org.hyperledger.fabric.shim.ledger.KeyValue;
import org.hyperledger.fabric.shim.ledger.QueryResultsIteratorWithMetadata;

/** A chaincode that does one thing with the stub per function, so that a test can see what the network makes of it. */
public final class RigChaincode implements Chaincode {
    @Override
    public Response init(ChaincodeStub stub) {
        return ok("");
    }

    @Override
    public Response invoke(ChaincodeStub stub) {
        List<String> p = stub.getParameters();
        return switch (stub.getFunction()) {
            case "put" -> put(stub, p.get(0), p.get(1));
            case "get" -> ok(stub.getStringState(p.get(0)));
            case "length" -> ok(Integer.toString(stub.getState(p.get(0)).length));
            case "delete" -> delete(stub, p.get(0));
            case "putGet" -> putGet(stub, p.get(0), p.get(1));
            case "add" -> add(stub, p.get(0), Long.parseLong(p.get(1)));
            case "range" -> ok(keys(stub.getStateByRange(p.get(0), p.get(1))));
            case "countRange" -> countRange(stub, p.get(0), p.get(1), p.get(2));
            case "page" -> page(stub, p);
            case "pageThenPut" -> pageThenPut(stub, p);
            case "fill" -> fill(stub, p.get(0), Integer.parseInt(p.get(1)));
            case "putComposite" -> putComposite(stub, p);
            case "composites" -> ok(composites(stub, p.get(0), p.subList(1, p.size())));
            case "history" -> ok(history(stub, p.get(0)));
            case "query" -> ok(keys(stub.getQueryResult("{}")));
            case "events" -> events(stub, p);
            case "fail" -> new Response(Integer.parseInt(p.get(0)), p.get(1), "hidden payload".getBytes(UTF_8));
            case "throw" -> throw new IllegalStateException(p.get(0));
            case "random" -> ok(UUID.randomUUID().toString());
            case "randomMessage" ->
                new Response(Response.Status.SUCCESS, UUID.randomUUID().toString(), new byte[0]);
            case "sleep" -> sleep(Long.parseLong(p.get(0)));
            case "who" -> ok(new String(stub.getCreator(), UTF_8));
            case "time" -> ok(stub.getTxTimestamp().toString());
            case "transient" -> ok(new String(stub.getTransient().get(p.get(0)), UTF_8));
            case "bind" -> bind(stub, p.get(0), p.get(1));
            case "putPrivate" -> putPrivate(stub, p.get(0), p.get(1));
            case "getPrivate" -> ok(new String(stub.getPrivateData(p.get(0), p.get(1)), UTF_8));
            case "copyPrivate" -> copyPrivate(stub, p.get(0), p.get(1), p.get(2));
            case "hashPrivate" -> ok(HexFormat.of().formatHex(stub.getPrivateDataHash(p.get(0), p.get(1))));
            case "deletePrivate" -> deletePrivate(stub, p.get(0), p.get(1));
            case "purgePrivate" -> purgePrivate(stub, p.get(0), p.get(1));
            case "rangePrivate" -> ok(keys(stub.getPrivateDataByRange(p.get(0), p.get(1), p.get(2))));
            case "rangePrivateThenPut" -> rangePrivateThenPut(stub, p.get(0));
            case "bindPrivate" -> bindPrivate(stub, p.get(0), p.get(1), p.get(2));
            case "call" -> stub.invokeChaincodeWithStringArgs(p.get(0), p.subList(1, p.size()));
            case "callIgnoring" -> callIgnoring(stub, p);
            default -> new Response(Response.Status.INTERNAL_SERVER_ERROR, "no function " + stub.getFunction(), null);
        };
    }

    private static Response ok(String text) {
        return new Response(Response.Status.SUCCESS, null, text.getBytes(UTF_8));
    }

    private static Response put(ChaincodeStub stub, String key, String value) {
        stub.putStringState(key, value);
        return ok(value);
    }

    private static Response delete(ChaincodeStub stub, String key) {
        stub.delState(key);
        return ok("");
    }

    private static Response putGet(ChaincodeStub stub, String key, String value) {
        String before = stub.getStringState(key);
        stub.putStringState(key, value);
        return ok("before=" + before + " after=" + stub.getStringState(key));
    }

    private static Response add(ChaincodeStub stub, String key, long amount) {
        String value = stub.getStringState(key);
        long sum = (value.isEmpty() ? 0 : Long.parseLong(value)) + amount;
        return put(stub, key, Long.toString(sum));
    }

    private static Response countRange(ChaincodeStub stub, String start, String end, String resultKey) {
        String keys = keys(stub.getStateByRange(start, end));
        return put(stub, resultKey, Integer.toString(keys.isEmpty() ? 0 : keys.split(",", -1).length));
    }

    private static Response page(ChaincodeStub stub, List<String> p) {
        QueryResultsIteratorWithMetadata<KeyValue> page =
                stub.getStateByRangeWithPagination(p.get(0), p.get(1), Integer.parseInt(p.get(2)), p.get(3));
        QueryResponseMetadata metadata = page.getMetadata();
        return ok(keys(page) + "|" + metadata.getFetchedRecordsCount() + "|" + metadata.getBookmark());
    }

    private static Response pageThenPut(ChaincodeStub stub, List<String> p) {
        page(stub, p);
        return put(stub, "paged", "yes");
    }

    private static Response fill(ChaincodeStub stub, String prefix, int count) {
        for (int i = 0; i < count; i++) {
            stub.putStringState("%s%04d".formatted(prefix, i), "v" + i);
        }
        return ok("");
    }

    private static Response putComposite(ChaincodeStub stub, List<String> p) {
        CompositeKey key =
                stub.createCompositeKey(p.get(0), p.subList(1, p.size()).toArray(String[]::new));
        stub.putStringState(key.toString(), "c");
        return ok("");
    }

    private static String composites(ChaincodeStub stub, String type, List<String> attributes) {
        StringJoiner found = new StringJoiner(",");
        stub.getStateByPartialCompositeKey(type, attributes.toArray(String[]::new))
                .forEach(entry -> found.add(
                        String.join("/", stub.splitCompositeKey(entry.getKey()).getAttributes())));
        return found.toString();
    }

    private static String history(ChaincodeStub stub, String key) {
        StringJoiner found = new StringJoiner(",");
        for (KeyModification change : stub.getHistoryForKey(key)) {
            found.add(change.isDeleted() ? "deleted" : change.getStringValue());
        }
        return found.toString();
    }

    private static String keys(Iterable<KeyValue> results) {
        StringJoiner keys = new StringJoiner(",");
        results.forEach(entry -> keys.add(entry.getKey()));
        return keys.toString();
    }

    private static Response events(ChaincodeStub stub, List<String> names) {
        names.forEach(name -> stub.setEvent(name, ("payload of " + name).getBytes(UTF_8)));
        stub.putStringState("event", names.getLast());
        return ok("");
    }

    private static Response sleep(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        return ok("slept");
    }

    private static Response bind(ChaincodeStub stub, String key, String policyHex) {
        stub.setStateValidationParameter(key, HexFormat.of().parseHex(policyHex));
        return ok("");
    }

    /** The value comes in the transient map, so that it stands in no block. */
    private static Response putPrivate(ChaincodeStub stub, String collection, String key) {
        stub.putPrivateData(collection, key, stub.getTransient().get("value"));
        return ok("");
    }

    private static Response copyPrivate(ChaincodeStub stub, String collection, String from, String to) {
        stub.putPrivateData(collection, to, stub.getPrivateData(collection, from));
        return ok("");
    }

    private static Response deletePrivate(ChaincodeStub stub, String collection, String key) {
        stub.delPrivateData(collection, key);
        return ok("");
    }

    private static Response purgePrivate(ChaincodeStub stub, String collection, String key) {
        stub.purgePrivateData(collection, key);
        return ok("");
    }

    private static Response rangePrivateThenPut(ChaincodeStub stub, String collection) {
        keys(stub.getPrivateDataByRange(collection, "", ""));
        return put(stub, "ranged", "yes");
    }

    private static Response bindPrivate(ChaincodeStub stub, String collection, String key, String policyHex) {
        stub.setPrivateDataValidationParameter(collection, key, HexFormat.of().parseHex(policyHex));
        return ok("");
    }

    private static Response callIgnoring(ChaincodeStub stub, List<String> p) {
        Response answer = stub.invokeChaincodeWithStringArgs(p.get(0), p.subList(1, p.size()));
        return ok("callee answered " + answer.getStatusCode());
    }
}
