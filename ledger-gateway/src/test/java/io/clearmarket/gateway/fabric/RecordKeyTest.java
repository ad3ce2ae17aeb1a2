package io.clearmarket.gateway.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.RecordKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordKeyTest {
    @Test
    void a_composite_key_is_a_kind_and_the_parts_of_an_id() {
        assertThat(RecordKey.parse("\0order\0order-0001\0"))
                .contains(new RecordKey(RecordKind.ORDER, List.of("order-0001")));
        assertThat(RecordKey.parse("\0itemevent\0urn:epc:1\0ni:///x\0"))
                .contains(new RecordKey(RecordKind.ITEMEVENT, List.of("urn:epc:1", "ni:///x")));
    }

    @Test
    void other_keys_are_no_records() {
        assertThat(RecordKey.parse("plain")).isEmpty();
        assertThat(RecordKey.parse("")).isEmpty();
        assertThat(RecordKey.parse("\0unheard\0of\0")).isEmpty();
    }
}
