package io.clearmarket.gateway.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DumpDifferenceTest {
    private static final String DUMP = "chain o.1 {\"gross\":\"90\"}\nconsignment o.1 {}\nevidence {}\n";

    @Test
    void equal_dumps_do_not_differ() {
        assertThat(DumpDifference.of(DUMP, DUMP)).isEmpty();
    }

    @Test
    void a_lost_payout_shows_what_was_expected_and_what_is_there() {
        assertThat(DumpDifference.of(DUMP, DUMP.replace("90", "0")))
                .containsExactly("+ chain o.1 {\"gross\":\"0\"}", "- chain o.1 {\"gross\":\"90\"}");
    }

    @Test
    void a_line_too_many_differs_even_if_it_repeats_another() {
        assertThat(DumpDifference.of(DUMP, DUMP + "evidence {}\n")).containsExactly("+ evidence {}");
    }
}
