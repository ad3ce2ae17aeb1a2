package io.clearmarket.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.config.Language;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Every language says the same; {@link MessageUseTest} compares that with what the pages ask for. */
class MessagesTest {
    private static final Pattern LATIN = Pattern.compile("[A-Za-z]{2,}");

    /** What is written alike in English and another language. */
    private static final Set<String> ALIKE = Set.of("Clearmarket", "Auditor", "Item");

    private static final Map<Language, List<String>> NEVER_PROMISED = Map.of(
            Language.ENGLISH, List.of("genuine"),
            Language.CHINESE, List.of("正品"),
            Language.SPANISH, List.of("genuino", "genuina"),
            Language.PORTUGUESE, List.of("genuíno", "genuína"),
            Language.FRENCH, List.of("d’origine", "véritable"),
            Language.ARABIC, List.of("منتج أصلي", "قطعة أصلية"));

    @ParameterizedTest
    @EnumSource
    void a_language_has_every_message_none_of_them_empty_and_no_other(Language language) {
        Map<String, String> texts = Messages.of(language).texts();
        assertThat(texts.keySet()).isEqualTo(Messages.of(Language.ENGLISH).keys());
        assertThat(texts.values()).noneMatch(String::isBlank);
        assertThat(verifierWords(language).keySet())
                .isEqualTo(verifierWords(Language.ENGLISH).keySet());
        assertThat(verifierWords(language).values()).noneMatch(String::isBlank);
    }

    @ParameterizedTest
    @EnumSource
    void a_message_takes_the_same_arguments_in_every_language(Language language) {
        Map<String, String> english = Messages.of(Language.ENGLISH).texts();
        Messages.of(language)
                .texts()
                .forEach((key, text) -> assertThat(Messages.arguments(text))
                        .as(key)
                        .isEqualTo(Messages.arguments(english.getOrDefault(key, ""))));
    }

    /** Spring reads a text as a format only if it is given arguments. */
    @ParameterizedTest
    @EnumSource
    void an_apostrophe_is_doubled_where_a_message_takes_arguments_and_nowhere_else(Language language) {
        Messages.of(language).texts().forEach((key, text) -> {
            if (Messages.arguments(text).isEmpty()) {
                assertThat(text).as(key).doesNotContain("''");
            } else {
                assertThat(text.replace("''", "")).as(key).doesNotContain("'");
            }
        });
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ENGLISH")
    void no_message_was_left_in_english(Language language) {
        Map<String, String> english =
                new HashMap<>(Messages.of(Language.ENGLISH).texts());
        english.putAll(verifierWords(Language.ENGLISH));
        Map<String, String> translated = new HashMap<>(Messages.of(language).texts());
        translated.putAll(verifierWords(language));
        translated.forEach((key, text) -> {
            if (!ALIKE.contains(text)) {
                assertThat(text).as(key).isNotEqualTo(english.get(key));
            }
            if (language == Language.CHINESE || language == Language.ARABIC) {
                assertThat(text.replace("Cookie", "")).as(key).doesNotContainPattern(LATIN);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void no_page_promises_more_than_the_ledger_knows(Language language) {
        List<String> said = new ArrayList<>(Messages.of(language).texts().values());
        said.addAll(verifierWords(language).values());
        assertThat(said)
                .allSatisfy(text -> assertThat(text.toLowerCase(language.locale()))
                        .doesNotContain(NEVER_PROMISED.getOrDefault(language, List.of())));
    }

    @Test
    void there_are_six_languages_and_a_file_for_each() throws IOException {
        try (var files = Files.list(Messages.RESOURCES.resolve("pages"))) {
            assertThat(files).hasSize(6);
        }
        assertThat(Language.codes()).containsExactly("en", "zh", "es", "pt", "fr", "ar");
    }

    private static Map<String, String> verifierWords(Language language) {
        Map<String, String> words = new HashMap<>();
        try {
            JsonNode all = Json.MAPPER.readTree(Files.readString(Messages.RESOURCES.resolve("verifier/words.json")));
            all.path(language.code())
                    .properties()
                    .forEach(word -> words.put(word.getKey(), word.getValue().stringValue()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        assertThat(words).hasSizeGreaterThan(20);
        return words;
    }
}
