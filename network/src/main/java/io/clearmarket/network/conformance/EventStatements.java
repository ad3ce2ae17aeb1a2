package io.clearmarket.network.conformance;

import static io.clearmarket.network.conformance.Expect.equal;
import static io.clearmarket.network.conformance.Expect.holds;
import static io.clearmarket.network.conformance.Expect.thrown;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.Status;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hyperledger.fabric.client.ChaincodeEvent;
import org.hyperledger.fabric.client.CloseableIterator;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.GatewayRuntimeException;
import org.hyperledger.fabric.client.InMemoryCheckpointer;
import org.hyperledger.fabric.client.SubmittedTransaction;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.FilteredBlock;
import org.hyperledger.fabric.protos.peer.FilteredTransaction;
import org.hyperledger.fabric.protos.peer.ProcessedTransaction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;

/** Statements 69 to 75: streams of events and blocks, block cutting, qscc. */
final class EventStatements {
    private static final String NEWEST = "18446744073709551615";

    private EventStatements() {}

    static List<Statement> all() {
        return List.of(
                Statement.of(
                                "69",
                                "Chaincode events start with the next block, replay from a given one, and wait for a future one",
                                EventStatements::eventStart)
                        .inAllLanguages(),
                Statement.of(
                        "70",
                        "Block events beyond the height are NOT_FOUND, at the height they wait; a cancelled stream ends",
                        EventStatements::blockStart),
                Statement.of(
                                "71",
                                "A checkpoint resumes after its event, within a block too; one without an event silences the stream",
                                EventStatements::checkpoints)
                        .inAllLanguages(),
                Statement.of(
                                "72",
                                "Filtered blocks carry event names without payloads, and the codes of invalid transactions",
                                EventStatements::filteredBlocks)
                        .inAllLanguages(),
                Statement.of(
                        "73",
                        "After a commit status or a block, that same peer reads the new state",
                        EventStatements::readAfterCommit),
                Statement.of(
                                "74",
                                "Two transactions fill a block at once, one alone waits for BatchTimeout; no block is empty",
                                EventStatements::batches)
                        .on(Stage.SMALL_BLOCKS),
                Statement.of(
                        "75",
                        "qscc finds the newest block, an invalid transaction with its code, and a block by its header's hash",
                        EventStatements::qscc));
    }

    private static void eventStart(Rig rig) throws Exception {
        rig.submit("put", rig.key(), "before");
        String first = rig.key();
        try (CloseableIterator<ChaincodeEvent> next = rig.client()
                .network()
                .getChaincodeEvents(rig.chaincode(), options -> options.withDeadlineAfter(60, TimeUnit.SECONDS))) {
            // the peer hears of the stream a moment later, and what was committed before that is not told
            ChaincodeEvent event = whileSubmitting(rig, first, next::next);
            long block = event.getBlockNumber();
            equal("first event of a stream without a start", first, new String(event.getPayload(), UTF_8));
            try (CloseableIterator<ChaincodeEvent> replay = Events.from(rig, block)) {
                equal("replayed", first, new String(replay.next().getPayload(), UTF_8));
            }
        }
        long future = rig.client().height() + 1;
        try (CloseableIterator<ChaincodeEvent> later = Events.from(rig, future)) {
            while (rig.client().height() <= future) {
                rig.submit("put", rig.key(), "x");
            }
            equal(
                    "block of the first event from a future start",
                    future,
                    later.next().getBlockNumber());
        }
    }

    /** What somebody hears who listens while the same is put again and again. */
    private static <T> T whileSubmitting(Rig rig, String key, Callable<T> listening) throws Exception {
        AtomicBoolean heard = new AtomicBoolean();
        FutureTask<Boolean> submitting = new FutureTask<>(() -> {
            do {
                rig.submit("put", key, "x");
            } while (!heard.get());
            return true;
        });
        Thread.ofVirtual().name("submitting").start(submitting);
        try {
            return listening.call();
        } finally {
            heard.set(true);
            submitting.get();
        }
    }

    private static CloseableIterator<Block> blocks(Rig rig, long start) {
        return rig.client()
                .network()
                .newBlockEventsRequest()
                .startBlock(start)
                .build()
                .getEvents(options -> options.withDeadlineAfter(60, TimeUnit.SECONDS));
    }

    private static void blockStart(Rig rig) throws Exception {
        long height = rig.client().height();
        try (CloseableIterator<Block> beyond = blocks(rig, height + 1)) {
            NoSuchElementException e = thrown(NoSuchElementException.class, beyond::next);
            equal("beyond the height", "Unexpected status response: NOT_FOUND", e.getMessage());
        }
        try (CloseableIterator<Block> waiting = blocks(rig, height)) {
            rig.submit("put", rig.key(), "x");
            equal("at the height", height, waiting.next().getHeader().getNumber());
        }
        try (CloseableIterator<Block> all = blocks(rig, 0)) {
            equal("from the first block", 0L, all.next().getHeader().getNumber());
            equal("and the next", 1L, all.next().getHeader().getNumber());
        }
        CloseableIterator<Block> cancelled = blocks(rig, rig.client().height());
        Thread closer = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            cancelled.close();
        });
        try {
            holds("a cancelled stream has no next block", !cancelled.hasNext(), "a block");
        } catch (GatewayRuntimeException e) {
            equal(
                    "code of a cancelled stream",
                    Status.Code.CANCELLED,
                    e.getStatus().getCode());
        }
        closer.join();
    }

    private static void checkpoints(Rig rig) throws Exception {
        String[] keys = {"", ""};
        List<org.hyperledger.fabric.client.Status> statuses = rig.sameBlock(() -> {
            keys[0] = rig.key();
            keys[1] = rig.key();
            return List.of(
                    rig.client().endorse("put", keys[0], "x"), rig.client().endorse("put", keys[1], "x"));
        });
        long block = statuses.getFirst().getBlockNumber();
        try (CloseableIterator<ChaincodeEvent> rest =
                resumed(rig, block, statuses.get(0).getTransactionId())) {
            equal("within the block", keys[1], new String(rest.next().getPayload(), UTF_8));
        }
        String after = rig.key();
        rig.submit("put", after, "x");
        try (CloseableIterator<ChaincodeEvent> rest =
                resumed(rig, block, statuses.get(1).getTransactionId())) {
            equal("after the block", after, new String(rest.next().getPayload(), UTF_8));
        }
        org.hyperledger.fabric.client.Status quiet =
                rig.client().endorse("quiet", rig.key()).submitAsync().getStatus();
        rig.submit("put", rig.key(), "x");
        try (CloseableIterator<ChaincodeEvent> silent = rig.client()
                .network()
                .newChaincodeEventsRequest(rig.chaincode())
                .checkpoint(checkpoint(quiet.getBlockNumber(), quiet.getTransactionId()))
                .build()
                .getEvents(options -> options.withDeadlineAfter(700, TimeUnit.MILLISECONDS))) {
            GatewayRuntimeException e = thrown(GatewayRuntimeException.class, silent::next);
            equal(
                    "after a quiet transaction",
                    Status.Code.DEADLINE_EXCEEDED,
                    e.getStatus().getCode());
        }
    }

    private static InMemoryCheckpointer checkpoint(long block, String transactionId) {
        InMemoryCheckpointer checkpointer = new InMemoryCheckpointer();
        checkpointer.checkpointTransaction(block, transactionId);
        return checkpointer;
    }

    private static CloseableIterator<ChaincodeEvent> resumed(Rig rig, long block, String transactionId) {
        return rig.client()
                .network()
                .newChaincodeEventsRequest(rig.chaincode())
                .checkpoint(checkpoint(block, transactionId))
                .build()
                .getEvents(options -> options.withDeadlineAfter(60, TimeUnit.SECONDS));
    }

    private static void filteredBlocks(Rig rig) throws Exception {
        List<org.hyperledger.fabric.client.Status> statuses = rig.sameBlock(() -> {
            String key = rig.key();
            return List.of(
                    rig.client().endorse("readThenEvent", key), rig.client().endorse("readThenEvent", key));
        });
        try (CloseableIterator<FilteredBlock> blocks = rig.client()
                .network()
                .newFilteredBlockEventsRequest()
                .startBlock(statuses.getFirst().getBlockNumber())
                .build()
                .getEvents(options -> options.withDeadlineAfter(60, TimeUnit.SECONDS))) {
            FilteredBlock block = blocks.next();
            equal("channel", NetworkPlan.CHANNEL, block.getChannelId());
            FilteredTransaction valid = block.getFilteredTransactions(0);
            equal("id", statuses.getFirst().getTransactionId(), valid.getTxid());
            var event = valid.getTransactionActions().getChaincodeActions(0).getChaincodeEvent();
            equal("event", "read", event.getEventName());
            equal("chaincode", rig.chaincode(), event.getChaincodeId());
            equal("payload's size", 0, event.getPayload().size());
            equal(
                    "code of the second",
                    TxValidationCode.MVCC_READ_CONFLICT,
                    block.getFilteredTransactions(1).getTxValidationCode());
        }
    }

    private static void readAfterCommit(Rig rig) throws Exception {
        for (int i = 0; i < 5; i++) {
            String key = rig.key();
            rig.submit("put", key, "seen");
            equal("read after the status", "seen", rig.evaluate("get", key));
        }
        try (CloseableIterator<Block> blocks = blocks(rig, rig.client().height())) {
            String key = rig.key();
            Transaction endorsed = rig.client().endorse("put", key, "seen");
            endorsed.submitAsync();
            blocks.next();
            equal("read after the block", "seen", rig.evaluate("get", key));
        }
    }

    private static void batches(Rig rig) throws Exception {
        rig.warmUp();
        long height = rig.client().height();
        Transaction one = rig.client().endorse("put", rig.key(), "x");
        Transaction two = rig.client().endorse("put", rig.key(), "x");
        Transaction alone = rig.client().endorse("put", rig.key(), "x");
        long began = System.nanoTime();
        List<org.hyperledger.fabric.client.Status> pair = Rig.submitAll(List.of(one, two));
        double together = (System.nanoTime() - began) / 1e9;
        began = System.nanoTime();
        org.hyperledger.fabric.client.Status single = alone.submitAsync().getStatus();
        double waited = (System.nanoTime() - began) / 1e9;
        equal(
                "blocks of the two",
                List.of(height, height),
                pair.stream().map(s -> s.getBlockNumber()).toList());
        equal("block of the single one", height + 1, single.getBlockNumber());
        // the peer learns of the block a moment after the timer that began with the submit
        holds("the single one waited 3 s", waited >= 2.8, waited + " s");
        holds("the two waited less", together < waited, together + " s");
        for (long number = 0; number <= single.getBlockNumber(); number++) {
            int count = rig.client().block(number).getData().getDataCount();
            holds("transactions of block " + number, count > 0, count);
        }
    }

    private static void qscc(Rig rig) throws Exception {
        Contract qscc = rig.client().contract("qscc");
        Transaction lacking = rig.client().endorseBy(new String[] {NetworkPlan.MARKET}, "put", rig.key(), "x");
        SubmittedTransaction submitted = lacking.submitAsync();
        long number = submitted.getStatus().getBlockNumber();
        Block newest = Block.parseFrom(qscc.evaluateTransaction("GetBlockByNumber", NetworkPlan.CHANNEL, NEWEST));
        equal("newest block", number, newest.getHeader().getNumber());
        ProcessedTransaction found = ProcessedTransaction.parseFrom(
                qscc.evaluateTransaction("GetTransactionByID", NetworkPlan.CHANNEL, submitted.getTransactionId()));
        equal("code", TxValidationCode.ENDORSEMENT_POLICY_FAILURE_VALUE, found.getValidationCode());
        byte[] channel = NetworkPlan.CHANNEL.getBytes(UTF_8);
        byte[] hash = Hashing.headerHash(newest.getHeader()).toByteArray();
        equal("by hash", newest.toByteArray(), qscc.evaluateTransaction("GetBlockByHash", channel, hash));
        byte[] dataHash = newest.getHeader().getDataHash().toByteArray();
        // 3.1.5 puts the raw hash into its message: what a client gets depends on whether it happens to be UTF-8
        thrown(GatewayException.class, () -> qscc.evaluateTransaction("GetBlockByHash", channel, dataHash));
        GatewayException missing = thrown(
                GatewayException.class,
                () -> qscc.evaluateTransaction("GetBlockByNumber", NetworkPlan.CHANNEL, "999999"));
        Expect.contains(
                "missing block",
                "Failed to get block number 999999, error no such block number [999999] in index",
                missing.getStatus().getDescription());
    }
}
