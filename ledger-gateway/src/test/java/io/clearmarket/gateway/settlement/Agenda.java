package io.clearmarket.gateway.settlement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** What happens when: time goes on from one thing to the next. Things at one instant happen in the order in which they were put here. */
final class Agenda {
    private final VirtualClock clock;
    private final List<Item> items = new ArrayList<>();
    private long added;

    private final class Item {
        private final boolean ofEngine;
        private final long order = added++;
        private final Supplier<Duration> action;
        private Instant at;

        Item(boolean ofEngine, Instant at, Supplier<Duration> action) {
            this.ofEngine = ofEngine;
            this.at = at;
            this.action = action;
        }
    }

    Agenda(VirtualClock clock) {
        this.clock = clock;
    }

    /** Happens again and again, whatever becomes of the engine. */
    void every(Duration interval, Runnable action) {
        items.add(new Item(false, clock.after(interval), () -> {
            action.run();
            return interval;
        }));
    }

    /**
     * Happens until the engine dies.
     *
     * @param action how long to wait until it happens again
     */
    void engine(Duration first, Supplier<Duration> action) {
        items.add(new Item(true, clock.after(first), action));
    }

    /** The engine does nothing more. */
    void drop() {
        items.removeIf(item -> item.ofEngine);
    }

    /** Goes on to the next thing and does it. */
    void next() {
        Item next = items.stream()
                .min(Comparator.comparing((Item item) -> item.at).thenComparingLong(item -> item.order))
                .orElseThrow();
        clock.advanceTo(next.at);
        Duration pause = next.action.get();
        // a round that finds more to do at once takes some time all the same
        next.at = clock.after(pause.isZero() ? Duration.ofMillis(20) : pause);
    }
}
