package io.clearmarket.network.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Map;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.Status;

/** How the recorded questions about chaincode errors are asked, by title; and what the other scripts share. */
final class AnswerScript {
    /** Ends this run's keys, so that they are new on a network that was used before; sorts after digits. */
    static final String RUN =
            "m" + ("0000000" + Long.toString(System.currentTimeMillis(), 36)).replaceAll(".*(.{7})$", "$1");

    /** Asks one question: an answer's text after the arrow, or the client's exception. */
    @FunctionalInterface
    interface Ask {
        /** @param before what the record says before the answer */
        String answer(Rig rig, StringBuilder before) throws Exception;
    }

    private AnswerScript() {}

    static String key(String name) {
        return name + RUN;
    }

    static String quoted(String text) {
        return "\"" + text + "\"";
    }

    static Ask evaluate(String function, String... arguments) {
        return (rig, before) -> quoted(rig.evaluate(function, arguments));
    }

    /** Through the client's own submit, without any repetition. */
    static Ask submit(String function, String... arguments) {
        return (rig, before) -> quoted(new String(contract(rig).submitTransaction(function, arguments), UTF_8));
    }

    static Contract contract(Rig rig) {
        return rig.client().contract();
    }

    static String status(Status status) {
        return String.format(
                Locale.ROOT,
                "%s(%d) block %d",
                status.getCode(),
                status.getCode().getNumber(),
                status.getBlockNumber());
    }

    static void chaincode(Map<String, Ask> asks) {
        asks.put("put then get", (rig, before) -> {
            rig.submit("put", key("a"), "{\"state\":\"NEW\"}");
            return quoted(rig.evaluate("get", key("a")));
        });
        asks.put("who", evaluate("who"));
        asks.put("contract name prefix accepted", evaluate("rig:get", key("a")));
        asks.put("chaincode metadata", (rig, before) -> rig.evaluate("org.hyperledger.fabric:GetMetadata"));
        asks.put("ChaincodeException with payload, evaluate", evaluate("fail", "the message", "payload"));
        asks.put("ChaincodeException with payload, submit", submit("fail", "the message", "payload"));
        asks.put("ChaincodeException without payload, submit", submit("fail", "the message", ""));
        asks.put("RuntimeException in chaincode, submit", submit("crash", "the cause"));
        asks.put("unknown function, evaluate", evaluate("nosuch"));
        asks.put("unknown function, submit", submit("nosuch"));
        asks.put("unknown contract prefix", submit("nosuch:put", key("p"), "x"));
        asks.put("too few arguments", submit("put", key("p")));
        asks.put("too many arguments", submit("put", key("p"), "x", "y", "z"));
        asks.put("argument of the wrong type (int)", submit("fill", key("p"), "many"));
        asks.put("get of an absent key", evaluate("get", "absent"));
        unknown(asks);
    }

    private static void unknown(Map<String, Ask> asks) {
        asks.put(
                "unknown chaincode, evaluate",
                (rig, before) ->
                        quoted(new String(rig.client().contract("nosuch").evaluateTransaction("get", "a"), UTF_8)));
        asks.put(
                "unknown chaincode, submit",
                (rig, before) ->
                        quoted(new String(rig.client().contract("nosuch").submitTransaction("put", "a", "b"), UTF_8)));
        asks.put(
                "unknown channel, evaluate",
                (rig, before) -> quoted(new String(nowhere(rig).evaluateTransaction("get", "a"), UTF_8)));
        asks.put(
                "unknown channel, submit",
                (rig, before) -> quoted(new String(nowhere(rig).submitTransaction("put", "a", "b"), UTF_8)));
    }

    private static Contract nowhere(Rig rig) {
        return rig.client().gateway().getNetwork("nochannel").getContract(rig.chaincode());
    }
}
