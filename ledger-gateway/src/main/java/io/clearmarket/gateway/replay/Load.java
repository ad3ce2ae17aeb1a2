package io.clearmarket.gateway.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Sends commands and times each. */
final class Load {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private Load() {}

    /**
     * What came of it.
     *
     * @param seconds from the first command to the last one's end
     * @param millis how long each took, the shortest first
     */
    record Sent(double seconds, List<Double> millis) {
        Sent {
            millis = List.copyOf(millis);
        }

        double perSecond() {
            return millis.size() / seconds;
        }
    }

    /** As many at a time as are allowed, each as soon as another has ended. */
    static <T> Sent atOnce(List<T> commands, int inFlight, Consumer<T> way) {
        Semaphore places = new Semaphore(inFlight);
        return send(
                commands,
                System.nanoTime(),
                i -> {
                    places.acquireUninterruptibly();
                    return System.nanoTime();
                },
                way,
                places::release);
    }

    /**
     * One after another, independently of each other, at a rate on average (a Poisson process, the same in every run), however many are under way. A
     * steady beat would keep step with the orderer's timer. A command's time begins when it was due, so that one which had to wait for the sender
     * counts the wait.
     *
     * @param seed of the moments: those who are compared have the same, and parts of one long load each another
     */
    static <T> Sent paced(List<T> commands, double perSecond, long seed, Consumer<T> way) {
        long start = System.nanoTime();
        RandomGenerator gaps = new SplittableRandom(seed);
        AtomicLong due = new AtomicLong(start);
        return send(
                commands,
                start,
                i -> {
                    long at = due.getAndAdd((long) (gaps.nextExponential() * NANOS_PER_SECOND / perSecond));
                    sleepUntil(at);
                    return at;
                },
                way,
                () -> {});
    }

    /** When the i-th may start; what it counts from, as {@link System#nanoTime}. */
    private interface Gate {
        long await(int i);
    }

    private static <T> Sent send(List<T> commands, long start, Gate gate, Consumer<T> way, Runnable after) {
        List<Future<Double>> running = new ArrayList<>();
        List<Double> millis = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < commands.size(); i++) {
                long from = gate.await(i);
                T command = commands.get(i);
                running.add(threads.submit(() -> {
                    try {
                        way.accept(command);
                        return (System.nanoTime() - from) / NANOS_PER_MILLI;
                    } finally {
                        after.run();
                    }
                }));
            }
            for (Future<Double> one : running) {
                millis.add(one.get());
            }
        } catch (ExecutionException e) {
            throw new ReplayException("a command failed: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayException("interrupted");
        }
        Collections.sort(millis);
        return new Sent((System.nanoTime() - start) / NANOS_PER_SECOND, millis);
    }

    private static void sleepUntil(long nanoTime) {
        pause(Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime())));
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayException("interrupted");
        }
    }
}
