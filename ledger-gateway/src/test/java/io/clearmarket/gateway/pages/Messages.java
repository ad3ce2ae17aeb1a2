package io.clearmarket.gateway.pages;

import io.clearmarket.gateway.config.Language;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One language's messages as the file has them.
 *
 * @param texts by key
 */
public record Messages(Map<String, String> texts) {
    static final Path RESOURCES = Path.of("src/main/resources");
    private static final Pattern LATIN_WORD = Pattern.compile("[A-Za-z]{2,}");
    private static final Map<Language, Set<String>> ENGLISH_ONLY = new ConcurrentHashMap<>();
    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d+)[^}]*}");

    static Messages of(Language language) {
        String name = language == Language.ENGLISH ? "messages" : "messages_" + language.code();
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(RESOURCES.resolve("pages/" + name + ".properties"))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Messages(properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(
                        Function.identity(), properties::getProperty, (one, other) -> one, TreeMap::new)));
    }

    /** True if a text on a page in that language is one of our English ones, or has a Latin word where the language has none. */
    public static boolean isEnglish(String text, Language language) {
        boolean latin = language != Language.CHINESE && language != Language.ARABIC;
        return ENGLISH_ONLY.computeIfAbsent(language, Messages::englishOnly).contains(text)
                || (!latin && LATIN_WORD.matcher(text.replace("Cookie", "")).find());
    }

    /** English texts that the language does not share. */
    private static Set<String> englishOnly(Language language) {
        Set<String> english = new HashSet<>(of(Language.ENGLISH).texts().values());
        of(language).texts().values().forEach(english::remove);
        return english;
    }

    Set<String> keys() {
        return texts.keySet();
    }

    /** Numbers of the arguments that a text takes. */
    static Set<String> arguments(String text) {
        return ARGUMENT.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
