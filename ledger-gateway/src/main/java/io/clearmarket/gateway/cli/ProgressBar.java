package io.clearmarket.gateway.cli;

import java.io.PrintStream;
import java.util.Locale;

/** How far something is, on one line of a terminal; a line every tenth where there is no terminal. */
final class ProgressBar {
    private static final int WIDTH = 40;

    private final PrintStream out;
    private final int total;
    private final boolean terminal = Boolean.getBoolean("clearmarket.terminal");
    private final long start = System.nanoTime();
    private int shownTenths;

    ProgressBar(PrintStream out, int total) {
        this.out = out;
        this.total = total;
    }

    synchronized void at(int done) {
        int tenths = total == 0 ? 10 : (int) (10L * done / total);
        if (!terminal && tenths == shownTenths) {
            return;
        }
        shownTenths = tenths;
        int filled = total == 0 ? WIDTH : (int) ((long) WIDTH * done / total);
        double seconds = (System.nanoTime() - start) / 1e9;
        out.printf(
                Locale.ROOT,
                "%s[%s%s] %d/%d  %.1f/s%s",
                terminal ? "\r" : "",
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                done,
                total,
                done / Math.max(seconds, 0.001),
                terminal && done < total ? "" : System.lineSeparator());
        out.flush();
    }
}
