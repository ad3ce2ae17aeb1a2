package io.clearmarket.network.fabric.node;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A node's log, and what of it tells why the node does not do what it should. */
public final class NodeLog {
    private static final Pattern COLOURS = Pattern.compile("\u001B\\[[0-9;]*m");
    private static final Pattern TELLING = Pattern.compile("(?i)\\b(FATA|PANI|ERRO|panic:|fatal|error)\\b.*");
    private static final int LINES = 6;
    private static final int LONGEST = 300;
    private static final int TAIL_BYTES = 256 << 10;

    private final Path file;
    private volatile long start;

    public NodeLog(Path file) {
        this.file = file;
    }

    public Path file() {
        return file;
    }

    /** What is in the file until now is another run's. */
    void mark() throws IOException {
        start = Files.exists(file) ? Files.size(file) : 0;
    }

    /** One text of the last errors of this run, or the last lines where there is none, and where the rest is. */
    public String telling() {
        List<String> lines = lines();
        List<String> telling =
                lines.stream().filter(line -> TELLING.matcher(line).find()).toList();
        List<String> shown = telling.isEmpty() ? lines : telling;
        List<String> last = shown.subList(Math.max(0, shown.size() - LINES), shown.size());
        return last.isEmpty()
                ? "its log " + file + " is empty"
                : "its log " + file + " says:\n  " + String.join("\n  ", last);
    }

    private List<String> lines() {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(start, log.length() - TAIL_BYTES);
            log.seek(from);
            byte[] tail = new byte[(int) (log.length() - from)];
            log.readFully(tail);
            return COLOURS.matcher(new String(tail, StandardCharsets.UTF_8))
                    .replaceAll("")
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST) + " ..." : line)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
