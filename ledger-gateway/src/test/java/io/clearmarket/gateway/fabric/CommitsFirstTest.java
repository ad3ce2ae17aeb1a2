package io.clearmarket.gateway.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CommitsFirstTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Test
    void a_block_waits_until_its_commits_are_told() throws Exception {
        CommitsFirst commits = new CommitsFirst(LONG);
        commits.told(4);
        commits.await(4);

        Thread reader = reading(commits, 5);
        while (reader.isAlive() && reader.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        heard.add("commits of 5");
        commits.told(5);

        assertThat(reader.join(LONG)).isTrue();
        assertThat(List.of(next(), next())).containsExactly("commits of 5", "block 5");
    }

    @Test
    void a_block_that_is_read_long_after_its_commits_does_not_wait() throws Exception {
        CommitsFirst commits = new CommitsFirst(LONG);
        commits.told(400);

        assertThat(reading(commits, 0).join(LONG.dividedBy(2))).isTrue();
    }

    @Test
    void where_nobody_follows_commits_no_block_waits() throws Exception {
        assertThat(reading(new CommitsFirst(LONG), 7).join(LONG.dividedBy(2))).isTrue();
    }

    @Test
    void a_block_whose_commits_nobody_tells_is_read_all_the_same() throws Exception {
        CommitsFirst commits = new CommitsFirst(Duration.ofMillis(20));
        commits.told(4);

        commits.await(9);
    }

    private Thread reading(CommitsFirst commits, long block) {
        return Thread.ofVirtual().start(() -> {
            try {
                commits.await(block);
                heard.add("block " + block);
            } catch (InterruptedException e) {
                heard.add("interrupted");
            }
        });
    }

    private String next() throws InterruptedException {
        return String.valueOf(heard.poll(30, TimeUnit.SECONDS));
    }
}
