package io.clearmarket.gateway.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReorganiserTest {

    @Test
    void reorganisations_are_spread_over_a_replay_and_follow_from_the_seed() {
        List<Long> plan = Reorganiser.plan(7, 6, 900);

        assertThat(plan).hasSize(6).isSorted().allMatch(step -> step < 900);
        assertThat(plan).isEqualTo(Reorganiser.plan(7, 6, 900)).isNotEqualTo(Reorganiser.plan(8, 6, 900));
    }
}
