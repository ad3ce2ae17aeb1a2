package io.clearmarket.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilenceTest {
    @Test
    void it_is_too_long_once_it_has_lasted_and_begins_anew_with_each_word() throws InterruptedException {
        Duration longest = Duration.ofMillis(30);
        Silence silence = new Silence(longest);
        assertThat(silence.left()).isLessThanOrEqualTo(longest);

        Thread.sleep(longest);
        assertThat(silence.isTooLong()).isTrue();
        assertThat(silence.left()).isZero();

        Silence other = new Silence(Duration.ofMinutes(1));
        Duration before = other.left();
        Thread.sleep(5);
        other.broken();
        assertThat(other.left()).isGreaterThan(before.minusMillis(5));
        assertThat(other.isTooLong()).isFalse();
    }
}
