package io.clearmarket.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Role;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Pattern USED = Pattern.compile("#\\{([a-z]+(?:\\.[A-Za-z_]+)+)");
    private static final Pattern LATIN = Pattern.compile("[A-Za-z]{2,}");

    @Test
    void both_languages_have_the_same_messages_and_none_is_empty() throws IOException {
        Properties english = messages("messages.properties");
        Properties chinese = messages("messages_zh.properties");
        assertThat(chinese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        assertThat(english.values()).noneMatch(text -> text.toString().isBlank());
        assertThat(chinese.values()).noneMatch(text -> text.toString().isBlank());
    }

    @Test
    void chinese_messages_hold_no_english_words() throws IOException {
        messages("messages_zh.properties")
                .forEach((key, text) -> assertThat(text.toString().replace("Cookie", ""))
                        .as(key.toString())
                        .doesNotContainPattern(LATIN));
    }

    @Test
    void every_message_that_a_template_names_exists() throws IOException {
        Properties english = messages("messages.properties");
        Set<String> used = new TreeSet<>();
        try (Stream<Path> templates = Files.list(RESOURCES.resolve("templates/pages"))) {
            for (Path template : templates.toList()) {
                USED.matcher(Files.readString(template)).results().forEach(found -> used.add(found.group(1)));
            }
        }
        assertThat(used).hasSizeGreaterThan(40);
        assertThat(english.stringPropertyNames()).containsAll(used);
    }

    @Test
    void everything_that_the_ledger_may_say_has_its_words() throws IOException {
        Set<String> english = messages("messages.properties").stringPropertyNames();
        assertThat(english).containsAll(keys("command.", CommandName.requestTypes().keySet().stream()));
        assertThat(english)
                .containsAll(keys("role.", Arrays.stream(Role.values()).map(Role::name)));
        assertThat(english)
                .containsAll(
                        keys("goods.", Arrays.stream(Consignment.Goods.values()).map(Enum::name)));
        assertThat(english)
                .containsAll(keys(
                        "item.status.",
                        Arrays.stream(Consignment.Goods.values()).map(Enum::name)));
        String migration = Files.readString(RESOURCES.resolve("db/migration/V20__read_model.sql"));
        assertThat(english)
                .containsAll(keys(
                        "breach.",
                        Pattern.compile("then '([A-Z_]+)'")
                                .matcher(migration)
                                .results()
                                .map(found -> found.group(1))));
    }

    @Test
    void no_page_promises_more_than_the_ledger_knows() throws IOException {
        messages("messages.properties")
                .values()
                .forEach(text -> assertThat(text.toString().toLowerCase(java.util.Locale.ROOT))
                        .doesNotContain("genuine"));
        messages("messages_zh.properties")
                .values()
                .forEach(text -> assertThat(text.toString()).doesNotContain("正品"));
    }

    @Test
    void templates_hold_no_script_and_no_words_of_their_own() throws IOException {
        try (Stream<Path> templates = Files.list(RESOURCES.resolve("templates/pages"))) {
            for (Path template : templates.toList()) {
                String html = Files.readString(template);
                assertThat(html).doesNotContain("<script", "style=\"", " on");
                String text = html.replaceAll("(?s)<(title|a)[^>]*translate=\"no\"[^>]*>.*?</\\1>", "")
                        .replaceAll("(?s)<title th:replace.*?</title>", "")
                        .replaceAll("(?s)<[^>]*>", "");
                assertThat(text).as(template.toString()).doesNotContainPattern(LATIN);
            }
        }
    }

    private static List<String> keys(String prefix, Stream<String> names) {
        return names.map(prefix::concat).toList();
    }

    private static Properties messages(String name) throws IOException {
        Properties messages = new Properties();
        try (Reader reader = Files.newBufferedReader(RESOURCES.resolve("pages").resolve(name))) {
            messages.load(reader);
        }
        return messages;
    }
}
