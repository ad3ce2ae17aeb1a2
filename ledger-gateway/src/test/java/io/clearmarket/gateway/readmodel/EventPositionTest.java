package io.clearmarket.gateway.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventPositionTest {
    @Test
    void a_shorter_text_means_all_of_a_transaction_or_block() {
        List<EventPosition> inOrder = Stream.of("-1", "11", "12.0.0", "12.0.1", "12.0", "12.1.0", "12", "13.0.0")
                .map(EventPosition::parse)
                .toList();
        assertThat(inOrder).isSorted();
        assertThat(inOrder).extracting(EventPosition::toString).contains("12.0.1", "12.0", "12");
    }

    @Test
    void a_reader_goes_on_at_the_end_of_a_block_unless_it_is_further_already() {
        EventPosition inside = EventPosition.parse("12.0.1");
        assertThat(inside.orEndOf(11)).isEqualTo(inside);
        assertThat(inside.orEndOf(12)).isEqualTo(EventPosition.parse("12"));
        assertThat(inside.orEndOf(13)).isEqualTo(EventPosition.parse("13"));
    }

    @Test
    void another_form_is_refused() {
        assertThatThrownBy(() -> EventPosition.parse("12.")).isInstanceOf(InvalidQuery.class);
    }
}
