package io.clearmarket.gateway.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Looks through every file below a folder for bytes, and for what they become in other encodings. */
public final class Scan {
    private final Path folder;

    public Scan(Path folder) {
        this.folder = folder;
    }

    /** Files that hold the text, in any of the encodings that something here writes. */
    public Set<Path> filesWith(String text) throws IOException {
        Set<Path> found = filesWith(text.getBytes(UTF_8));
        found.addAll(filesWith(text.getBytes(UTF_16BE)));
        found.addAll(filesWith(text.getBytes(UTF_16LE)));
        return found;
    }

    /** Files that hold the bytes as they are, in hexadecimal, or in base64 wherever they begin in it. */
    public Set<Path> filesWith(byte[] bytes) throws IOException {
        String hex = HexFormat.of().formatHex(bytes);
        List<String> forms = Stream.concat(
                        Stream.of(new String(bytes, ISO_8859_1), hex, hex.toUpperCase(Locale.ROOT)),
                        Stream.of(0, 1, 2).map(offset -> base64(bytes, offset)))
                .toList();
        Set<Path> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = content(file);
                if (forms.stream().anyMatch(content::contains)) {
                    found.add(folder.relativize(file));
                }
            }
        }
        return found;
    }

    /** Only those characters of it that depend on these bytes alone. */
    private static String base64(byte[] bytes, int offset) {
        byte[] shifted = new byte[offset + bytes.length];
        System.arraycopy(bytes, 0, shifted, offset, bytes.length);
        int whole = shifted.length - shifted.length % 3;
        String text = Base64.getEncoder().encodeToString(Arrays.copyOf(shifted, whole));
        return text.substring(offset == 0 ? 0 : 4);
    }

    /** A file that is gone by now holds nothing. */
    private static String content(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1);
        } catch (NoSuchFileException gone) {
            return "";
        }
    }
}
