package io.clearmarket.network.conformance;

import static io.clearmarket.network.conformance.AnswerScript.key;
import static io.clearmarket.network.conformance.AnswerScript.quoted;
import static io.clearmarket.network.conformance.AnswerScript.status;
import static io.clearmarket.network.conformance.AnswerScript.submit;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hyperledger.fabric.client.Proposal;
import org.hyperledger.fabric.client.Status;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.TxValidationCode;

/** The recorded questions about conflicts, duplicates and endorsements. */
final class ConflictScript {
    private static final String NEW = "{\"state\":\"NEW\"}";
    private static final String[] MARKET = {NetworkPlan.MARKET};

    private ConflictScript() {}

    static void addTo(Map<String, AnswerScript.Ask> asks) {
        asks.put("two writers of one key in one block: MVCC", ConflictScript::twoWriters);
        asks.put("the same with submit(): the exception", (rig, before) -> {
            rig.submit("put", key("hot2"), NEW);
            rig.awaitSame();
            Transaction late = rig.client().endorse("transition", key("hot2"), "NEW", "A");
            rig.submit("put", key("hot2"), NEW);
            return quoted(new String(late.submit(), UTF_8));
        });
        asks.put("two blind writers of one key", (rig, before) -> {
            List<Status> statuses = rig.sameBlock(() -> List.of(
                    rig.client().endorse("put", key("blind"), "{\"state\":\"A\"}"),
                    rig.client().endorse("put", key("blind"), "{\"state\":\"B\"}")));
            return both(statuses) + " -> " + rig.evaluate("get", key("blind"));
        });
        asks.put("phantom: insert into a counted range", phantom("pa", "put", "c"));
        asks.put("phantom: a key in the counted range changed", phantom("pb", "put", "a"));
        asks.put("phantom: insert into a counted composite prefix", (rig, before) -> {
            rig.submit("putComposite", key("pc"), "p", "1");
            Transaction count = rig.client().endorse("countPrefix", key("pc"), "p", key("pcount"));
            rig.submit("putComposite", key("pc"), "p", "2");
            return quoted(new String(count.submit(), UTF_8));
        });
        asks.put("insert outside the counted range", phantom("pd", "put", "z"));
        asks.put("read-only transaction submitted after its key changed", (rig, before) -> {
            rig.submit("put", key("pe"), NEW);
            rig.awaitSame();
            Transaction read = rig.client().endorse("get", key("pe"));
            rig.submit("put", key("pe"), NEW);
            return quoted(new String(read.submit(), UTF_8));
        });
        asks.put("read of an absent key, then somebody creates it", (rig, before) -> {
            Transaction create = rig.client().endorse("create", key("abs"), NEW);
            rig.submit("put", key("abs"), NEW);
            return quoted(new String(create.submit(), UTF_8));
        });
        asks.put("stale state name: chaincode rule", submit("transition", key("hot"), "A", "B"));
        duplicates(asks);
        endorsements(asks);
    }

    private static String both(List<Status> statuses) {
        return String.join(" / ", statuses.stream().map(AnswerScript::status).toList());
    }

    private static String twoWriters(Rig rig, StringBuilder before) throws Exception {
        List<Status> statuses = rig.sameBlock(() -> {
            rig.submit("put", key("hot"), NEW);
            rig.awaitSame();
            return List.of(
                    rig.client().endorse("transition", key("hot"), "NEW", "B"),
                    rig.client().endorse("transition", key("hot"), "NEW", "C"));
        });
        return both(statuses) + " -> " + rig.evaluate("get", key("hot"));
    }

    private static AnswerScript.Ask phantom(String name, String change, String ending) {
        return (rig, before) -> {
            String start = key(name);
            rig.submit("put", start + "a", "x");
            rig.submit("put", start + "b", "x");
            Transaction count = rig.client().endorse("count", start, start + "m", key("pcount"));
            rig.submit(change, start + ending, "y");
            return quoted(new String(count.submit(), UTF_8));
        };
    }

    private static void duplicates(Map<String, AnswerScript.Ask> asks) {
        asks.put("same envelope submitted twice", (rig, before) -> {
            Transaction twice = rig.client().endorse("put", key("dup"), "x");
            rig.client().endorse("put", key("dup2"), "x").submit();
            return both(Rig.submitAll(List.of(twice, twice)));
        });
        asks.put("same envelope submitted twice: the block's own codes", ConflictScript::blocksOwnCodes);
        asks.put("committed proposal endorsed again (same transaction id)", (rig, before) -> {
            Proposal proposal = rig.client().propose("put", key("dup4"), "x");
            proposal.endorse().submit();
            proposal.endorse();
            return "";
        });
    }

    private static String blocksOwnCodes(Rig rig, StringBuilder before) throws Exception {
        Transaction twice;
        String first;
        do {
            twice = rig.client().endorse("put", key("dup3"), "x");
            twice.submitAsync();
            long block = twice.submitAsync().getStatus().getBlockNumber();
            first = codes(rig, block, Set.of(twice.getTransactionId()));
        } while (!first.contains(" " + twice.getTransactionId().substring(0, 6) + "=DUPLICATE_TXID"));
        Status second = withMarker(rig, twice);
        Status again = twice.submitAsync().getStatus();
        Set<String> asked = Set.of(twice.getTransactionId(), second.getTransactionId());
        return first + "; " + codes(rig, second.getBlockNumber(), asked) + "; asked again: " + status(again);
    }

    /** Submits an envelope again and another transaction after it until one block, of those two, holds both. */
    private static Status withMarker(Rig rig, Transaction repeated) throws Exception {
        while (true) {
            Transaction marker = rig.client().endorse("put", key("dup3"), "y");
            // only the marker tells the block: the status of the repeated one stays the first
            repeated.submitAsync();
            Status status = marker.submitAsync().getStatus();
            String both =
                    codes(rig, status.getBlockNumber(), Set.of(repeated.getTransactionId(), status.getTransactionId()));
            if (both.contains(" " + status.getTransactionId().substring(0, 6))
                    && both.contains(repeated.getTransactionId().substring(0, 6) + "=")) {
                return status;
            }
        }
    }

    /** The codes of the transactions asked for: an earlier question's repetition may be in the block too. */
    private static String codes(Rig rig, long block, Set<String> asked) throws Exception {
        List<String> codes = new ArrayList<>();
        for (TransactionView view : TransactionView.of(rig.client().block(block))) {
            String id = view.channel().getTxId();
            if (asked.contains(id)) {
                codes.add(id.substring(0, 6) + "=" + TxValidationCode.forNumber(view.code()));
            }
        }
        return "block " + block + ": " + String.join(" ", codes);
    }

    private static void endorsements(Map<String, AnswerScript.Ask> asks) {
        asks.put(
                "one organisation only (setEndorsingOrganizations MarketMSP), submit",
                (rig, before) -> quoted(new String(
                        rig.client().endorseBy(MARKET, "put", key("one"), "x").submit(), UTF_8)));
        asks.put("one organisation only: is it written?", AnswerScript.evaluate("get", key("one")));
        asks.put(
                "unknown organisation",
                (rig, before) -> quoted(new String(
                        rig.client()
                                .endorseBy(new String[] {"NobodyMSP"}, "put", key("one"), "x")
                                .submit(),
                        UTF_8)));
        asks.put("different write sets (random value), submit", submit("random", key("p")));
        asks.put("same writes, different response payload, submit", submit("randomAnswer", key("p")));
        asks.put("write set tampered with after endorsement", (rig, before) -> {
            Transaction honest = rig.client().endorse("put", key("p"), "x");
            return status(Forgery.action(rig.client(), honest, ConflictScript::tamper)
                    .submitAsync()
                    .getStatus());
        });
        asks.put("an endorsement left out by the client", (rig, before) -> {
            Transaction honest = rig.client().endorse("put", key("forge4"), "x");
            Status lacking = Forgery.endorsements(rig.client(), honest, all -> all.subList(0, 1))
                    .submitAsync()
                    .getStatus();
            rig.submit("put", key("forge4"), "x");
            return status(lacking);
        });
    }

    private static void tamper(ChaincodeActionPayload.Builder action) {
        try {
            ProposalResponsePayload response =
                    ProposalResponsePayload.parseFrom(action.getAction().getProposalResponsePayload());
            ByteString changed =
                    org.hyperledger.fabric.protos.peer.ChaincodeAction.parseFrom(response.getExtension()).toBuilder()
                            .setResponse(org.hyperledger.fabric.protos.peer.Response.newBuilder()
                                    .setStatus(200)
                                    .setMessage("tampered"))
                            .build()
                            .toByteString();
            action.getActionBuilder()
                    .setProposalResponsePayload(
                            response.toBuilder().setExtension(changed).build().toByteString());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
