package io.clearmarket.gateway.proof.witness;

import io.clearmarket.gateway.proof.tree.TilePath;
import io.clearmarket.gateway.proof.verifier.VerifierHtml;
import io.clearmarket.wallet.proof.Checkpoint;
import io.clearmarket.wallet.proof.InvalidProof;
import io.clearmarket.wallet.proof.ProofVerifier;
import io.clearmarket.wallet.proof.SignedNote;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an organisation gives out from an origin of its own, at the same paths as the gateway: the log as its own peer has it (C2SP tlog-tiles),
 * checkpoints that are the same as its own tree, its policy, the verifier page.
 */
final class Origin {
    static final String CHECKPOINT = "/log/checkpoint";

    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String BYTES = "application/octet-stream";
    private static final Pattern TILE = Pattern.compile("/log/tile/(entries|[0-9]{1,2})/(.{1,60})");

    private final Witness witness;
    private final String policy;
    private final ProofVerifier verifier;
    private final VerifierHtml page;
    private final NoteFile published;

    /**
     * @param policy whom this organisation tells its readers to trust, C2SP tlog-policy
     * @param published the newest checkpoint that a quorum cosigned
     */
    Origin(Witness witness, String policy, ProofVerifier verifier, NoteFile published) {
        this.witness = witness;
        this.policy = policy;
        this.verifier = verifier;
        this.page = VerifierHtml.of(policy);
        this.published = published;
    }

    /** Answers a GET. */
    Reply get(String path) throws IOException {
        return switch (path) {
            case "/" -> Reply.text(302, "/verify").with("Location", "/verify");
            case "/verify" ->
                new Reply(
                        200,
                        "text/html; charset=utf-8",
                        page.bytes(),
                        Map.of("Content-Security-Policy", page.contentSecurityPolicy(), "Cache-Control", "no-cache"));
            case "/health" -> Reply.text(200, witness.mspId() + " has read up to block " + (witness.nextBlock() - 1));
            case "/log/policy" -> Reply.text(200, policy);
            case CHECKPOINT -> note(published);
            case "/log/cosigned" -> note(witness.cosigned());
            default -> tile(path);
        };
    }

    private static Reply note(NoteFile file) {
        return file.note()
                .map(note -> Reply.text(200, note.encoded()).with("Cache-Control", "no-store"))
                .orElseGet(() -> Reply.text(404, "there is none yet; ask again in a second"));
    }

    private Reply tile(String path) throws IOException {
        Matcher matcher = TILE.matcher(path);
        if (!matcher.matches()) {
            return Reply.NOT_FOUND;
        }
        Optional<TilePath> wanted = TilePath.parse(matcher.group(2));
        if (wanted.isEmpty()) {
            return Reply.text(400, "this is no tile's path; for example 067 or x001/234.p/17");
        }
        String level = matcher.group(1);
        Optional<byte[]> found = level.equals("entries")
                ? witness.log().entries(wanted.get())
                : witness.log().hashes(Integer.parseInt(level), wanted.get());
        return found.map(bytes -> new Reply(200, BYTES, bytes, Map.of("Cache-Control", FOR_EVER)))
                .orElse(Reply.NOT_FOUND);
    }

    /**
     * Takes a checkpoint that a quorum cosigned, from whoever brings it, if it is larger than the one before and its root that of this
     * organisation's own tree.
     */
    Reply offered(SignedNote note) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        try {
            verifier.verify(checkpoint, note);
        } catch (InvalidProof e) {
            return Reply.text(403, String.valueOf(e.getMessage()));
        }
        return published(checkpoint, note);
    }

    private synchronized Reply published(Checkpoint checkpoint, SignedNote note) {
        long before = published.checkpoint().map(Checkpoint::size).orElse(0L);
        if (checkpoint.size() <= before) {
            return Reply.text(200, "a checkpoint of " + before + " leaves is here");
        }
        if (checkpoint.size() > witness.log().size()) {
            return Reply.text(503, "my peer has shown " + witness.log().size() + " leaves so far")
                    .with("Retry-After", "1");
        }
        if (!witness.has(checkpoint)) {
            return Reply.text(
                    422,
                    "the peer of " + witness.mspId() + " wrote something else than this log's " + checkpoint.size()
                            + " leaves");
        }
        published.replace(note);
        return Reply.text(200, "a checkpoint of " + checkpoint.size() + " leaves is here");
    }
}
