package io.clearmarket.chaincode.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class CommandJsonTest {
    private static final Command.Accept ACCEPT = new Command.Accept(
            new CommandId("accept-1"),
            new ConsignmentId("order-0001.1"),
            3,
            new Command.Part(Amount.parse("1267650600228229401496703205375"), List.of()));

    @Test
    void a_command_survives_its_canonical_json_with_every_digit() {
        byte[] json = CanonicalJson.bytes(ACCEPT);
        assertThat(new String(json, UTF_8))
                .isEqualTo("{\"commandId\":\"accept-1\",\"consignmentId\":\"order-0001.1\",\"part\":{\"amount\":"
                        + "\"1267650600228229401496703205375\",\"lines\":[]},\"version\":3}");
        assertThat(Json.MAPPER.readValue(json, Command.Accept.class)).isEqualTo(ACCEPT);
    }

    @Test
    void every_command_has_a_name_of_its_own() {
        assertThat(CommandName.types())
                .containsEntry("accept", Command.Accept.class)
                .hasSize(54);
        assertThat(CommandName.types().values()).doesNotHaveDuplicates();
    }

    @Test
    void amounts_are_whole_not_negative_and_below_two_to_the_120() {
        for (String bad : List.of("-1", "1.5", "", "01", "1e3", Amount.LIMIT.toString(), " 1")) {
            assertThatThrownBy(() -> Amount.parse(bad)).as(bad).isInstanceOf(InvalidValue.class);
        }
        assertThatThrownBy(() -> Amount.ZERO.minus(Amount.of(1))).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> Json.MAPPER.readValue("{\"amount\":5,\"currency\":\"BRL\"}", Money.class))
                .as("a JSON number is no amount")
                .isInstanceOf(JacksonException.class);
    }
}
