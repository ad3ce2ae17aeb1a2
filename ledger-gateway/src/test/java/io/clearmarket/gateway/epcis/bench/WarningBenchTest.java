package io.clearmarket.gateway.epcis.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.epcis.bench.WarningBench.Count;
import io.clearmarket.gateway.epcis.bench.WarningBench.Figures;
import io.clearmarket.gateway.epcis.warning.Warning.Kind;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarningBenchTest {
    private static final int STORIES = 1_400;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void what_is_wrong_is_found_and_what_is_found_is_wrong_on_any_seed(long seed) {
        Figures figures = WarningBench.run(seed, STORIES);
        for (Kind kind : Kind.values()) {
            Count count = Objects.requireNonNull(figures.kinds().get(kind));
            assertThat(count.due()).as(kind + " due").isGreaterThanOrEqualTo(80);
            assertThat(count.recall()).as(kind + " recall " + figures.missed()).isGreaterThanOrEqualTo(0.95);
            assertThat(count.precision()).as(kind + " precision " + count).isGreaterThanOrEqualTo(0.90);
        }
        assertThat(figures.honest()).isGreaterThan(650);
    }
}
