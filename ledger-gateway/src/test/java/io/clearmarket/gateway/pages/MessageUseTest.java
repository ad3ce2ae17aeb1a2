package io.clearmarket.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.config.Language;
import io.clearmarket.gateway.epcis.warning.Warning;
import io.clearmarket.gateway.finance.Solvency;
import io.clearmarket.gateway.finance.Statement;
import io.clearmarket.gateway.pages.console.Act;
import io.clearmarket.gateway.pages.console.RefusalWords;
import io.clearmarket.gateway.webhooks.Delivery;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the pages ask for is there, and what is there is asked for. */
class MessageUseTest {
    private static final Path TEMPLATES = Messages.RESOURCES.resolve("templates/pages");
    private static final Path SOURCES = Path.of("src/main/java/io/clearmarket/gateway/pages");
    private static final Path SCRIPTS = Path.of("storefront/page");
    private static final Pattern ASKED = Pattern.compile("#\\{([a-z]+(?:\\.[A-Za-z_]+)+)(\\()?");
    private static final Pattern LATIN = Pattern.compile("[A-Za-z]{2,}");
    private static final Map<String, String> ENGLISH =
            Messages.of(Language.ENGLISH).texts();

    @Test
    void every_message_that_a_template_names_exists_and_gets_its_arguments() throws IOException {
        List<String> asked = new ArrayList<>();
        for (String template : texts(TEMPLATES)) {
            ASKED.matcher(template).results().forEach(found -> {
                String key = found.group(1);
                asked.add(key);
                assertThat(ENGLISH).containsKey(key);
                assertThat(Messages.arguments(ENGLISH.getOrDefault(key, "")))
                        .as(key)
                        .hasSize(arguments(template, found));
            });
        }
        assertThat(asked).hasSizeGreaterThan(40);
    }

    @Test
    void everything_that_the_ledger_may_say_has_its_words() throws IOException {
        assertThat(ENGLISH.keySet()).containsAll(saidByTheLedger());
    }

    @Test
    void no_message_is_there_for_nobody() throws IOException {
        String pages = String.join("\n", texts(TEMPLATES)) + String.join("\n", texts(SOURCES));
        String scripts = String.join("\n", texts(SCRIPTS));
        Set<String> saidByTheLedger = saidByTheLedger();
        Set<String> unused = new TreeSet<>(ENGLISH.keySet());
        unused.removeIf(key -> saidByTheLedger.contains(key)
                // the checkout's script leaves the page's own name out
                || scripts.contains('"' + key.replaceFirst("^checkout\\.", "") + '"')
                || Stream.of("#{" + key + "}", "#{" + key + "(", '"' + key + '"', "'" + key + "'")
                        .anyMatch(pages::contains));
        assertThat(unused).isEmpty();
    }

    @Test
    void templates_hold_no_script_of_their_own_and_no_words() throws IOException {
        for (String template : texts(TEMPLATES)) {
            assertThat(template).doesNotContain("<script>", "style=\"", " on");
            String text = template.replaceAll("(?s)<(title|a)[^>]*translate=\"no\"[^>]*>.*?</\\1>", "")
                    .replaceAll("(?s)<title th:replace.*?</title>", "")
                    .replaceAll("(?s)<[^>]*>", "");
            assertThat(text).doesNotContainPattern(LATIN);
        }
    }

    /** How many arguments a use of a message gives: the commas between its own brackets, and one. */
    private static int arguments(String template, MatchResult found) {
        if (found.group(2) == null) {
            return 0;
        }
        int depth = 1;
        int commas = 0;
        for (int i = found.end(); depth > 0; i++) {
            char c = template.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            commas += c == ',' && depth == 1 ? 1 : 0;
        }
        return commas + 1;
    }

    /** The keys that a page puts together from a word of the ledger's, of GS1's vocabulary or of the read model's. */
    private static Set<String> saidByTheLedger() throws IOException {
        Set<String> keys = new HashSet<>();
        add(keys, "command.", CommandName.requestTypes().keySet().stream());
        add(keys, "role.", Arrays.stream(Role.values()).map(Enum::name));
        add(keys, "goods.", Arrays.stream(Consignment.Goods.values()).map(Enum::name));
        add(keys, "item.status.", Arrays.stream(Consignment.Goods.values()).map(Enum::name));
        add(keys, "todo.", Arrays.stream(Tasks.Kind.values()).map(Enum::name));
        add(keys, "act.", Arrays.stream(Act.values()).map(Enum::name));
        add(keys, "act.means.", Arrays.stream(Act.values()).map(Enum::name));
        add(keys, "refusal.", RefusalWords.CODES.stream());
        add(keys, "console.case.", Arrays.stream(Command.CaseKind.values()).map(Enum::name));
        add(keys, "console.line.", Stream.of("accepted", "refunded", "open"));
        add(keys, "delivery.", Arrays.stream(Delivery.State.values()).map(Enum::name));
        add(keys, "item.warning.", Arrays.stream(Warning.Kind.values()).map(Enum::name));
        add(keys, "difference.", Arrays.stream(Solvency.Kind.values()).map(Enum::name));
        add(keys, "difference.", Stream.of("deposited", "paidGross", "paidBuyer"));
        add(keys, "movement.", Arrays.stream(Statement.Kind.values()).map(Enum::name));
        add(
                keys,
                "hit.",
                found(
                        "union all\\s+select '([a-z]+)'",
                        "src/main/java/io/clearmarket/gateway/readmodel/JdbcMoneyAudit.java"));
        add(keys, "hit.", Stream.of("consignment"));
        add(keys, "breach.", found("then '([A-Z_]+)'", "src/main/resources/db/migration/V20__read_model.sql"));
        JsonNode schema =
                Json.MAPPER.readTree(Files.readString(Messages.RESOURCES.resolve("epcis/EPCIS-JSON-Schema.json")));
        add(keys, "step.", vocabulary(schema, "commissioning"));
        add(keys, "disposition.", vocabulary(schema, "recalled"));
        add(keys, "item.error.", vocabulary(schema, "did_not_occur"));
        return keys;
    }

    private static void add(Set<String> keys, String prefix, Stream<String> names) {
        int before = keys.size();
        names.map(prefix::concat).forEach(keys::add);
        assertThat(keys.size()).as(prefix).isGreaterThan(before);
    }

    private static Stream<String> found(String pattern, String file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(Path.of(file)))
                .results()
                .map(found -> found.group(1));
    }

    /** The words of GS1's schema that stand in one list with the given one. */
    private static Stream<String> vocabulary(JsonNode schema, String known) {
        return schema.findValues("enum").stream()
                .map(words -> words.valueStream().map(word -> word.asString("")).toList())
                .filter(words -> words.contains(known))
                .flatMap(List::stream)
                .distinct();
    }

    private static List<String> texts(Path folder) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }
}
