package io.clearmarket.gateway.up;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** One line a step, with the time it took and the time since the start. */
final class Progress {
    private final PrintStream out;
    private final Instant start = Instant.now();
    private Instant stepStart = start;

    Progress(PrintStream out) {
        this.out = out;
    }

    void done(String step) {
        Instant now = Instant.now();
        out.printf(
                Locale.ROOT,
                "  %-52s %5.1f s  (%.1f s)%n",
                step,
                seconds(Duration.between(stepStart, now)),
                seconds(Duration.between(start, now)));
        out.flush();
        stepStart = now;
    }

    /** A line of a step that takes long, as it was said. */
    void note(String line) {
        out.println("  " + line);
        out.flush();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
