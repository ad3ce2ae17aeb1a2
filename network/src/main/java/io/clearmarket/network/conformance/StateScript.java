package io.clearmarket.network.conformance;

import static io.clearmarket.network.conformance.AnswerScript.evaluate;
import static io.clearmarket.network.conformance.AnswerScript.key;
import static io.clearmarket.network.conformance.AnswerScript.quoted;
import static io.clearmarket.network.conformance.AnswerScript.status;
import static io.clearmarket.network.conformance.AnswerScript.submit;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.client.ChaincodeEvent;
import org.hyperledger.fabric.client.CommitStatusException;
import org.hyperledger.fabric.client.Status;
import org.hyperledger.fabric.client.SubmittedTransaction;

/** The recorded questions about state, calls between chaincodes, events and deadlines. */
final class StateScript {
    private static final int SHOWN = 120;

    private StateScript() {}

    static void addTo(Map<String, AnswerScript.Ask> asks) {
        asks.put("a write is not read back in its own transaction", (rig, before) -> {
            rig.submit("put", key("p"), "one");
            return quoted(rig.submit("putGet", key("p"), "two"));
        });
        asks.put("putState with no bytes, then length", (rig, before) -> {
            rig.submit("put", key("p"), "");
            return quoted(rig.evaluate("length", key("p")));
        });
        asks.put("length of an absent key", evaluate("length", key("absent")));
        asks.put("empty key", submit("put", "", "x"));
        asks.put("key starting with U+0000", submit("range", "\u0000x", "\u0000y"));
        asks.put("range scan leaves composite keys out, order", StateScript::ordered);
        asks.put("open range (empty, empty): first 120 characters", (rig, before) -> {
            String open = rig.evaluate("range", "", "");
            return open.substring(0, Math.min(SHOWN, open.length()));
        });
        asks.put("paginated read, then write, submit", submit("pageThenPut", "k", "l", key("p")));
        asks.put("rich query on LevelDB", evaluate("query"));
        asks.put("private data without a collection", evaluate("readPrivate", "nosuch", key("p")));
        asks.put("chaincode calls an unknown chaincode", evaluate("call", "nosuch", "", "get|a"));
        asks.put("chaincode calls itself", evaluate("call", "rig", "", "length|a"));
        asks.put("chaincode calls itself, callee throws", evaluate("call", "rig", "", "crash|a"));
        asks.put("writes in evaluate are dropped", (rig, before) -> {
            rig.evaluate("put", key("dropped"), "x");
            return quoted(rig.evaluate("length", key("dropped")));
        });
        asks.put("two setEvent calls, then a losing transaction: events seen", StateScript::events);
        asks.put("status says committed, then an immediate read on the other peer", StateScript::otherPeer);
        deadlines(asks);
    }

    private static String ordered(Rig rig, StringBuilder before) throws Exception {
        for (String key : List.of("k", key("k\u00e4"), key("ka2"), key("kB"), key("ka10"), key("kb"))) {
            rig.client().endorse("put", key, "x").submitAsync();
        }
        rig.submit("putComposite", key("kc"), "a", "b");
        return quoted(rig.evaluate("range", "k", "l"));
    }

    private static String events(Rig rig, StringBuilder before) throws Exception {
        while (true) {
            long start = rig.client().height();
            rig.submit("twoEvents", key("p"));
            rig.submit("put", key("evt"), "{\"state\":\"NEW\"}");
            rig.awaitSame();
            List<Status> statuses = Rig.submitAll(List.of(
                    rig.client().endorse("transition", key("evt"), "NEW", "A"),
                    rig.client().endorse("transition", key("evt"), "NEW", "B")));
            // ends the stream: events of the losing transaction would come before it
            rig.submit("put", key("zend"), "x");
            if (statuses.get(0).getBlockNumber() == statuses.get(1).getBlockNumber()) {
                return status(statuses.get(0)) + " / " + status(statuses.get(1)) + " " + seen(rig, start);
            }
        }
    }

    private static List<String> seen(Rig rig, long start) {
        List<String> seen = new ArrayList<>();
        try (var events = Events.from(rig, start)) {
            ChaincodeEvent event = events.next();
            while (!new String(event.getPayload(), UTF_8).equals(key("zend"))) {
                seen.add(event.getEventName() + "@" + event.getBlockNumber() + "(" + event.getPayload().length + ")");
                event = events.next();
            }
        }
        return seen;
    }

    private static String otherPeer(Rig rig, StringBuilder before) throws Exception {
        int absent = 0;
        for (int i = 0; i < 20; i++) {
            String key = key("r" + i);
            rig.submit("put", key, "x");
            absent += rig.user(NetworkPlan.AUDIT).evaluate("length", key).equals("0") ? 1 : 0;
        }
        return absent + " of 20 not there yet";
    }

    private static void deadlines(Map<String, AnswerScript.Ask> asks) {
        asks.put("client deadline shorter than the chaincode, endorse", (rig, before) -> {
            rig.client()
                    .propose("sleep", "1500")
                    .endorse(options -> options.withDeadlineAfter(500, TimeUnit.MILLISECONDS));
            return "";
        });
        asks.put("client deadline shorter than the chaincode, evaluate", (rig, before) -> {
            rig.client()
                    .propose("sleep", "1500")
                    .evaluate(options -> options.withDeadlineAfter(500, TimeUnit.MILLISECONDS));
            return "";
        });
        asks.put("commit status deadline shorter than the batch", StateScript::shortDeadline);
        asks.put("status of a transaction id that never comes, 2 s deadline", (rig, before) -> {
            Requests.commitStatus(rig.client(), NetworkPlan.CHANNEL, "ab".repeat(32))
                    .getStatus(options -> options.withDeadlineAfter(2, TimeUnit.SECONDS));
            return "";
        });
        asks.put("chaincode slower than executetimeout 5s, evaluate", (rig, before) -> {
            rig.warmUp();
            return quoted(rig.evaluate("sleep", "3000"));
        });
        asks.put("chaincode slower than executetimeout 5s, submit", (rig, before) -> {
            rig.warmUp();
            return quoted(new String(AnswerScript.contract(rig).submitTransaction("sleep", "3000"), UTF_8));
        });
    }

    private static String shortDeadline(Rig rig, StringBuilder before) throws Exception {
        SubmittedTransaction submitted =
                rig.client().endorse("put", key("p"), "x").submitAsync();
        try {
            submitted.getStatus(options -> options.withDeadlineAfter(5, TimeUnit.MILLISECONDS));
            return "in time";
        } catch (CommitStatusException e) {
            before.append("  asked again: ")
                    .append(status(submitted.getStatus()))
                    .append('\n');
            throw e;
        }
    }
}
