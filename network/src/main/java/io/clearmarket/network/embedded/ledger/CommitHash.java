package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
        digest.update(varint(filter.length));
        digest.update(filter);
        digest.update(encode(updates));
        digest.update(previous.asReadOnlyByteBuffer());
        return ByteString.copyFrom(digest.digest());
    }

    private static byte[] varint(int value) {
        byte[] bytes = new byte[CodedOutputStream.computeUInt32SizeNoTag(value)];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            out.writeUInt32NoTag(value);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes;
    }

    private static byte[] encode(UpdateBatch updates) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        String[] named = {""};
        updates.forEach((namespace, key, update) -> {
            try {
                // an item names its namespace only where a new one begins
                out.writeByteArray(ITEM, item(namespace.equals(named[0]) ? "" : namespace, key, update));
                named[0] = namespace;
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        });
        try {
            out.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] item(String namespace, String key, UpdateBatch.Update update) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        if (!namespace.isEmpty()) {
            out.writeString(NAMESPACE, namespace);
        }
        if (!key.isEmpty()) {
            out.writeByteArray(KEY, ByteString.copyFromUtf8(key).toByteArray());
        }
        StateValue value = update.value();
        if (value == null) {
            out.writeBool(IS_DELETE, true);
        } else if (!value.value().isEmpty()) {
            out.writeBytes(VALUE, value.value());
        }
        out.writeByteArray(VERSION, version(update.version()));
        out.flush();
        return bytes.toByteArray();
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
