package io.clearmarket.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadTest {
    private static final List<Integer> COMMANDS = IntStream.range(0, 40).boxed().toList();

    @Test
    void no_more_than_allowed_are_under_way_and_each_is_sent_once() {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Queue<Integer> sent = new ConcurrentLinkedQueue<>();
        Load.Sent load = Load.atOnce(COMMANDS, 4, command -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            sent.add(command);
            underWay.decrementAndGet();
        });
        assertThat(sent).containsExactlyInAnyOrderElementsOf(COMMANDS);
        assertThat(most.get()).isBetween(1, 4);
        assertThat(load.millis()).hasSize(COMMANDS.size()).isSorted();
    }

    @Test
    void at_a_rate_on_average_a_slow_one_holds_up_no_other() {
        CountDownLatch others = new CountDownLatch(COMMANDS.size() - 1);
        Load.Sent load = Load.paced(COMMANDS, 400, COMMANDS.size(), command -> {
            if (command == 0) {
                await(others);
            } else {
                others.countDown();
            }
        });
        double secondsOnAverage = (COMMANDS.size() - 1) / 400.0;
        assertThat(load.seconds()).isGreaterThan(secondsOnAverage / 2);
        assertThat(load.millis().getLast()).isGreaterThan(secondsOnAverage * 1e3 / 2);
    }

    @Test
    void a_command_that_fails_fails_the_measurement() {
        assertThatThrownBy(() -> Load.atOnce(COMMANDS, 4, command -> {
                    throw new IllegalStateException("refused " + command);
                }))
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("refused");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
