package io.clearmarket.wallet.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Against another implementation of RFC 8785, which its author's test vectors cover. */
class CanonicalWriterTest {
    private static final long SEED = 8785;
    private static final int TREES = 5_000;
    private static final int DEPTH = 4;
    private static final int PAGE = 0x1000;

    @Test
    void random_trees_have_the_canonical_form_that_the_reference_gives_them() throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < TREES; i++) {
            JsonNode tree = container(random, DEPTH);
            String text = Json.MAPPER.writeValueAsString(tree);
            assertThat(CanonicalWriter.write(tree)).isEqualTo(new JsonCanonicalizer(text).getEncodedString());
        }
    }

    @Test
    void every_character_is_written_as_the_reference_writes_it() throws IOException {
        for (int first = 0; first <= Character.MAX_CODE_POINT; first += PAGE) {
            String page = IntStream.range(first, first + PAGE)
                    .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
            ArrayNode tree = Json.MAPPER.createArrayNode().add(page);
            assertThat(CanonicalWriter.write(tree))
                    .isEqualTo(new JsonCanonicalizer(Json.MAPPER.writeValueAsString(tree)).getEncodedString());
        }
    }

    private static JsonNode container(Random random, int depth) {
        if (random.nextBoolean()) {
            ArrayNode array = Json.MAPPER.createArrayNode();
            for (int i = random.nextInt(5); i > 0; i--) {
                array.add(value(random, depth - 1));
            }
            return array;
        }
        ObjectNode object = Json.MAPPER.createObjectNode();
        for (int i = random.nextInt(6); i > 0; i--) {
            object.set(text(random), value(random, depth - 1));
        }
        return object;
    }

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> Json.MAPPER.valueToTree(random.nextBoolean());
            case 1 -> Json.MAPPER.nullNode();
            case 2 -> Json.MAPPER.valueToTree(random.nextLong() >> (11 + random.nextInt(50)));
            case 3 -> Json.MAPPER.valueToTree(BigDecimal.valueOf(random.nextInt(), random.nextInt(-20, 20)));
            case 4 -> Json.MAPPER.valueToTree(random.nextGaussian() * Math.pow(10, random.nextInt(-300, 300)));
            case 5 -> Json.MAPPER.valueToTree(text(random));
            default -> container(random, depth);
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            int c = random.nextInt(3) == 0 ? random.nextInt(0x20000) : random.nextInt(0x80);
            text.appendCodePoint(Character.isValidCodePoint(c) && (c < 0xd800 || c > 0xdfff) ? c : 'x');
        }
        return text.toString();
    }
}
