package io.clearmarket.gateway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProofBenchTest {
    private static final int MOST_BYTES_BESIDE_THE_RECORD = 4_096;

    @Test
    void a_proof_in_a_log_of_ten_million_leaves_has_four_kilobytes_at_most_beside_its_record() {
        ProofBench.Figures figures = ProofBench.run(10_000_000, 100, true);
        assertThat(figures.pathHashes()).isBetween(20, 24);
        assertThat(figures.fileBytes() - figures.recordBytes()).isLessThanOrEqualTo(MOST_BYTES_BESIDE_THE_RECORD);
        assertThat(figures.java().p99()).isPositive();
        ProofBench.Times browser = figures.browser();
        assumeThat(browser).as("no Chromium: only Java is timed").isNotNull();
        assertThat(Objects.requireNonNull(browser).p99()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 7, 1000, 123_457})
    void a_made_up_tree_of_any_size_is_verified(long leaves) {
        assertThat(ProofBench.run(leaves, 1, false).fileBytes()).isPositive();
    }
}
