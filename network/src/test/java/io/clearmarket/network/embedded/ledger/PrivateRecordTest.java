package io.clearmarket.network.embedded.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PrivateRecordTest {
    private static final PrivateRecord RECORD =
            new PrivateRecord.Transient("id", 3, ByteString.copyFromUtf8("plaintext"));

    @Test
    void what_is_written_is_read() {
        assertThat(PrivateRecord.parse(RECORD.toBytes())).isEqualTo(RECORD);
    }

    @Test
    void a_length_below_zero_is_no_record() {
        byte[] bytes = RECORD.toBytes();
        ByteBuffer.wrap(bytes).putInt(bytes.length - "plaintext".length() - Integer.BYTES, -1);
        assertThatThrownBy(() -> PrivateRecord.parse(bytes))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("a length of -1");
    }
}
