package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One record of a peer's private data. */
sealed interface PrivateRecord {
    /** Where a transaction's plaintext for one collection belongs; ordered by block, then transaction. */
    record Place(long block, int transaction, String chaincode, String collection) implements Comparable<Place> {
        /** Before every place in a block. */
        static Place startOf(long block) {
            return new Place(block, -1, "", "");
        }

        @Override
        public int compareTo(Place other) {
            int order = Long.compare(block, other.block);
            order = order != 0 ? order : Integer.compare(transaction, other.transaction);
            order = order != 0 ? order : chaincode.compareTo(other.chaincode);
            return order != 0 ? order : collection.compareTo(other.collection);
        }
    }

    /**
     * Plaintext of a transaction that is not committed yet.
     *
     * @param height of the ledger when it came; it is not kept for ever
     * @param plaintext {@code TxPvtReadWriteSet} bytes
     */
    record Transient(String transactionId, long height, ByteString plaintext) implements PrivateRecord {}

    /** Committed plaintext: {@code KVRWSet} bytes. */
    record Committed(Place place, ByteString plaintext) implements PrivateRecord {}

    /** A committed transaction wrote to the collection, and the plaintext is not here. */
    record Missing(Place place) implements PrivateRecord {}

    default byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            switch (this) {
                case Transient transientData -> {
                    out.writeByte('T');
                    out.writeUTF(transientData.transactionId());
                    out.writeLong(transientData.height());
                    write(out, transientData.plaintext());
                }
                case Committed committed -> {
                    out.writeByte('C');
                    write(out, committed.place());
                    write(out, committed.plaintext());
                }
                case Missing missing -> {
                    out.writeByte('M');
                    write(out, missing.place());
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** @throws UncheckedIOException if the bytes are no record */
    static PrivateRecord parse(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte kind = in.readByte();
            return switch (kind) {
                case 'T' -> new Transient(in.readUTF(), in.readLong(), readBytes(in));
                case 'C' -> new Committed(readPlace(in), readBytes(in));
                case 'M' -> new Missing(readPlace(in));
                default -> throw new IOException("unknown kind of private data record: " + kind);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(DataOutputStream out, Place place) throws IOException {
        out.writeLong(place.block());
        out.writeInt(place.transaction());
        out.writeUTF(place.chaincode());
        out.writeUTF(place.collection());
    }

    private static Place readPlace(DataInputStream in) throws IOException {
        return new Place(in.readLong(), in.readInt(), in.readUTF(), in.readUTF());
    }

    private static void write(DataOutputStream out, ByteString bytes) throws IOException {
        out.writeInt(bytes.size());
        bytes.writeTo(out);
    }

    private static ByteString readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            throw new IOException("a length of " + length + " in a private data record");
        }
        return ByteString.copyFrom(in.readNBytes(length));
    }
}
