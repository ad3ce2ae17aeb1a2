package io.clearmarket.gateway.epcis.bench;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/**
 * How long a kind of question takes.
 *
 * @param calls how often it was asked, after a tenth as many to warm up
 * @param p50 milliseconds; half of the calls took no longer
 * @param p99 milliseconds; all but a hundredth took no longer
 * @param meanThings how many things an answer holds
 */
public record Percentiles(int calls, double p50, double p99, double meanThings, int mostThings) {
    private static final int WARM_UP = 10;
    private static final double NANOS = 1e6;

    /** Asks so many questions and measures each; {@code things} tells the size of an answer. */
    static <T> Percentiles measure(int calls, IntFunction<T> question, ToIntFunction<T> things) {
        long[] nanos = new long[calls];
        long all = 0;
        int most = 0;
        for (int i = 0; i < calls / WARM_UP; i++) {
            most = Math.max(most, things.applyAsInt(question.apply(i)));
        }
        for (int i = 0; i < calls; i++) {
            long start = System.nanoTime();
            T answer = question.apply(calls + i);
            nanos[i] = System.nanoTime() - start;
            int size = things.applyAsInt(answer);
            all += size;
            most = Math.max(most, size);
        }
        Arrays.sort(nanos);
        return new Percentiles(
                calls, nanos[calls / 2] / NANOS, nanos[calls - 1 - calls / 100] / NANOS, (double) all / calls, most);
    }

    void print(PrintStream out, String what) {
        out.printf(
                Locale.ROOT,
                "  %-34s p50 %7.2f ms, p99 %7.2f ms; %.0f things in an answer, at most %d%n",
                what,
                p50,
                p99,
                meanThings,
                mostThings);
    }
}
