package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/** The chained hash of a block's verdicts and state changes, by which peers compare themselves (fabric-protocol 2.7). */
final class CommitHash {
    private static final int ITEM = 1;
    private static final int NAMESPACE = 1;
    private static final int COLLECTION = 2;
    private static final int KEY = 3;
    private static final int IS_DELETE = 4;
    private static final int VALUE = 5;
    private static final int VERSION = 6;

    private CommitHash() {}

    static ByteString next(byte[] filter, UpdateBatch updates, ByteString previous) {
        MessageDigest digest = BlockHashes.sha256();
        CodedOutputStream out =
                CodedOutputStream.newInstance(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        try {
            out.writeByteArrayNoTag(filter);
            write(updates, out);
            out.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        digest.update(previous.asReadOnlyByteBuffer());
        return ByteString.copyFrom(digest.digest());
    }

    private static void write(UpdateBatch updates, CodedOutputStream out) {
        Heading[] named = {new Heading("", "")};
        updates.forEach((namespace, key, update) -> {
            try {
                Heading here = new Heading(HashedKeys.chaincode(namespace), HashedKeys.collection(namespace));
                write(here.since(named[0]), HashedKeys.bytes(namespace, key), update, out);
                named[0] = here;
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        });
    }

    /** Where items stand; an item names its namespace, and its collection, only where a new one begins. */
    private record Heading(String namespace, String collection) {
        Heading since(Heading before) {
            boolean sameNamespace = namespace.equals(before.namespace());
            return new Heading(
                    sameNamespace ? "" : namespace,
                    sameNamespace && collection.equals(before.collection()) ? "" : collection);
        }
    }

    private static void write(Heading heading, ByteString key, UpdateBatch.Update update, CodedOutputStream out)
            throws IOException {
        StateValue stored = update.value();
        ByteString value = stored == null ? ByteString.EMPTY : stored.value();
        byte[] version = version(update.version());
        int size = size(NAMESPACE, heading.namespace())
                + size(COLLECTION, heading.collection())
                + (key.isEmpty() ? 0 : CodedOutputStream.computeBytesSize(KEY, key))
                + (stored == null ? CodedOutputStream.computeBoolSize(IS_DELETE, true) : 0)
                + (value.isEmpty() ? 0 : CodedOutputStream.computeBytesSize(VALUE, value))
                + CodedOutputStream.computeByteArraySize(VERSION, version);
        out.writeTag(ITEM, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(size);
        if (!heading.namespace().isEmpty()) {
            out.writeString(NAMESPACE, heading.namespace());
        }
        if (!heading.collection().isEmpty()) {
            out.writeString(COLLECTION, heading.collection());
        }
        if (!key.isEmpty()) {
            out.writeBytes(KEY, key);
        }
        if (stored == null) {
            out.writeBool(IS_DELETE, true);
        }
        if (!value.isEmpty()) {
            out.writeBytes(VALUE, value);
        }
        out.writeByteArray(VERSION, version);
    }

    private static int size(int field, String text) {
        return text.isEmpty() ? 0 : CodedOutputStream.computeStringSize(field, text);
    }

    private static byte[] version(Version version) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        orderPreserving(version.block(), bytes);
        orderPreserving(version.transaction(), bytes);
        return bytes.toByteArray();
    }

    /** A length byte, then as few big-endian bytes as the number needs; zero needs none. */
    private static void orderPreserving(long number, ByteArrayOutputStream out) {
        int length = (Long.SIZE - Long.numberOfLeadingZeros(number) + Byte.SIZE - 1) / Byte.SIZE;
        out.write(length);
        for (int i = length - 1; i >= 0; i--) {
            out.write((int) (number >>> (Byte.SIZE * i)));
        }
    }
}
