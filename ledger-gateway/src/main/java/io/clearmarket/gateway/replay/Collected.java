package io.clearmarket.gateway.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does together what many ask for within a short while.
 *
 * @param <T> what is asked for
 */
final class Collected<T> {
    private static final int WHILE_MILLIS = 1_000;

    private final int most;
    private final Function<List<T>, List<@Nullable RuntimeException>> together;
    private final Object lock = new Object();
    private List<Asked<T>> collected = new ArrayList<>();

    private record Asked<T>(T what, CompletableFuture<Void> done) {}

    /**
     * @param most how many at a time
     * @param together does them, and says of each why it failed, or null; or throws what all of them failed of
     */
    Collected(int most, Function<List<T>, List<@Nullable RuntimeException>> together) {
        this.most = most;
        this.together = together;
    }

    /** Asks for one; what comes back ends when it is done. */
    CompletableFuture<Void> ask(T what) {
        Asked<T> asked = new Asked<>(what, new CompletableFuture<>());
        List<Asked<T>> full = List.of();
        synchronized (lock) {
            collected.add(asked);
            if (collected.size() == 1) {
                Thread.ofVirtual().start(this::doAfterAWhile);
            }
            if (collected.size() == most) {
                full = take();
            }
        }
        doAll(full);
        return asked.done();
    }

    /** Waits for what {@link #ask} began, and throws what it failed of. */
    static void await(CompletableFuture<Void> done) {
        try {
            done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private List<Asked<T>> take() {
        List<Asked<T>> taken = collected;
        collected = new ArrayList<>();
        return taken;
    }

    private void doAfterAWhile() {
        try {
            Thread.sleep(WHILE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<Asked<T>> taken;
        synchronized (lock) {
            taken = take();
        }
        doAll(taken);
    }

    private void doAll(List<Asked<T>> asked) {
        if (asked.isEmpty()) {
            return;
        }
        try {
            List<@Nullable RuntimeException> failures =
                    together.apply(asked.stream().map(Asked::what).toList());
            for (int i = 0; i < asked.size(); i++) {
                end(asked.get(i), failures.get(i));
            }
        } catch (RuntimeException e) {
            asked.forEach(each -> end(each, e));
        }
    }

    private static void end(Asked<?> asked, @Nullable RuntimeException failure) {
        if (failure == null) {
            asked.done().complete(null);
        } else {
            asked.done().completeExceptionally(failure);
        }
    }
}
