package io.clearmarket.network.conformance.chaincode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.UUID;
import org.hyperledger.fabric.shim.Chaincode;
import org.hyperledger.fabric.shim.ChaincodeStub;

/** The functions over the bare shim, with more that only it can do: any status, and a message beside the payload. */
final class BareRig implements Chaincode {
    @Override
    public Response init(ChaincodeStub stub) {
        stub.putStringState("initialised", stub.getTxId());
        return ok("initialised");
    }

    @Override
    public Response invoke(ChaincodeStub stub) {
        try {
            return call(stub, stub.getFunction(), stub.getParameters());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Response ok(String text) {
        return new Response(Response.Status.SUCCESS, null, text.getBytes(UTF_8));
    }

    private static Response call(ChaincodeStub stub, String function, List<String> p) throws Exception {
        return switch (function) {
            case "answer" ->
                new Response(Integer.parseInt(p.get(0)), p.get(1), p.get(2).getBytes(UTF_8));
            case "randomMessage" -> {
                stub.putStringState(p.get(0), "same");
                yield new Response(Response.Status.SUCCESS, UUID.randomUUID().toString(), new byte[0]);
            }
            case "putThenAnswer" -> {
                StateFunctions.put(stub, p.get(0), "written");
                yield new Response(Integer.parseInt(p.get(1)), "after a write", null);
            }
            default -> ok(run(stub, function, p));
        };
    }

    private static String run(ChaincodeStub stub, String function, List<String> p) throws Exception {
        return switch (function) {
            case "put" -> StateFunctions.put(stub, p.get(0), p.get(1));
            case "get" -> StateFunctions.get(stub, p.get(0));
            case "transition" -> StateFunctions.transition(stub, p.get(0), p.get(1), p.get(2));
            case "create" -> StateFunctions.create(stub, p.get(0), p.get(1));
            case "length" -> StateFunctions.length(stub, p.get(0));
            case "delete" -> StateFunctions.delete(stub, p.get(0));
            case "putGet" -> StateFunctions.putGet(stub, p.get(0), p.get(1));
            case "putTwice" -> StateFunctions.putTwice(stub, p.get(0), p.get(1), p.get(2));
            case "fill" -> StateFunctions.fill(stub, p.get(0), Integer.parseInt(p.get(1)));
            case "bind" -> StateFunctions.bind(stub, p.get(0), p.get(1));
            case "policy" -> StateFunctions.policy(stub, p.get(0));
            case "random" -> StateFunctions.random(stub, p.get(0));
            case "randomAnswer" -> StateFunctions.randomAnswer(stub, p.get(0));
            default -> query(stub, function, p);
        };
    }

    private static String query(ChaincodeStub stub, String function, List<String> p) throws Exception {
        return switch (function) {
            case "range" -> QueryFunctions.range(stub, p.get(0), p.get(1));
            case "count" -> QueryFunctions.count(stub, p.get(0), p.get(1), p.get(2));
            case "countPrefix" -> QueryFunctions.countPrefix(stub, p.get(0), p.get(1), p.get(2));
            case "first" -> QueryFunctions.first(stub, p.get(0), p.get(1), p.get(2));
            case "changeThenRange" -> QueryFunctions.changeThenRange(stub, p.get(0), p.get(1), p.get(2), p.get(3));
            case "page" -> QueryFunctions.page(stub, p.get(0), p.get(1), Integer.parseInt(p.get(2)), p.get(3));
            case "pageThenPut" -> QueryFunctions.pageThenPut(stub, p.get(0), p.get(1), p.get(2));
            case "putThenPage" -> QueryFunctions.putThenPage(stub, p.get(0), p.get(1), p.get(2));
            case "query" -> QueryFunctions.query(stub);
            case "putComposite" -> QueryFunctions.putComposite(stub, p.get(0), p.get(1), p.get(2));
            case "composites" -> QueryFunctions.composites(stub, p.get(0), p.get(1));
            case "history" -> QueryFunctions.history(stub, p.get(0));
            case "historyThenPut" -> QueryFunctions.historyThenPut(stub, p.get(0), p.get(1));
            default -> other(stub, function, p);
        };
    }

    private static String other(ChaincodeStub stub, String function, List<String> p) throws Exception {
        return switch (function) {
            case "who" -> CallFunctions.who(stub);
            case "attribute" -> CallFunctions.attribute(stub, p.get(0));
            case "time" -> CallFunctions.time(stub, p.get(0));
            case "transientValue" -> CallFunctions.transientValue(stub, p.get(0));
            case "twoEvents" -> CallFunctions.twoEvents(stub, p.get(0));
            case "readThenEvent" -> CallFunctions.readThenEvent(stub, p.get(0));
            case "quiet" -> CallFunctions.quiet(stub, p.get(0));
            case "eventThenFail" -> CallFunctions.eventThenFail(stub, p.get(0));
            case "fail" -> CallFunctions.fail(p.get(0), p.get(1));
            case "crash" -> CallFunctions.crash(p.get(0));
            case "sleep" -> CallFunctions.sleep(Integer.parseInt(p.get(0)));
            case "call" -> CallFunctions.call(stub, p.get(0), p.get(1), p.get(2));
            case "putPrivate" -> PrivateFunctions.putPrivate(stub, p.get(0), p.get(1), p.get(2));
            case "readPrivate" -> PrivateFunctions.readPrivate(stub, p.get(0), p.get(1));
            case "hashPrivate" -> PrivateFunctions.hashPrivate(stub, p.get(0), p.get(1));
            case "deletePrivate" -> PrivateFunctions.deletePrivate(stub, p.get(0), p.get(1));
            case "purgePrivate" -> PrivateFunctions.purgePrivate(stub, p.get(0), p.get(1));
            case "rangePrivate" -> PrivateFunctions.rangePrivate(stub, p.get(0), p.get(1), p.get(2));
            case "rangePrivateThenPut" ->
                PrivateFunctions.rangePrivateThenPut(stub, p.get(0), p.get(1), p.get(2), p.get(3));
            default -> throw new IllegalArgumentException("no function " + function);
        };
    }
}
