package io.clearmarket.chaincode.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DecodedTest {
    private final Decoded decoded = new Decoded();
    private final AtomicInteger decodings = new AtomicInteger();

    private String decode(byte[] content) {
        decodings.incrementAndGet();
        return new String(content, UTF_8);
    }

    @Test
    void the_same_bytes_are_decoded_once_and_others_by_themselves() {
        for (int i = 0; i < 3; i++) {
            assertThat(decoded.of(String.class, "a".getBytes(UTF_8), this::decode))
                    .isEqualTo("a");
            assertThat(decoded.of(String.class, "b".getBytes(UTF_8), this::decode))
                    .isEqualTo("b");
        }
        assertThat(decodings).hasValue(2);
    }

    @Test
    void the_same_bytes_as_another_type_are_another_thing() {
        assertThat(decoded.of(String.class, "7".getBytes(UTF_8), this::decode)).isEqualTo("7");
        assertThat(decoded.of(Integer.class, "7".getBytes(UTF_8), bytes -> Integer.valueOf(new String(bytes, UTF_8))))
                .isEqualTo(7);
    }

    @Test
    void only_the_newest_are_remembered_and_no_long_ones() {
        byte[] first = "0".getBytes(UTF_8);
        for (int i = 0; i <= 500; i++) {
            decoded.of(String.class, Integer.toString(i).getBytes(UTF_8), this::decode);
        }
        decoded.of(String.class, first, this::decode);
        assertThat(decodings).hasValue(502);
        byte[] large = new byte[16 * 1024 + 1];
        decoded.of(String.class, large, this::decode);
        decoded.of(String.class, large, this::decode);
        assertThat(decodings).hasValue(504);
    }

    @Test
    void a_failure_is_not_remembered() {
        byte[] content = "x".getBytes(UTF_8);
        assertThatIllegalStateException()
                .isThrownBy(() -> decoded.of(String.class, content, bytes -> {
                    throw new IllegalStateException("no");
                }));
        assertThat(decoded.of(String.class, content, this::decode)).isEqualTo("x");
    }
}
