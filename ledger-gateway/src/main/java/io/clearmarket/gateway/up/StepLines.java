package io.clearmarket.gateway.up;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The lines that a starting network writes for people, one a step, as they come into its log. */
final class StepLines {
    private static final Pattern STEP = Pattern.compile(" {2}\\S.* \\d+\\.\\d s");

    private final Path log;
    private long read;

    /** From the log's present end: what is there is another run's. */
    StepLines(Path log) {
        this.log = log;
        try {
            read = Files.exists(log) ? Files.size(log) : 0;
        } catch (IOException e) {
            throw new UpException(log + " can't be read: " + e.getMessage());
        }
    }

    /** The steps done since it was last asked. */
    List<String> next() {
        if (!Files.exists(log)) {
            return List.of();
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(read);
            byte[] bytes = new byte[(int) (file.length() - read)];
            file.readFully(bytes);
            String text = new String(bytes, UTF_8);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            read += whole.getBytes(UTF_8).length;
            return whole.lines().filter(line -> STEP.matcher(line).matches()).toList();
        } catch (IOException e) {
            throw new UpException(log + " can't be read: " + e.getMessage());
        }
    }
}
