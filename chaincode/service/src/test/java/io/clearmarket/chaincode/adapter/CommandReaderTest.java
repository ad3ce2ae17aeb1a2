package io.clearmarket.chaincode.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonValue;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.DeliveryCondition;
import io.clearmarket.chaincode.api.DeliveryCondition.Effect;
import io.clearmarket.chaincode.api.DeliveryCondition.Expected;
import io.clearmarket.chaincode.api.DeliveryCondition.Range;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.domain.Bazaar;
import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class CommandReaderTest {
    private static final String ACCEPT =
            "{\"commandId\":\"accept-1\",\"consignmentId\":\"order-0001.1\",\"part\":{\"lines\":[1]},\"version\":3}";

    @Test
    void what_a_client_writes_is_what_the_rules_get() {
        for (Command command : commands()) {
            byte[] json = CanonicalJson.bytes(command);
            assertThat((Object) CommandReader.read(command.getClass(), json)).isEqualTo(command);
        }
    }

    @Test
    void a_range_of_readings_is_read_with_one_bound_or_both_kept_or_broken_and_not_in_other_types() {
        ObjectNode order = Json.MAPPER.valueToTree(Bazaar.opened().order());
        ArrayNode conditions = ((ObjectNode) order.path("consignments").path(0).path("terms")).putArray("conditions");
        for (Range range : List.of(
                new Range("Temperature", "CEL", 2_000L, 8_000L, true),
                new Range("Temperature", "CEL", -40_000L, null, false),
                new Range("RelativeHumidity", "P1", null, 60_000L, true))) {
            conditions.addPOJO(new DeliveryCondition(
                    Effect.FREEZE,
                    0,
                    List.of(Bazaar.CARRIER.asker().party()),
                    new Expected(null, null, null, range),
                    60));
        }
        Command.PlaceOrder command =
                Json.MAPPER.readValue(Json.MAPPER.writeValueAsBytes(order), Command.PlaceOrder.class);
        String json = new String(CanonicalJson.bytes(command), UTF_8);
        assertThat(CommandReader.read(Command.PlaceOrder.class, json.getBytes(UTF_8)))
                .isEqualTo(command);
        for (String wrong : List.of(
                json.replace("\"least\":2000", "\"least\":\"2000\""),
                json.replace("\"least\":2000", "\"least\":2000.5"),
                json.replace("\"kept\":true", "\"kept\":\"true\""))) {
            assertThat(wrong).isNotEqualTo(json);
            assertThatExceptionOfType(RequestRefused.class)
                    .isThrownBy(() -> CommandReader.read(Command.PlaceOrder.class, wrong.getBytes(UTF_8)))
                    .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(RefusalCode.WRONG_TYPE));
        }
    }

    @Test
    void refuses_text_that_no_database_of_text_can_hold() {
        Command order = commands().stream()
                .filter(command -> new String(CanonicalJson.bytes(command), UTF_8).contains("\"product\":\""))
                .findFirst()
                .orElseThrow();
        String json = new String(CanonicalJson.bytes(order), UTF_8).replaceFirst("\"product\":\"", "$0\\\\u0000");
        assertThatExceptionOfType(RequestRefused.class)
                .isThrownBy(() -> CommandReader.read(order.getClass(), json.getBytes(UTF_8)))
                .withMessageContaining("product holds the character U+0000");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        MALFORMED_JSON  | "version":3}       | "version":3         | with something open
        MALFORMED_JSON  | "version":3        | version:3           | must stand at line 1, column
        MALFORMED_JSON  | "version":3        | "version":NaN       | must stand at line 1, column
        TRAILING_BYTES  | "version":3}       | "version":3} {}     | follows
        TRAILING_BYTES  | "version":3}       | "version":3}x       | follows
        DUPLICATE_FIELD | "version":3        | "version":3,"version":3 | Duplicate
        UNKNOWN_FIELD   | "version":3        | "version":3,"x":1   | x is not a member
        UNKNOWN_FIELD   | "lines":[1]        | "lines":[1],"all":1 | part.all is not a member
        MISSING_FIELD   | ,"version":3       | ''                  | version is missing
        MISSING_FIELD   | "lines":[1]        | "lines":null        | part.lines is missing
        WRONG_TYPE      | "version":3        | "version":"3"       | version must be a whole number
        WRONG_TYPE      | "version":3        | "version":3.0       | version must be a whole number
        WRONG_TYPE      | "accept-1"         | 12345678            | commandId must be a string
        WRONG_TYPE      | [1]                | 1                   | part.lines must be an array
        WRONG_TYPE      | {"lines":[1]}      | []                  | part must be an object
        WRONG_TYPE      | "lines":[1]        | "lines":[1],"amount":5 | part.amount must be a string
        INVALID_VALUE   | [1]                | [2147483648]        | part.lines[0] is 2147483648
        INVALID_VALUE   | "version":3        | "version":9223372036854775808 | version is
        INVALID_VALUE   | "version":3        | "version":0e369602762111716   | exponent that is out of range
        INVALID_VALUE   | accept-1           | accept              | commandId is "accept"
        INVALID_VALUE   | order-0001.1       | order-0001          | consignmentId
        INVALID_VALUE   | "lines":[1]        | "lines":[1],"amount":"-1" | amount is "-1"
        """)
    void refuses_precisely(RefusalCode code, String from, String to, String words) {
        String json = ACCEPT.replace(from, to);
        assertThat(json).isNotEqualTo(ACCEPT);
        refuses(code, words, json.getBytes(UTF_8));
    }

    @Test
    void refuses_what_is_too_long() {
        refuses(
                RefusalCode.TOO_LONG,
                "201 characters",
                ACCEPT.replace("accept-1", "a".repeat(201)).getBytes(UTF_8));
        refuses(
                RefusalCode.TOO_LONG,
                "501 elements",
                ACCEPT.replace("[1]", "[1" + ",1".repeat(500) + "]").getBytes(UTF_8));
        refuses(RefusalCode.TOO_LONG, "65537 bytes", " ".repeat(65_537).getBytes(UTF_8));
        refuses(RefusalCode.TOO_LONG, "nested less deeply", "[".repeat(2000).getBytes(UTF_8));
    }

    @Test
    void an_instant_has_one_spelling() {
        Command.PlaceOrder order = Bazaar.opened().order();
        String json = new String(CanonicalJson.bytes(order), UTF_8);
        String payBy = order.consignments().getFirst().terms().payBy().toString();
        for (String other : List.of(payBy.replace("Z", ".000Z"), payBy.replace("Z", "+00:00"), "soon", "1700000000")) {
            assertThatExceptionOfType(RequestRefused.class)
                    .isThrownBy(() -> CommandReader.read(
                            Command.PlaceOrder.class, json.replace(payBy, other).getBytes(UTF_8)))
                    .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(RefusalCode.INVALID_VALUE));
        }
    }

    @Test
    void garbage_is_refused_and_never_a_fault() {
        Random random = new Random(42);
        byte[] good = CanonicalJson.bytes(Bazaar.opened().order());
        for (int i = 0; i < 3000; i++) {
            byte[] bad = good.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                CommandReader.read(Command.PlaceOrder.class, bad);
            } catch (RequestRefused refused) {
                assertThat(refused.refusal().message()).isNotBlank().hasSizeLessThan(2000);
            }
        }
    }

    @Test
    void every_command_type_can_be_read() {
        CommandName.types()
                .values()
                .forEach(type -> assertThatExceptionOfType(RequestRefused.class)
                        .isThrownBy(() -> CommandReader.read(type, "{}".getBytes(UTF_8)))
                        .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(RefusalCode.MISSING_FIELD)));
    }

    /** Whoever gives a command a member of another type has to say how JSON has it. */
    @Test
    void every_member_of_every_command_is_a_number_a_truth_value_or_written_as_text() {
        Set<Class<?>> leaves = new HashSet<>();
        CommandName.types().values().forEach(type -> addLeaves(type, leaves));
        leaves.removeIf(type -> type.isEnum() || isWrittenAsString(type));
        assertThat(leaves)
                .containsExactlyInAnyOrder(
                        int.class, Integer.class, long.class, Long.class, boolean.class, String.class, Instant.class);
    }

    private static void addLeaves(Type type, Set<Class<?>> leaves) {
        if (type instanceof ParameterizedType list) {
            addLeaves(list.getActualTypeArguments()[0], leaves);
        } else if (type instanceof Class<?> plain && plain.isRecord() && !isWrittenAsString(plain)) {
            for (RecordComponent component : plain.getRecordComponents()) {
                addLeaves(component.getGenericType(), leaves);
            }
        } else {
            leaves.add((Class<?>) type);
        }
    }

    private static boolean isWrittenAsString(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods()).anyMatch(method -> method.isAnnotationPresent(JsonValue.class));
    }

    private static List<Command> commands() {
        Bazaar bazaar = Bazaar.opened();
        Command order = bazaar.order();
        bazaar.funded();
        return List.of(
                order,
                bazaar.ship(),
                bazaar.deliver(),
                bazaar.paid(1, 2),
                bazaar.accept(Command.Part.ALL),
                bazaar.rule(1, 2),
                new Command.ApproveMarket(bazaar.id(), Bazaar.config(2)),
                bazaar.registration(Bazaar.BUYER));
    }

    private static void refuses(RefusalCode code, String words, byte[] json) {
        assertThatExceptionOfType(RequestRefused.class)
                .isThrownBy(() -> CommandReader.read(Command.Accept.class, json))
                .satisfies(e ->
                        assertThat(e.refusal().code()).as(e.refusal().message()).isEqualTo(code))
                .withMessageContaining(words);
    }
}
