package io.clearmarket.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuantileTest {
    private static final int SAMPLE = 1_000;

    @Test
    void it_is_a_value_that_so_many_do_not_exceed() {
        List<Double> seconds = List.of(1.0, 2.0, 3.0, 4.0);
        assertThat(Quantile.of(seconds, 0.5)).isEqualTo(2.0);
        assertThat(Quantile.of(seconds, 0.95)).isEqualTo(4.0);
        assertThat(Quantile.of(List.of(), 0.5)).isZero();
        assertThat(Quantile.error(List.of(), 0.5)).isZero();
        assertThat(Quantile.error(List.of(7.0), 0.99)).isZero();
    }

    /** Of many samples the quantiles differ by as much as each of them says. */
    @Test
    void its_error_is_how_far_samples_lie_apart() {
        SplittableRandom random = new SplittableRandom(1);
        List<List<Double>> samples = IntStream.range(0, 400)
                .mapToObj(i -> random.doubles(SAMPLE, 0, 200).sorted().boxed().toList())
                .toList();
        for (double part : new double[] {0.5, 0.9}) {
            double mean = samples.stream()
                    .mapToDouble(each -> Quantile.of(each, part))
                    .average()
                    .orElseThrow();
            double apart = Math.sqrt(samples.stream()
                    .mapToDouble(each -> Math.pow(Quantile.of(each, part) - mean, 2))
                    .average()
                    .orElseThrow());
            double said = samples.stream()
                    .mapToDouble(each -> Quantile.error(each, part))
                    .average()
                    .orElseThrow();
            assertThat(said).isCloseTo(apart, within(apart / 5));
        }
    }
}
