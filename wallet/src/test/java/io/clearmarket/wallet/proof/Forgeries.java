package io.clearmarket.wallet.proof;

import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import io.clearmarket.wallet.proof.InvalidProof.Check;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Forged proofs of a sample log's record 5, each with the check that finds it. */
final class Forgeries {
    private final SampleLog log;

    Forgeries(SampleLog log) {
        this.log = log;
    }

    /**
     * One forgery.
     *
     * @param finds the check that must refuse it
     */
    record Forgery(String name, Check finds, ObjectNode json) {
        byte[] file() {
            return CanonicalJson.bytes(json);
        }
    }

    List<Forgery> all() {
        return List.of(
                forged("another record", Check.RECORD, file -> withRecord(file, "{\"n\":6}")),
                forged("no record", Check.RECORD, file -> set(file, "record", null)),
                forged("the record as bytes", Check.FORMAT, file -> set(file, "bytes", "e30=")),
                forged("a number for a record", Check.FORMAT, file -> withRecord(file, "7")),
                forged(
                        "a leaf with another key",
                        Check.INCLUSION,
                        file -> leaf(file, "key", "\u0000item\u00009\u0000")),
                forged("a leaf in another block", Check.INCLUSION, file -> leaf(file, "block", 7)),
                forged("a leaf by another creator", Check.INCLUSION, file -> leaf(file, "creator", "00".repeat(32))),
                forged("a leaf of another transaction", Check.INCLUSION, file -> leaf(file, "transactionId", "ff")),
                forged("a leaf of another namespace", Check.INCLUSION, file -> leaf(file, "namespace", "other")),
                forged("a leaf with another value", Check.INCLUSION, file -> leaf(file, "value", "00".repeat(32))),
                forged("a leaf said to be deleted", Check.INCLUSION, file -> leaf(file, "value", LogLeaf.DELETED)),
                forged("a leaf of another network", Check.LOG, file -> leaf(file, "network", "example.com/other")),
                forged("a leaf of another channel", Check.LOG, file -> leaf(file, "channel", "other")),
                forged("a leaf with one member more", Check.FORMAT, file -> leaf(file, "more", 1)),
                forged("a leaf with one member less", Check.FORMAT, file -> leaf(file, "write", null)),
                forged("another format", Check.FORMAT, file -> set(file, "format", "clearmarket-proof/v2")),
                forged("a policy smuggled in", Check.FORMAT, file -> set(file, "policy", "quorum none")),
                forged("a disclosure of another value", Check.DISCLOSURE, file -> disclose(file, "value", "no wrap")),
                forged(
                        "a disclosure with another salt",
                        Check.DISCLOSURE,
                        file -> disclose(file, "salt", "11".repeat(32))),
                forged("a disclosure with a short salt", Check.DISCLOSURE, file -> disclose(file, "salt", "11")),
                forged("a salt in capitals", Check.DISCLOSURE, file -> disclose(file, "salt", "AB".repeat(32))),
                forged("a disclosure of another field", Check.DISCLOSURE, file -> disclose(file, "path", "name")),
                forged("a disclosure elsewhere", Check.DISCLOSURE, file -> disclose(file, "at", "/n")),
                forged("a disclosure nowhere", Check.DISCLOSURE, file -> disclose(file, "at", "no pointer")),
                forged("a wrong index", Check.INCLUSION, proof("index 5\n", "index 6\n")),
                forged("an index beyond the log", Check.INCLUSION, proof("index 5\n", "index 21\n")),
                forged("an index with a leading zero", Check.FORMAT, proof("index 5\n", "index 05\n")),
                forged("a negative index", Check.FORMAT, proof("index 5\n", "index -5\n")),
                forged("an enormous index", Check.FORMAT, proof("index 5\n", "index 18446744073709551621\n")),
                forged("extra data", Check.FORMAT, proof("index 5\n", "extra AAAA\nindex 5\n")),
                forged("another proof version", Check.FORMAT, proof("proof@v1", "proof@v2")),
                forged("an empty path", Check.INCLUSION, path(path -> List.of())),
                forged("a path too long", Check.INCLUSION, path(path -> plus(path, Merkle.EMPTY_ROOT))),
                forged("a path of a hundred", Check.FORMAT, path(path -> Collections.nCopies(100, Merkle.EMPTY_ROOT))),
                forged("a path too short", Check.INCLUSION, path(path -> path.subList(1, path.size()))),
                forged("a path turned round", Check.INCLUSION, path(List::reversed)),
                forged("a hash that is none", Check.FORMAT, proof("index 5\n", "index 5\nAAAA\n")),
                forged("a hash in other base64", Check.FORMAT, proof("=\n\nexample", "\n\nexample")),
                forged("a line of the checkpoint more", Check.FORMAT, proof("\n21\n", "\n21\nmore\n")),
                forged("another size", Check.SIGNATURE, proof("\n21\n", "\n22\n")),
                forged("another origin", Check.LOG, proof("\nexample.com/net/ch\n", "\nexample.com/net/cg\n")),
                forged("no checkpoint", Check.FORMAT, proof("\n\n", "\n")),
                forged("a log's signature by another key", Check.SIGNATURE, note(SampleLog::signedByAnotherLog)),
                forged("no witness", Check.QUORUM, note(note -> only(note, 1))),
                forged("too few witnesses", Check.QUORUM, note(note -> only(note, 2))),
                forged(
                        "a witness twice",
                        Check.FORMAT,
                        note(note -> note.with(note.signatures().getLast()))),
                forged("witnesses out of order", Check.FORMAT, note(Forgeries::swapped)),
                forged("an unknown witness", Check.FORMAT, note(SampleLog::cosignedByAStranger)),
                forged("a witness's name with another key", Check.FORMAT, note(SampleLog::cosignedByAnImpostor)),
                forged(
                        "a witness's signature of another time",
                        Check.SIGNATURE,
                        note(SampleLog::cosignedAtAnotherTime)),
                forged("a witness's plain signature", Check.FORMAT, note(SampleLog::cosignedAsALog)),
                forged("an old checkpoint", Check.INCLUSION, note(note -> log.note(4))),
                forged("a fork's checkpoint", Check.INCLUSION, note(note -> new SampleLog(22).fork(21))));
    }

    private Forgery forged(String name, Check finds, UnaryOperator<ObjectNode> forge) {
        ObjectNode file = (ObjectNode) Json.MAPPER.readTree(log.file(5).encoded());
        return new Forgery(name, finds, forge.apply(file));
    }

    private static ObjectNode set(ObjectNode node, String member, @Nullable Object value) {
        if (value == null) {
            node.remove(member);
        } else {
            node.set(member, Json.MAPPER.valueToTree(value));
        }
        return node;
    }

    private static ObjectNode withRecord(ObjectNode file, String json) {
        file.set("record", Json.MAPPER.readTree(json));
        return file;
    }

    private static ObjectNode leaf(ObjectNode file, String member, @Nullable Object value) {
        set((ObjectNode) file.get("leaf"), member, value);
        return file;
    }

    private static ObjectNode disclose(ObjectNode file, String member, @Nullable Object value) {
        set((ObjectNode) file.get("disclosures").get(0), member, value);
        return file;
    }

    private static UnaryOperator<ObjectNode> proof(String from, String to) {
        return file -> set(file, "proof", file.get("proof").stringValue().replaceFirst(from, to));
    }

    private static UnaryOperator<ObjectNode> proof(UnaryOperator<TlogProof> change) {
        return file -> set(
                file,
                "proof",
                change.apply(TlogProof.parse(file.get("proof").stringValue())).encoded());
    }

    private static UnaryOperator<ObjectNode> path(UnaryOperator<List<Hash>> change) {
        return proof(proof -> new TlogProof(proof.index(), change.apply(proof.path()), proof.checkpoint()));
    }

    private static UnaryOperator<ObjectNode> note(UnaryOperator<SignedNote> change) {
        return proof(proof -> new TlogProof(proof.index(), proof.path(), change.apply(proof.checkpoint())));
    }

    private static SignedNote only(SignedNote note, int signatures) {
        return new SignedNote(note.text(), note.signatures().subList(0, signatures));
    }

    private static SignedNote swapped(SignedNote note) {
        List<NoteSignature> signatures = new ArrayList<>(note.signatures());
        Collections.swap(signatures, 1, 2);
        return new SignedNote(note.text(), signatures);
    }

    private static List<Hash> plus(List<Hash> path, Hash hash) {
        List<Hash> longer = new ArrayList<>(path);
        longer.add(hash);
        return longer;
    }
}
