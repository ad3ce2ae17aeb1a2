package io.clearmarket.wallet.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A {@code .clearmarket-proof}: a record, its place in the log and what is disclosed of its private fields. As bytes it is
 * its own RFC 8785 JSON, so that there is one file for one content.
 *
 * @param format {@link #FORMAT}
 * @param leaf the write
 * @param record the value written, if that is JSON in canonical form
 * @param bytes the value written, in base64, if it is not; neither for a key that was deleted
 * @param disclosures of private fields; may be empty
 * @param proof the text of a {@link TlogProof}
 */
public record ProofFile(
        String format,
        LogLeaf leaf,
        @Nullable JsonNode record,
        @Nullable String bytes,
        List<Disclosure> disclosures,
        String proof) {
    /** This version's name. */
    public static final String FORMAT = "clearmarket-proof/v1";

    /** The largest file that is read. */
    public static final int MOST_BYTES = 1 << 20;

    /**
     * A private field that the record commits to.
     *
     * @param at JSON pointer (RFC 6901) of the commitment in the record
     * @param path the field's name, part of the commitment
     * @param value the field's value
     * @param salt 32 bytes in hexadecimal
     */
    public record Disclosure(String at, String path, String value, String salt) {}

    public ProofFile {
        disclosures = List.copyOf(disclosures);
    }

    /**
     * A proof about a value.
     *
     * @param value what was written; null if the key was deleted
     */
    public static ProofFile of(LogLeaf leaf, byte @Nullable [] value, List<Disclosure> disclosures, TlogProof proof) {
        JsonNode record = value == null ? null : canonicalJson(value);
        String bytes = value == null || record != null ? null : Base64Text.encode(value);
        return new ProofFile(FORMAT, leaf, record, bytes, disclosures, proof.encoded());
    }

    /**
     * A file from its bytes.
     *
     * @throws InvalidProof if they are malformed or not in the canonical form
     */
    public static ProofFile parse(byte[] file) {
        if (file.length > MOST_BYTES) {
            throw InvalidProof.format("a proof file has at most " + MOST_BYTES + " bytes, not " + file.length);
        }
        try {
            JsonNode tree = Json.MAPPER.readTree(utf8(file));
            if (!Arrays.equals(CanonicalJson.bytes(tree), file)) {
                throw InvalidProof.format("the file is not in its canonical form (RFC 8785)");
            }
            ProofFile parsed = Json.MAPPER.treeToValue(tree, ProofFile.class);
            if (!parsed.format().equals(FORMAT)) {
                throw InvalidProof.format("the format is \"" + Shortened.of(parsed.format()) + "\", not " + FORMAT);
            }
            return parsed;
        } catch (JacksonException e) {
            throw InvalidProof.format("not a proof file: " + Shortened.of(e.getOriginalMessage()));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw InvalidProof.format("not a proof file: " + Shortened.of(String.valueOf(e.getMessage())));
        }
    }

    /** The file's bytes. */
    public byte[] encoded() {
        return CanonicalJson.bytes(this);
    }

    /** The bytes of the value that was written, null if the key was deleted. */
    byte @Nullable [] value() {
        if (record != null && bytes != null) {
            throw InvalidProof.format("a proof file has a record or bytes, not both");
        }
        if (record != null) {
            if (!record.isContainer()) {
                throw InvalidProof.format("a record is a JSON object or array; anything else is given as bytes");
            }
            return CanonicalJson.bytes(record);
        }
        return bytes == null ? null : Base64Text.decode(bytes);
    }

    private static @Nullable JsonNode canonicalJson(byte[] value) {
        try {
            JsonNode tree = Json.MAPPER.readTree(utf8(value));
            return tree.isContainer() && Arrays.equals(CanonicalJson.bytes(tree), value) ? tree : null;
        } catch (JacksonException | IllegalArgumentException | CharacterCodingException notCanonicalJson) {
            return null;
        }
    }

    private static String utf8(byte[] bytes) throws CharacterCodingException {
        return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
}
