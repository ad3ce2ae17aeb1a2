package io.clearmarket.wallet.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class RequiredComponentsTest {
    @NullMarked
    record Sample(
            String name,
            @Nullable String note,
            int count,
            List<String> tags,
            @Nullable List<String> more) {}

    @Test
    void a_nullable_component_may_be_absent_or_null_and_is_left_out_when_written() {
        Sample absent = Json.MAPPER.readValue("{\"name\":\"a\",\"count\":1,\"tags\":[]}", Sample.class);
        Sample empty = Json.MAPPER.readValue("{\"name\":\"a\",\"note\":null,\"count\":1,\"tags\":[]}", Sample.class);
        assertThat(absent).isEqualTo(empty);
        assertThat(new String(CanonicalJson.bytes(absent), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("{\"count\":1,\"name\":\"a\",\"tags\":[]}");
    }

    @Test
    void every_other_component_is_required_and_not_null() {
        for (String json : List.of(
                "{\"count\":1,\"tags\":[]}",
                "{\"name\":null,\"count\":1,\"tags\":[]}",
                "{\"name\":\"a\",\"tags\":[]}",
                "{\"name\":\"a\",\"count\":1}",
                "{\"name\":\"a\",\"count\":null,\"tags\":[]}",
                "{\"name\":\"a\",\"count\":1,\"tags\":null}",
                "{\"name\":\"a\",\"count\":1,\"tags\":[null]}",
                "{\"name\":\"a\",\"count\":1,\"tags\":[],\"more\":[null]}",
                "{\"name\":1,\"count\":1,\"tags\":[]}",
                "{\"name\":true,\"count\":1,\"tags\":[]}",
                "{\"name\":1.5,\"count\":1,\"tags\":[]}")) {
            assertThatThrownBy(() -> Json.MAPPER.readValue(json, Sample.class))
                    .as(json)
                    .isInstanceOf(JacksonException.class);
        }
    }
}
