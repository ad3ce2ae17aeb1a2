package io.clearmarket.wallet.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.ed25519.Ed25519Key;
import io.clearmarket.wallet.json.CanonicalJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A small log with two witnesses. */
final class SampleLog {
    static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    static final int DELETED = 3;
    static final int BINARY = 4;

    private static final String NETWORK = "example.com/net";
    private static final String ORIGIN = NETWORK + "/ch";
    private static final NoteSigner LOG = NoteSigner.log(ORIGIN, key(1));
    private static final NoteSigner AUDIT = NoteSigner.witness("example.com/net/AuditMSP", key(2));
    private static final NoteSigner MERCHANTS = NoteSigner.witness("example.com/net/MerchantsMSP", key(3));
    private static final byte[] SALT = HexFormat.of().parseHex("ab".repeat(FieldCommitment.SALT_BYTES));

    private final ReferenceTree tree = new ReferenceTree();
    private final int size;

    SampleLog(int size) {
        this.size = size;
        for (int i = 0; i < size; i++) {
            tree.add(leaf(i).hash());
        }
    }

    static Ed25519Key key(int seed) {
        byte[] bytes = new byte[Ed25519Key.KEY_BYTES];
        bytes[31] = (byte) seed;
        return Ed25519Key.fromSeed(bytes);
    }

    TrustPolicy policy() {
        return TrustPolicy.parse(policyText());
    }

    static String policyText() {
        return "log " + LOG.key() + "\nwitness audit " + AUDIT.key() + "\nwitness merchants " + MERCHANTS.key()
                + "\ngroup quorum all audit merchants\nquorum quorum\n";
    }

    static byte[] value(int i) {
        return i == BINARY
                ? new byte[] {1, 2, 3, (byte) 0xff}
                : CanonicalJson.bytes(Map.of(
                        "n",
                        i,
                        "note",
                        FieldCommitment.of(SALT, "note", "gift wrap").hex()));
    }

    LogLeaf leaf(int i) {
        String value = i == DELETED ? LogLeaf.DELETED : Hash.sha256(value(i)).hex();
        String id = Hash.sha256(("t" + i).getBytes(UTF_8)).hex();
        return new LogLeaf(NETWORK, "ch", i / 4, i % 4, 0, id, id, "market", "\u0000item\u0000" + i + "\u0000", value);
    }

    ProofFile file(int i) {
        List<ProofFile.Disclosure> disclosures = i == DELETED || i == BINARY
                ? List.of()
                : List.of(new ProofFile.Disclosure(
                        "/note", "note", "gift wrap", HexFormat.of().formatHex(SALT)));
        return ProofFile.of(
                leaf(i),
                i == DELETED ? null : value(i),
                disclosures,
                new TlogProof(i, tree.inclusion(i, size), note(size)));
    }

    SignedNote note(int size) {
        return signed(new Checkpoint(ORIGIN, size, tree.root(size)));
    }

    /** A checkpoint of that size by all the right keys, over another tree. */
    SignedNote fork(int size) {
        return signed(new Checkpoint(ORIGIN, size, tree.root(this.size)));
    }

    private static SignedNote signed(Checkpoint checkpoint) {
        return note(checkpoint, LOG, AUDIT, MERCHANTS);
    }

    private static SignedNote note(Checkpoint checkpoint, NoteSigner... signers) {
        List<NoteSignature> signatures = new ArrayList<>();
        for (NoteSigner signer : signers) {
            signatures.add(signer.sign(checkpoint, NOW));
        }
        return new SignedNote(checkpoint.text(), signatures);
    }

    static SignedNote signedByAnotherLog(SignedNote note) {
        return note(Checkpoint.parse(note.text()), NoteSigner.log(ORIGIN, key(9)), AUDIT, MERCHANTS);
    }

    static SignedNote cosignedByAStranger(SignedNote note) {
        return note.with(
                NoteSigner.witness("example.com/net/Stranger", key(9)).sign(Checkpoint.parse(note.text()), NOW));
    }

    static SignedNote cosignedByAnImpostor(SignedNote note) {
        return note(
                Checkpoint.parse(note.text()),
                LOG,
                NoteSigner.witness(AUDIT.key().name(), key(9)),
                MERCHANTS);
    }

    static SignedNote cosignedAtAnotherTime(SignedNote note) {
        NoteSignature honest = note.signatures().get(1);
        byte[] signature = honest.signature().clone();
        signature[7]++;
        List<NoteSignature> signatures = new ArrayList<>(note.signatures());
        signatures.set(1, new NoteSignature(honest.name(), honest.keyId(), signature));
        return new SignedNote(note.text(), signatures);
    }

    static SignedNote cosignedAsALog(SignedNote note) {
        return note(
                Checkpoint.parse(note.text()), LOG, NoteSigner.log(AUDIT.key().name(), key(2)), MERCHANTS);
    }
}
