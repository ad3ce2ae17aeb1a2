package io.clearmarket.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PortSharesTest {
    private static final int SIZE = 250;

    @Test
    void what_one_process_has_taken_no_other_is_given() {
        // what tells another process is a socket, so that a second object stands for one
        List<Integer> one = new PortShares(10_000, 20_000, SIZE).take();
        List<Integer> other = new PortShares(10_000, 20_000, SIZE).take();

        assertThat(one).hasSize(SIZE - 1).doesNotContainAnyElementsOf(other);
        int first = one.getFirst() - 1;
        assertThat(PortShares.isFree(first)).isFalse();
        assertThatThrownBy(() -> new PortShares(first, first + SIZE, SIZE).take())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no free port from " + first);
    }
}
