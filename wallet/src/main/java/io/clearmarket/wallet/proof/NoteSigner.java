package io.clearmarket.wallet.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.ed25519.Ed25519Key;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Signs checkpoints, as a log or as a witness. Keeps no state: that it signs no fork is its caller's duty. */
public final class NoteSigner {
    private final NoteKey key;
    private final Ed25519Key secret;

    private NoteSigner(NoteKey key, Ed25519Key secret) {
        this.key = key;
        this.secret = secret;
    }

    /**
     * A log's signer.
     *
     * @param origin the log's name, first line of its checkpoints
     */
    public static NoteSigner log(String origin, Ed25519Key secret) {
        return new NoteSigner(NoteKey.of(origin, NoteKey.Kind.LOG, secret.publicKey()), secret);
    }

    /** A witness's signer. */
    public static NoteSigner witness(String name, Ed25519Key secret) {
        return new NoteSigner(NoteKey.of(name, NoteKey.Kind.WITNESS, secret.publicKey()), secret);
    }

    /** The key that verifies what this signs. */
    public NoteKey key() {
        return key;
    }

    /**
     * A signature of the checkpoint.
     *
     * @param now goes into a witness's cosignature, in whole seconds; a log's signature has no time
     */
    public NoteSignature sign(Checkpoint checkpoint, Instant now) {
        String text = checkpoint.text();
        byte[] signature = switch (key.kind()) {
            case LOG -> secret.sign(text.getBytes(UTF_8));
            case WITNESS -> {
                byte[] signed = secret.sign(NoteKey.cosigned(text, now.getEpochSecond()));
                yield ByteBuffer.allocate(Long.BYTES + signed.length)
                        .putLong(now.getEpochSecond())
                        .put(signed)
                        .array();
            }
        };
        return new NoteSignature(key.name(), key.id(), signature);
    }
}
