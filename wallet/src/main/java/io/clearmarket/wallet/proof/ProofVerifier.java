package io.clearmarket.wallet.proof;

import io.clearmarket.wallet.proof.InvalidProof.Check;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Checks proof files against a pinned policy, without any network. */
public final class ProofVerifier {
    private final TrustPolicy policy;

    /** @param policy whom to trust; from the verifier's own hand, never from what is verified */
    public ProofVerifier(TrustPolicy policy) {
        this.policy = policy;
    }

    /**
     * Checks a file.
     *
     * @throws InvalidProof naming the first check that failed
     */
    public VerifiedProof verify(byte[] file) {
        ProofFile parsed = ProofFile.parse(file);
        TlogProof proof = TlogProof.parse(parsed.proof());
        Checkpoint checkpoint = Checkpoint.parse(proof.checkpoint().text());
        Map<String, Instant> witnesses = verify(checkpoint, proof.checkpoint());
        if (!parsed.leaf().origin().equals(checkpoint.origin())) {
            throw new InvalidProof(
                    Check.LOG,
                    "the record is of " + Shortened.of(parsed.leaf().origin()) + ", but the log is "
                            + checkpoint.origin());
        }
        Hash leaf = leaf(parsed);
        if (!Merkle.isIncluded(proof.index(), checkpoint.size(), leaf, checkpoint.root(), proof.path())) {
            throw new InvalidProof(
                    Check.INCLUSION,
                    "leaf " + proof.index() + " is not shown to be in the log of " + checkpoint.size() + " leaves");
        }
        requireValue(parsed);
        parsed.disclosures().forEach(disclosure -> requireDisclosed(parsed.record(), disclosure));
        return new VerifiedProof(parsed.leaf(), parsed.record(), checkpoint, witnesses, parsed.disclosures());
    }

    /**
     * Checks a checkpoint: signed by a log of the policy first, then by witnesses of the policy that are a quorum, their
     * names ascending, and by nobody else.
     *
     * @return when each witness cosigned, by its name in the policy
     * @throws InvalidProof if it is anything else
     */
    public Map<String, Instant> verify(Checkpoint checkpoint, SignedNote note) {
        NoteKey log = policy.log(checkpoint.origin())
                .orElseThrow(() ->
                        new InvalidProof(Check.LOG, "the policy knows no log " + Shortened.of(checkpoint.origin())));
        requireSignature(log, note, note.signatures().getFirst());
        Map<String, Instant> times = new LinkedHashMap<>();
        Set<NoteKey> cosigned = new HashSet<>();
        String before = "";
        for (NoteSignature signature :
                note.signatures().subList(1, note.signatures().size())) {
            NoteKey witness = witness(signature);
            if (witness.name().compareTo(before) <= 0) {
                throw InvalidProof.format("witnesses cosign once each, in the order of their names");
            }
            before = witness.name();
            requireSignature(witness, note, signature);
            cosigned.add(witness);
            times.put(
                    policy.nameOf(witness).orElse(witness.name()),
                    Instant.ofEpochSecond(NoteKey.time(signature.signature())));
        }
        if (!policy.quorum().isMetBy(cosigned)) {
            throw new InvalidProof(
                    Check.QUORUM, "cosigned by " + times.keySet() + ", which is no quorum of the policy");
        }
        return times;
    }

    private NoteKey witness(NoteSignature signature) {
        return policy.witnesses().values().stream()
                .filter(key -> key.isNamedBy(signature))
                .findFirst()
                .orElseThrow(() -> InvalidProof.format(
                        "the policy knows no witness key that " + signature.name() + " signed with"));
    }

    private static void requireSignature(NoteKey key, SignedNote note, NoteSignature signature) {
        if (!key.isNamedBy(signature) || !key.verifies(note.text(), signature)) {
            throw new InvalidProof(
                    Check.SIGNATURE, "the checkpoint is not what " + key.name() + " signed with the key in the policy");
        }
    }

    private static Hash leaf(ProofFile file) {
        try {
            return file.leaf().hash();
        } catch (IllegalArgumentException notCanonical) {
            throw InvalidProof.format("the leaf has no canonical form: " + notCanonical.getMessage());
        }
    }

    private static void requireValue(ProofFile file) {
        byte[] value = file.value();
        String hash = value == null ? LogLeaf.DELETED : Hash.sha256(value).hex();
        if (!hash.equals(file.leaf().value())) {
            throw new InvalidProof(Check.RECORD, "the record hashes to " + hash + ", but the log has another");
        }
    }

    private static void requireDisclosed(@Nullable JsonNode record, ProofFile.Disclosure disclosure) {
        try {
            byte[] salt = HexFormat.of().parseHex(disclosure.salt());
            boolean canonical = HexFormat.of().formatHex(salt).equals(disclosure.salt());
            String committed = record == null
                    ? ""
                    : record.at(JsonPointer.compile(disclosure.at())).asString("");
            if (canonical
                    && FieldCommitment.of(salt, disclosure.path(), disclosure.value())
                            .hex()
                            .equals(committed)) {
                return;
            }
        } catch (IllegalArgumentException malformed) {
            // refused below
        }
        throw new InvalidProof(
                Check.DISCLOSURE,
                "the record does not commit to this value of " + Shortened.of(disclosure.path()) + " at "
                        + Shortened.of(disclosure.at()));
    }
}
