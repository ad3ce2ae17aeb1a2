package io.clearmarket.gateway.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EndorsementPlacesTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void no_more_are_endorsed_at_a_time_than_there_are_places_and_all_are_in_the_end() throws Exception {
        EndorsementPlaces places = new EndorsementPlaces(3, LONG);
        AtomicInteger now = new AtomicInteger();
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch full = new CountDownLatch(3);
        List<Future<Integer>> endorsed = new ArrayList<>();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                endorsed.add(threads.submit(() -> places.take(() -> {
                    seen.add(now.incrementAndGet());
                    full.countDown();
                    await(full); // nobody is through before three are in
                    return now.decrementAndGet();
                })));
            }
        }

        assertThat(endorsed).hasSize(20).allMatch(one -> one.state() == Future.State.SUCCESS);
        assertThat(seen).allMatch(atOnce -> atOnce <= 3).contains(3);
    }

    @Test
    void a_place_is_free_again_after_a_refusal() {
        EndorsementPlaces places = new EndorsementPlaces(1, LONG);

        assertThatThrownBy(() -> places.take(() -> {
                    throw new LedgerFailure.Conflict("peers differ", null);
                }))
                .isInstanceOf(LedgerFailure.Conflict.class);

        assertThat(places.take(() -> "endorsed")).isEqualTo("endorsed");
    }

    @Test
    void who_finds_no_place_in_time_is_told_which_setting_it_is_and_asks_nobody() throws Exception {
        EndorsementPlaces places = new EndorsementPlaces(1, Duration.ofMillis(20));
        CountDownLatch in = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> slow = threads.submit(() -> places.take(() -> {
                in.countDown();
                await(done);
                return "endorsed";
            }));
            await(in);

            assertThatThrownBy(() -> places.take(() -> "asked"))
                    .isInstanceOf(LedgerFailure.Unavailable.class)
                    .hasMessageContaining("clearmarket.endorsed-at-once");

            done.countDown();
            assertThat(slow.get()).isEqualTo("endorsed");
        }
        assertThat(places.take(() -> "free again")).isEqualTo("free again");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
