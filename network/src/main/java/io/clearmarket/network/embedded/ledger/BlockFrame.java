package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.hyperledger.fabric.protos.common.Block;

/**
 * A block in a file: its length, the CRC-32C of the length, the CRC-32C of its bytes (four bytes each, big-endian), its
 * bytes. With a checksum of its own the length can be believed, so a torn tail is told from a damaged middle.
 */
sealed interface BlockFrame {
    /** Bytes before the block's own. */
    int HEAD = 12;

    /** A good frame and where the one after it begins. */
    record Whole(Block block, int next) implements BlockFrame {}

    /** A frame whose writing was interrupted: nothing follows it. */
    record Torn() implements BlockFrame {}

    /** A frame that was once complete, or the trace of something that is none. */
    record Damaged() implements BlockFrame {}

    static byte[] of(Block block) {
        byte[] content = block.toByteArray();
        return ByteBuffer.allocate(HEAD + content.length)
                .putInt(content.length)
                .putInt(crc(content.length))
                .putInt(crc(content, 0, content.length))
                .put(content)
                .array();
    }

    /** Judges the frame at an offset of a file's bytes. */
    static BlockFrame read(byte[] file, int at) {
        if (file.length - at < HEAD || onlyZeros(file, at)) {
            return new Torn();
        }
        ByteBuffer head = ByteBuffer.wrap(file, at, HEAD);
        int length = head.getInt();
        int lengthCrc = head.getInt();
        int contentCrc = head.getInt();
        if (length <= 0 || lengthCrc != crc(length)) {
            return new Damaged();
        }
        int available = file.length - at - HEAD;
        if (length > available) {
            return new Torn();
        }
        if (crc(file, at + HEAD, length) != contentCrc) {
            return length == available ? new Torn() : new Damaged();
        }
        try {
            Block block = Block.parser().parseFrom(file, at + HEAD, length);
            return new Whole(block, at + HEAD + length);
        } catch (InvalidProtocolBufferException e) {
            return new Damaged();
        }
    }

    /** The content of the frame at the file's position. */
    static byte[] readContent(RandomAccessFile file) throws IOException {
        int length = file.readInt();
        if (file.readInt() != crc(length)) {
            throw new IOException("checksum mismatch of a length");
        }
        byte[] content = new byte[length];
        int contentCrc = file.readInt();
        file.readFully(content);
        if (crc(content, 0, length) != contentCrc) {
            throw new IOException("checksum mismatch");
        }
        return content;
    }

    private static int crc(int length) {
        return crc(ByteBuffer.allocate(Integer.BYTES).putInt(length).array(), 0, Integer.BYTES);
    }

    private static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    /** A file system may grow a file before it writes its content. */
    private static boolean onlyZeros(byte[] file, int from) {
        for (int i = from; i < file.length; i++) {
            if (file[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
