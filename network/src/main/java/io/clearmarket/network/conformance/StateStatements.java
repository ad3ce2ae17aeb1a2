package io.clearmarket.network.conformance;

import static io.clearmarket.network.conformance.Expect.contains;
import static io.clearmarket.network.conformance.Expect.equal;
import static io.clearmarket.network.conformance.Expect.holds;
import static io.clearmarket.network.conformance.Expect.thrown;

import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.RangeQueryInfo;

/** Statements 33 to 44: what a chaincode reads, and what is recorded of it. */
final class StateStatements {
    private StateStatements() {}

    static List<Statement> all() {
        return List.of(
                Statement.of(
                                "33",
                                "A transaction sees none of its own writes and deletes, by key or in a range",
                                StateStatements::ownWrites)
                        .inAllLanguages(),
                Statement.of(
                                "34",
                                "An absent key reads as empty, and an empty value deletes",
                                StateStatements::emptyValues)
                        .inAllLanguages(),
                Statement.of("35", "Keys sort by their UTF-8 bytes", StateStatements::utf8Order)
                        .inAllLanguages(),
                Statement.of(
                                "36",
                                "Ranges leave composite keys out, and composite scans simple keys",
                                StateStatements::compositeKeys)
                        .inAllLanguages(),
                Statement.of(
                                "37",
                                "A range of 250 keys comes whole, in order; a half-read iterator can be closed",
                                StateStatements::longRange)
                        .inAllLanguages(),
                Statement.of(
                                "38",
                                "25 keys in pages of 10: 10, 10 and 5, with the next page's first key as bookmark",
                                StateStatements::pages)
                        .inAllLanguages(),
                Statement.of(
                        "39",
                        "A page and a write exclude each other in one transaction; plain ranges do not",
                        StateStatements::pagesAndWrites),
                Statement.of("40", "A rich query fails on LevelDB, without saying why", StateStatements::richQuery)
                        .inAllLanguages(),
                Statement.of(
                                "41",
                                "History is newest first, with deletes and the clients' times, without invalid and overwritten values",
                                StateStatements::history)
                        .inAllLanguages(),
                Statement.of(
                                "42",
                                "Every read-write set reads the chaincode's Sequence in _lifecycle",
                                StateStatements::lifecycleRead)
                        .inAllLanguages(),
                Statement.of(
                                "43",
                                "Namespaces, reads and writes are sorted bytewise; a blind write reads nothing; an absent key has no version",
                                StateStatements::sortedSets)
                        .inAllLanguages(),
                Statement.of(
                                "44",
                                "50 results are recorded as raw reads, 51 as a Merkle summary",
                                StateStatements::merkleSummary)
                        .inAllLanguages());
    }

    private static void ownWrites(Rig rig) throws Exception {
        String key = rig.key();
        rig.submit("put", key, "one");
        equal("own write", "before=one after=one", rig.submit("putGet", key, "two"));
        equal("afterwards", "two", rig.evaluate("get", key));
        String start = rig.key();
        rig.submit("put", start + "b", "x");
        equal(
                "range with an own write and an own delete",
                start + "b",
                rig.submit("changeThenRange", start + "a", start + "b", start, start + "~"));
        equal("range afterwards", start + "a", rig.evaluate("range", start, start + "~"));
    }

    private static void emptyValues(Rig rig) throws Exception {
        String key = rig.key();
        equal("length of an absent key", "0", rig.evaluate("length", key));
        rig.submit("put", key, "full");
        rig.submit("put", key, "");
        equal("length after an empty put", "0", rig.evaluate("length", key));
        String newest = rig.evaluate("history", key).split(",", -1)[0];
        equal("history's newest entry", "deleted", newest.split(" ", -1)[1]);
    }

    private static void utf8Order(Rig rig) throws Exception {
        String start = rig.key();
        List<String> keys = new ArrayList<>(List.of(
                start + "\uD83D\uDE00", start + "\uFFFD", start + "a", start + "B", start + "_", start + "\u00e4"));
        for (String key : keys) {
            rig.client().endorse("put", key, "x").submitAsync();
        }
        rig.submit("put", rig.key(), "x");
        keys.sort(Hashing::compareUtf8);
        // the last four submits may be in the block before the one just waited for, never after it
        equal("order", String.join(",", keys), rig.evaluate("range", start, start + "\uDBFF\uDFFD"));
    }

    private static void compositeKeys(Rig rig) throws Exception {
        String type = rig.key();
        rig.submit("put", type, "simple");
        rig.submit("putComposite", type, "order1", "b");
        rig.submit("putComposite", type, "order1", "a");
        rig.submit("putComposite", type, "order2", "a");
        equal("composite scan", "order1/a,order1/b", rig.evaluate("composites", type, "order1"));
        String open = rig.evaluate("range", "", "");
        contains("open range", type, open);
        holds("no composite key in it", !open.contains("\u0000"), open);
    }

    private static void longRange(Rig rig) throws Exception {
        String start = rig.key();
        rig.submit("fill", start, "250");
        String all = IntStream.range(0, 250)
                .mapToObj(i -> "%s%04d".formatted(start, i))
                .collect(Collectors.joining(","));
        equal("all keys", all, rig.evaluate("range", start, start + "~"));
        equal("first key of a half-read range", start + "0000", rig.submit("first", start, start + "~", rig.key()));
    }

    private static void pages(Rig rig) throws Exception {
        String start = rig.key();
        rig.submit("fill", start, "25");
        String end = start + "~";
        String[] bookmarks = {"", start + "0010", start + "0020", ""};
        for (int page = 0; page < 3; page++) {
            String[] seen =
                    rig.evaluate("page", start, end, "10", bookmarks[page]).split("\\|", -1);
            equal("first key", "%s%04d".formatted(start, page * 10), seen[0].split(",", -1)[0]);
            equal("count of page " + page, page < 2 ? "10" : "5", seen[1]);
            equal("bookmark of page " + page, bookmarks[page + 1], seen[2]);
        }
    }

    private static void pagesAndWrites(Rig rig) throws Exception {
        String start = rig.key();
        rig.submit("fill", start, "3");
        for (String function : List.of("pageThenPut", "putThenPage")) {
            EndorseException e =
                    thrown(EndorseException.class, () -> rig.submit(function, start, start + "~", rig.key()));
            contains(
                    function,
                    "Unsuccessful response received.",
                    e.getDetails().getFirst().getMessage());
        }
        equal("a plain range and a write", "3", rig.submit("count", start, start + "~", rig.key()));
    }

    private static void richQuery(Rig rig) {
        GatewayException e = thrown(GatewayException.class, () -> rig.evaluate("query"));
        holds(
                "reason is not told",
                e.getDetails().stream().noneMatch(detail -> detail.getMessage().contains("CouchDB")),
                e.getDetails());
        Status.Code expected = rig.variant() == Variant.BARE ? Status.Code.ABORTED : Status.Code.UNKNOWN;
        equal("code", expected, e.getStatus().getCode());
    }

    private static void history(Rig rig) throws Exception {
        String key = rig.key();
        List<String> expected = new ArrayList<>();
        for (String[] call : new String[][] {
            {"put", key, "one"}, {"putTwice", key, "lost", "two"}, {"delete", key}, {"put", key, "three"}
        }) {
            String[] arguments = java.util.Arrays.copyOfRange(call, 1, call.length);
            Transaction endorsed = rig.client().endorse(call[0], arguments);
            endorsed.submit();
            String value = call[0].equals("delete") ? "deleted" : arguments[arguments.length - 1];
            expected.addFirst(endorsed.getTransactionId() + " " + value + " " + Times.of(endorsed, rig.variant()));
        }
        Transaction invalid = rig.client().endorseBy(new String[] {NetworkPlan.MARKET}, "put", key, "invalid");
        invalid.submitAsync().getStatus();
        equal("history", String.join(",", expected), rig.evaluate("history", key));
    }

    private static void lifecycleRead(Rig rig) throws Exception {
        TransactionView view = rig.committed(
                rig.client().endorse("put", rig.key(), "x").submitAsync().getStatus());
        List<String> read = view.in("_lifecycle").getReadsList().stream()
                .map(KVRead::getKey)
                .toList();
        holds("reads of _lifecycle", read.contains("namespaces/fields/" + rig.chaincode() + "/Sequence"), read);
    }

    private static void sortedSets(Rig rig) throws Exception {
        String start = rig.key();
        TransactionView view = rig.committed(
                rig.client().endorse("fill", start, "12").submitAsync().getStatus());
        KVRWSet set = view.in(rig.chaincode());
        List<String> written = set.getWritesList().stream().map(KVWrite::getKey).toList();
        equal("writes in order", written.stream().sorted(Hashing::compareUtf8).toList(), written);
        equal("number of writes", 12, written.size());
        equal("reads of a blind write", 0, set.getReadsCount());
        List<String> namespaces = view.readWrites().getNsRwsetList().stream()
                .map(NsReadWriteSet::getNamespace)
                .toList();
        equal("namespaces", namespaces.stream().sorted(Hashing::compareUtf8).toList(), namespaces);
        String absent = rig.key();
        KVRWSet created = rig.committed(rig.client()
                        .endorse("putGet", absent, "x")
                        .submitAsync()
                        .getStatus())
                .in(rig.chaincode());
        equal(
                "reads",
                List.of(absent),
                created.getReadsList().stream().map(KVRead::getKey).toList());
        equal("absent key's version", false, created.getReads(0).hasVersion());
        String wide = rig.key();
        List<String> order = rig
                .committed(rig.client()
                        .endorse("changeThenRange", wide + "\uD83D\uDE00", wide + "\uFFFD", wide, wide + "~")
                        .submitAsync()
                        .getStatus())
                .in(rig.chaincode())
                .getWritesList()
                .stream()
                .map(KVWrite::getKey)
                .toList();
        equal("writes above U+FFFF last", List.of(wide + "\uFFFD", wide + "\uD83D\uDE00"), order);
    }

    private static void merkleSummary(Rig rig) throws Exception {
        String start = rig.key();
        rig.submit("fill", start, "51");
        RangeQueryInfo fifty = range(rig, start, start + "0050");
        equal("raw reads of 50", 50, fifty.getRawReads().getKvReadsCount());
        equal("exhausted", true, fifty.getItrExhausted());
        RangeQueryInfo more = range(rig, start, start + "~");
        equal("a Merkle summary of 51", true, more.hasReadsMerkleHashes());
        equal("its degree", 50, more.getReadsMerkleHashes().getMaxDegree());
        equal("its level", 1, more.getReadsMerkleHashes().getMaxLevel());
    }

    private static RangeQueryInfo range(Rig rig, String start, String end) throws Exception {
        return rig.committed(rig.client()
                        .endorse("count", start, end, rig.key())
                        .submitAsync()
                        .getStatus())
                .in(rig.chaincode())
                .getRangeQueriesInfo(0);
    }
}
