package io.clearmarket.gateway.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.attester.AttesterStep;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class KillTest {

    @Test
    void twenty_kills_hit_each_kind_of_settlement_step_and_some_moments() {
        List<Kill> plan = Kill.plan(7, 20, 900);

        assertThat(plan).hasSize(20);
        assertThat(plan)
                .filteredOn(Kill.AtStep.class::isInstance)
                .extracting(kill -> ((Kill.AtStep) kill).step())
                .as("what a replay passes in the gateway")
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.copyOf(Kill.NOT_IN_A_REPLAY)));
        assertThat(plan)
                .filteredOn(Kill.AtAttesterStep.class::isInstance)
                .extracting(kill -> ((Kill.AtAttesterStep) kill).step())
                .containsExactlyInAnyOrder(AttesterStep.values());
        assertThat(plan.stream()
                        .filter(Kill.AtMoment.class::isInstance)
                        .mapToLong(kill -> ((Kill.AtMoment) kill).steps())
                        .sum())
                .as("leaves room before the replay's last step")
                .isLessThan(900);
    }

    @Test
    void the_same_seed_kills_at_the_same_moments_and_another_at_others() {
        assertThat(Kill.plan(7, 20, 900)).isEqualTo(Kill.plan(7, 20, 900)).isNotEqualTo(Kill.plan(8, 20, 900));
    }

    @Test
    void few_kills_hit_as_many_different_steps() {
        assertThat(Kill.plan(7, 3, 90))
                .hasSize(3)
                .noneMatch(Kill.AtMoment.class::isInstance)
                .doesNotHaveDuplicates();
    }
}
