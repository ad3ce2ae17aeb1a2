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
        String[] named = {""};
        updates.forEach((namespace, key, update) -> {
            try {
                // an item names its namespace only where a new one begins
                write(namespace.equals(named[0]) ? "" : namespace, key, update, out);
                named[0] = namespace;
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        });
    }

    private static void write(String namespace, String key, UpdateBatch.Update update, CodedOutputStream out)
            throws IOException {
        StateValue stored = update.value();
        ByteString value = stored == null ? ByteString.EMPTY : stored.value();
        byte[] version = version(update.version());
        int size = (namespace.isEmpty() ? 0 : CodedOutputStream.computeStringSize(NAMESPACE, namespace))
                + (key.isEmpty() ? 0 : CodedOutputStream.computeStringSize(KEY, key))
                + (stored == null ? CodedOutputStream.computeBoolSize(IS_DELETE, true) : 0)
                + (value.isEmpty() ? 0 : CodedOutputStream.computeBytesSize(VALUE, value))
                + CodedOutputStream.computeByteArraySize(VERSION, version);
        out.writeTag(ITEM, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(size);
        if (!namespace.isEmpty()) {
            out.writeString(NAMESPACE, namespace);
        }
        if (!key.isEmpty()) {
            out.writeString(KEY, key);
        }
        if (stored == null) {
            out.writeBool(IS_DELETE, true);
        }
        if (!value.isEmpty()) {
            out.writeBytes(VALUE, value);
        }
        out.writeByteArray(VERSION, version);
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
