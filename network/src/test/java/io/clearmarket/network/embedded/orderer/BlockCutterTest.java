package io.clearmarket.network.embedded.orderer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.orderer.BlockCutter.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockCutterTest {
    private final BlockCutter cutter = new BlockCutter(new BatchLimits(3, 1000, 100));

    @Test
    void a_block_is_cut_when_the_count_is_reached() {
        assertThat(cutter.ordered(message(1))).isEmpty();
        assertThat(cutter.ordered(message(2))).isEmpty();

        assertThat(cutter.ordered(message(3))).containsExactly(List.of(message(1), message(2), message(3)));
        assertThat(cutter.hasPending()).isFalse();
    }

    @Test
    void what_would_exceed_the_preferred_size_goes_into_the_next_block() {
        cutter.ordered(message(60));

        assertThat(cutter.ordered(message(50))).containsExactly(List.of(message(60)));
        assertThat(cutter.cut()).containsExactly(message(50));
    }

    @Test
    void a_message_over_the_preferred_size_is_alone_and_does_not_overtake() {
        cutter.ordered(message(10));

        assertThat(cutter.ordered(message(500))).containsExactly(List.of(message(10)), List.of(message(500)));
        assertThat(cutter.cut()).isEmpty();
    }

    private static Message message(int size) {
        return new Message(ByteString.copyFrom(new byte[size]), size);
    }
}
