package io.clearmarket.network.fabric.lifecycle;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** A gzipped tar archive (POSIX.1-1988 ustar) in which equal content gives equal bytes: no times, no owners. */
final class TarArchive {
    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int CHECKSUM_AT = 148;

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    /** @throws IllegalArgumentException if the name is longer than the format's 100 bytes */
    TarArchive add(String name, byte[] file) {
        byte[] header = new byte[BLOCK];
        byte[] nameBytes = name.getBytes(UTF_8);
        if (nameBytes.length > NAME) {
            throw new IllegalArgumentException("'" + name + "' is too long a name for a tar archive");
        }
        put(header, 0, nameBytes);
        put(header, 100, octal(0644, 7));
        put(header, 108, octal(0, 7));
        put(header, 116, octal(0, 7));
        put(header, 124, octal(file.length, 11));
        put(header, 136, octal(0, 11));
        put(header, CHECKSUM_AT, "        ".getBytes(US_ASCII));
        header[156] = '0';
        put(header, 257, "ustar\u000000".getBytes(US_ASCII));
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, CHECKSUM_AT, octal(sum, 6));
        header[CHECKSUM_AT + 6] = 0;
        content.writeBytes(header);
        content.writeBytes(file);
        content.writeBytes(new byte[(BLOCK - file.length % BLOCK) % BLOCK]);
        return this;
    }

    byte[] gzipped() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            content.writeTo(gzip);
            gzip.write(new byte[2 * BLOCK]);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static byte[] octal(long value, int digits) {
        String text = Long.toOctalString(value);
        return ("0".repeat(digits - text.length()) + text).getBytes(US_ASCII);
    }

    private static void put(byte[] header, int at, byte[] field) {
        System.arraycopy(field, 0, header, at, field.length);
    }
}
