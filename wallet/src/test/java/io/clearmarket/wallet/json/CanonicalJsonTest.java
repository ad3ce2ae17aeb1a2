package io.clearmarket.wallet.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class CanonicalJsonTest {
    record Line(String sku, long minor, List<String> tags) {}

    @Test
    void the_sorting_example_of_rfc_8785_comes_out_as_printed_there() {
        String input = """
                {"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew Letter Dalet With Dagesh",
                 "1": "One", "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control",
                 "\\u00f6": "Latin Small Letter O With Diaeresis"}""";
        assertThat(new String(CanonicalJson.bytes(input), UTF_8))
                .isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                        + "\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    @Test
    void the_serialisation_example_of_rfc_8785_has_its_published_form() {
        String input = """
                {"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                 "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                 "literals": [null, true, false]}""";
        // 333333333.33333329 is the RFC's own example of a number with more digits than a double; refused here
        assertThatThrownBy(() -> CanonicalJson.bytes(input)).hasMessageContaining("write it as a string");
        assertThat(new String(CanonicalJson.bytes(input.replace("33333329", "3333333")), UTF_8))
                .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    @Test
    void records_and_maps_with_the_same_members_are_the_same_bytes() {
        Map<String, Object> map = Map.of("tags", List.of("b", "a"), "sku", "x", "minor", 12L);
        byte[] expected = "{\"minor\":12,\"sku\":\"x\",\"tags\":[\"b\",\"a\"]}".getBytes(UTF_8);
        assertThat(CanonicalJson.bytes(new Line("x", 12, List.of("b", "a")))).isEqualTo(expected);
        assertThat(CanonicalJson.bytes((Object) map)).isEqualTo(expected);
        assertThat(CanonicalJson.sha256((Object) map)).hasSize(32).isEqualTo(CanonicalJson.sha256(map));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":1} x",
                "{\"a\":9007199254740993}",
                "{\"a\":1e400}",
                "{\"a\":0.1000000000000000055}",
                "[\"\\ud800\"]",
                "{\"\\udc00\":1}",
                "1",
                "\"text\"",
                "",
                "{'a':1}",
                "[NaN]"
            })
    void what_has_no_one_meaning_is_refused(String json) {
        assertThatThrownBy(() -> CanonicalJson.bytes(json)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_amount_that_a_double_cannot_hold_is_refused_in_values_too() {
        assertThat(CanonicalJson.bytes(List.of((1L << 53) - 1))).asString(UTF_8).isEqualTo("[9007199254740991]");
        assertThatThrownBy(() -> CanonicalJson.bytes(List.of(1L << 53))).hasMessageContaining("9007199254740992");
        assertThatThrownBy(() -> CanonicalJson.bytes(List.of(Long.MIN_VALUE))).hasMessageContaining("more digits");
        assertThatThrownBy(() -> CanonicalJson.bytes(List.of(new BigDecimal("0.10000000000000000001"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sku\":\"x\",\"minor\":1,\"tags\":[],\"more\":1}",
                "{\"sku\":\"x\",\"minor\":1.5,\"tags\":[]}",
                "{\"sku\":\"x\",\"minor\":null,\"tags\":[]}",
                "{\"sku\":\"x\",\"tags\":[]}",
                "{\"sku\":\"x\",\"minor\":1,\"minor\":2,\"tags\":[]}",
                "{\"sku\":\"x\",\"minor\":1,\"tags\":[]} {}"
            })
    void the_mapper_refuses_what_a_record_does_not_say(String json) {
        assertThatThrownBy(() -> Json.MAPPER.readValue(json, Line.class)).isInstanceOf(JacksonException.class);
    }
}
