package io.clearmarket.network.conformance;

import static io.clearmarket.network.conformance.Expect.contains;
import static io.clearmarket.network.conformance.Expect.equal;
import static io.clearmarket.network.conformance.Expect.holds;
import static io.clearmarket.network.conformance.Expect.thrown;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.NodeOu;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.client.ChaincodeEvent;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.Proposal;
import org.hyperledger.fabric.client.Status;
import org.hyperledger.fabric.client.SubmittedTransaction;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.ChaincodeInput;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.hyperledger.fabric.protos.peer.ChaincodeSpec;
import org.hyperledger.fabric.protos.peer.GetState;
import org.hyperledger.fabric.protos.peer.QueryStateClose;
import org.hyperledger.fabric.protos.peer.QueryStateNext;

/** Statements 57 to 66: chaincode calling chaincode, events, the stream between peer and chaincode. */
final class ProtocolStatements {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SILENCE = Duration.ofMillis(500);

    private static final Duration LONGER_THAN_SLOW = Duration.ofSeconds(3);

    private ProtocolStatements() {}

    static List<Statement> all() {
        return List.of(
                Statement.of(
                        "57",
                        "A callee's writes stay in the transaction even when it answered 500 and the caller went on",
                        ProtocolStatements::calleesWrites),
                Statement.of(
                        "57c",
                        "A caller without state of its own is left out of the gateway's plan, and then fails its own policy",
                        ProtocolStatements::plannedByCallee),
                Statement.of("57b", "A call into another channel leaves no trace", ProtocolStatements::otherChannel)
                        .needing(Capability.OTHER_CHANNEL),
                Statement.of(
                                "58",
                                "A chaincode cannot call itself; a callee's event is lost, the caller's delivered",
                                ProtocolStatements::callingItself)
                        .inAllLanguages(),
                Statement.of(
                                "59",
                                "Only the second of two events is delivered, and none of a failed or invalid transaction",
                                ProtocolStatements::events)
                        .inAllLanguages(),
                Statement.of(
                        "60",
                        "An event carries the invoked chaincode and transaction, whatever the chaincode wrote into it",
                        ProtocolStatements::eventIds),
                Statement.of(
                                "61",
                                "A chaincode over the execute timeout fails with 'timeout expired'; the next call works",
                                ProtocolStatements::executeTimeout)
                        .on(Stage.SMALL_BLOCKS),
                Statement.of(
                        "62",
                        "A chaincode killed in a call is 'chaincode stream terminated'; the next call reconnects",
                        ProtocolStatements::killedChaincode),
                Statement.of(
                        "63",
                        "A second outstanding request of a transaction is not answered; other transactions are",
                        ProtocolStatements::outstandingRequests),
                Statement.of(
                        "64",
                        "QUERY_STATE_CLOSE of an unknown id is answered, QUERY_STATE_NEXT of it an ERROR, KEEPALIVE never",
                        ProtocolStatements::unknownIterators),
                Statement.of(
                                "65",
                                "Creator, timestamp and transient map in the chaincode are the client's",
                                ProtocolStatements::context)
                        .inAllLanguages(),
                Statement.of(
                                "66",
                                "Attributes of the certificate are visible to chaincode; none is no failure",
                                ProtocolStatements::attributes)
                        .inAllLanguages());
    }

    private static void calleesWrites(Rig rig) throws Exception {
        String key = rig.key();
        equal("the caller's result", "500 after a write", byBoth(rig, "putThenAnswer|" + key + "|500"));
        equal("written", "written", rig.calling("lone").evaluate("get", key));
        equal("nothing in the caller's namespace", "0", rig.evaluate("length", key));
    }

    /** Calls {@code lone}. The organisations are named: a caller that touches no state of its own is not planned for. */
    private static String byBoth(Rig rig, String arguments) throws Exception {
        rig.awaitSame();
        Transaction endorsed =
                rig.client().endorseBy(NetworkPlan.MSP_IDS.toArray(String[]::new), "call", "lone", "", arguments);
        return new String(endorsed.submit(), UTF_8);
    }

    private static void plannedByCallee(Rig rig) throws Exception {
        Transaction planned = rig.client().endorse("call", "lone", "", "put|" + rig.key() + "|x");
        equal("code", "ENDORSEMENT_POLICY_FAILURE", ConflictStatements.code(planned));
    }

    private static void otherChannel(Rig rig) throws Exception {
        String key = rig.key();
        equal(
                "the caller's result",
                "200 ",
                rig.submit("call", "lone", NetworkPlan.OTHER_CHANNEL, "put|" + key + "|x"));
        var other = rig.client().gateway().getNetwork(NetworkPlan.OTHER_CHANNEL).getContract("lone");
        rig.submit("put", rig.key(), "x");
        equal("length there", "0", new String(other.evaluateTransaction("length", key), UTF_8));
        equal("length here", "0", rig.calling("lone").evaluate("length", key));
    }

    private static void callingItself(Rig rig) throws Exception {
        GatewayException e =
                thrown(GatewayException.class, () -> rig.evaluate("call", rig.chaincode(), "", "length|a"));
        holds(
                "failed in the shim",
                e.getDetails().getFirst().getMessage().contains("Unsuccessful response received.")
                        || rig.variant() == Variant.NODE,
                e.getDetails());
        long start = rig.client().height();
        String key = rig.key();
        byBoth(rig, "put|" + key + "|x");
        try (var events = Events.from(rig, start)) {
            equal("caller's event", "caller", events.next().getEventName());
        }
        try (var events = Events.of(rig, "lone", start)) {
            rig.calling("lone").submit("quiet", rig.key());
            rig.calling("lone").submit("put", key, "y");
            equal(
                    "first event of the callee",
                    'y',
                    rig.calling("lone").evaluate("get", key).charAt(0));
            ChaincodeEvent first = events.next();
            holds("it is not that of the call", first.getBlockNumber() > start, first.getBlockNumber());
        }
    }

    private static void events(Rig rig) throws Exception {
        long start = rig.client().height();
        rig.submit("twoEvents", rig.key());
        thrown(EndorseException.class, () -> rig.submit("eventThenFail", "no"));
        String[] key = {""};
        List<Status> statuses = rig.sameBlock(() -> {
            key[0] = rig.key();
            return List.of(
                    rig.client().endorse("readThenEvent", key[0]), rig.client().endorse("readThenEvent", key[0]));
        });
        equal("codes", "VALID,MVCC_READ_CONFLICT", ConflictStatements.codes(statuses));
        rig.submit("twoEvents", rig.key());
        try (var events = Events.from(rig, start)) {
            ChaincodeEvent first = events.next();
            equal("first", "second", first.getEventName());
            equal("its payload", "2", new String(first.getPayload(), UTF_8));
            ChaincodeEvent read = events.next();
            while (!new String(read.getPayload(), UTF_8).equals(key[0])) {
                equal("an earlier attempt's event", "read", read.getEventName());
                read = events.next();
            }
            equal("the valid one's", statuses.getFirst().getTransactionId(), read.getTransactionId());
            equal("then", "second", events.next().getEventName());
        }
    }

    private static void eventIds(Rig rig) throws Exception {
        rig.stub()
                .when(
                        "lie",
                        call -> call.complete(
                                200,
                                "",
                                org.hyperledger.fabric.protos.peer.ChaincodeEvent.newBuilder()
                                        .setChaincodeId("somebody")
                                        .setTxId("something")
                                        .setEventName("lie")
                                        .build()));
        long start = rig.client().height();
        SubmittedTransaction submitted =
                rig.calling("stub").propose("lie").endorse().submitAsync();
        equal("code", "VALID", submitted.getStatus().getCode().name());
        try (var events = Events.of(rig, "stub", start)) {
            ChaincodeEvent event = events.next();
            equal("chaincode", "stub", event.getChaincodeName());
            equal("transaction", submitted.getTransactionId(), event.getTransactionId());
        }
    }

    private static void executeTimeout(Rig rig) throws Exception {
        rig.warmUp();
        EndorseException e = thrown(EndorseException.class, () -> rig.client().endorse("sleep", "3000"));
        equal(
                "detail",
                "error in simulation: failed to execute transaction " + e.getTransactionId()
                        + ": error sending: timeout expired while executing transaction",
                Expect.onlyDetail(rig.market(), e));
        equal("next call", "0", rig.evaluate("length", rig.key()));
    }

    private static void killedChaincode(Rig rig) throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        rig.stub().when("hang", call -> {
            called.countDown();
            call.receive(PATIENCE);
        });
        rig.stub().when("hello", call -> call.complete(200, "hello"));
        String id = rig.stub().packageId();
        Thread killer = Thread.ofVirtual().start(() -> {
            try {
                called.await();
                rig.stub().kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        EndorseException e = thrown(
                EndorseException.class,
                () -> rig.calling("stub").propose("hang").endorse());
        killer.join();
        contains(
                "detail",
                "chaincode stream terminated",
                e.getDetails().getFirst().getMessage());
        EndorseException down = thrown(
                EndorseException.class,
                () -> rig.calling("stub").propose("hello").endorse());
        contains(
                "detail while it is down",
                "could not launch chaincode " + id,
                down.getDetails().getFirst().getMessage());
        rig.stub().serve(id);
        equal(
                "next call",
                "hello",
                new String(rig.calling("stub").propose("hello").endorse().getResult(), UTF_8));
    }

    private static ByteString getState(String key) {
        return GetState.newBuilder().setKey(key).build().toByteString();
    }

    private static ByteString slowCall() {
        return ChaincodeSpec.newBuilder()
                .setChaincodeId(ChaincodeID.newBuilder().setName("lone"))
                .setInput(ChaincodeInput.newBuilder()
                        .addArgs(ByteString.copyFromUtf8("sleep"))
                        .addArgs(ByteString.copyFromUtf8("2000")))
                .build()
                .toByteString();
    }

    private static void outstandingRequests(Rig rig) throws Exception {
        rig.stub().when("two", call -> {
            // a slow one first: a quick peer may be done with it before the second arrives
            call.send(ChaincodeMessage.Type.INVOKE_CHAINCODE, slowCall());
            call.send(ChaincodeMessage.Type.GET_STATE, getState("b"));
            int answers = call.receive(PATIENCE) == null ? 0 : 1;
            answers += call.receive(LONGER_THAN_SLOW) == null ? 0 : 1;
            call.complete(200, Integer.toString(answers));
        });
        equal("answers to two requests at once", "1", result(rig, "two"));
        CountDownLatch bothIn = new CountDownLatch(2);
        rig.stub().when("together", call -> {
            bothIn.countDown();
            boolean concurrent = bothIn.await(30, TimeUnit.SECONDS);
            call.send(ChaincodeMessage.Type.GET_STATE, getState("a"));
            boolean answered = call.receive(PATIENCE) != null;
            call.complete(200, concurrent + " " + answered);
        });
        var other = new java.util.concurrent.FutureTask<>(() -> result(rig, "together"));
        Thread.ofVirtual().start(other);
        equal("one of two transactions", "true true", result(rig, "together"));
        equal("the other", "true true", other.get());
    }

    private static void unknownIterators(Rig rig) throws Exception {
        rig.stub().when("iterators", call -> {
            call.send(
                    ChaincodeMessage.Type.QUERY_STATE_CLOSE,
                    QueryStateClose.newBuilder().setId("nosuch").build().toByteString());
            String close = type(call.receive(PATIENCE));
            call.send(
                    ChaincodeMessage.Type.QUERY_STATE_NEXT,
                    QueryStateNext.newBuilder().setId("nosuch").build().toByteString());
            String next = type(call.receive(PATIENCE));
            call.send(ChaincodeMessage.Type.KEEPALIVE, ByteString.EMPTY);
            String keepAlive = type(call.receive(SILENCE));
            call.complete(200, close + " " + next + " " + keepAlive);
        });
        equal("answers", "RESPONSE ERROR none", result(rig, "iterators"));
    }

    private static String type(@org.jspecify.annotations.Nullable ChaincodeMessage message) {
        return message == null ? "none" : message.getType().name();
    }

    private static String result(Rig rig, String function) throws Exception {
        return new String(rig.calling("stub").propose(function).endorse().getResult(), UTF_8);
    }

    private static void context(Rig rig) throws Exception {
        Transaction endorsed = rig.client().endorse("time", rig.key());
        equal("time", Times.of(endorsed, rig.variant()), new String(endorsed.getResult(), UTF_8));
        Proposal who = rig.client().propose("who");
        String seen = new String(who.evaluate(), UTF_8);
        contains("creator's MSP", "MarketMSP ", seen);
        contains("creator's name", "CN=User1", seen);
        equal(
                "transient value",
                "\u00e4\u0000b",
                new String(
                        rig.client()
                                .contract()
                                .newProposal("transientValue")
                                .addArguments("k")
                                .putTransient("k", "\u00e4\u0000b".getBytes(UTF_8))
                                .build()
                                .evaluate(),
                        UTF_8));
    }

    private static void attributes(Rig rig) throws Exception {
        Client with = rig.on(
                NetworkPlan.MARKET,
                rig.issue(
                        NetworkPlan.MARKET,
                        CertificateRequest.of("attributed", NodeOu.CLIENT).withAttribute("role", "arbiter")));
        equal("attribute", "arbiter", with.evaluate("attribute", "role"));
        equal("one that it lacks", "none", with.evaluate("attribute", "other"));
        equal("of a certificate without any", "none", rig.evaluate("attribute", "role"));
    }
}
