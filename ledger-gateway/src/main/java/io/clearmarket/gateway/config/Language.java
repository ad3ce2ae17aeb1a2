package io.clearmarket.gateway.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A language that the pages for people speak. Each has a file of messages; a test refuses a message that one lacks. */
public enum Language {
    ENGLISH("en", "en", "English", "ltr"),
    CHINESE("zh", "zh-Hans", "中文", "ltr"),
    SPANISH("es", "es", "Español", "ltr"),
    PORTUGUESE("pt", "pt", "Português", "ltr"),
    FRENCH("fr", "fr", "Français", "ltr"),
    ARABIC("ar", "ar", "العربية", "rtl");

    private final String code;
    private final String tag;
    private final String ownName;
    private final String direction;

    Language(String code, String tag, String ownName, String direction) {
        this.code = code;
        this.tag = tag;
        this.ownName = ownName;
        this.direction = direction;
    }

    /** ISO 639-1, as in {@code ?lang=} and in the names of the files of messages. */
    public String code() {
        return code;
    }

    /** For HTML's {@code lang} (BCP 47), with the script where there are several. */
    public String tag() {
        return tag;
    }

    /** What its speakers call it. */
    public String ownName() {
        return ownName;
    }

    /** For HTML's {@code dir}: {@code ltr} or {@code rtl}. */
    public String direction() {
        return direction;
    }

    /** By which messages, numbers and dates are found. */
    public Locale locale() {
        return Locale.of(code);
    }

    /** ISO 639-1 codes of all, English first. */
    public static List<String> codes() {
        return Arrays.stream(values()).map(Language::code).toList();
    }

    /** The language with this code. */
    public static Optional<Language> of(String code) {
        return Arrays.stream(values())
                .filter(language -> language.code.equals(code))
                .findFirst();
    }

    /** The language of a locale; English where it is none of ours. */
    public static Language of(Locale locale) {
        return of(locale.getLanguage()).orElse(ENGLISH);
    }

    /**
     * What a reader would like best (RFC 4647 lookup).
     *
     * @param acceptLanguage the value of an Accept-Language header
     * @return nothing where it asks for none of ours, or is no such value
     */
    public static Optional<Language> wanted(String acceptLanguage) {
        try {
            List<Locale> spoken = Arrays.stream(values()).map(Language::locale).toList();
            Locale found = Locale.lookup(Locale.LanguageRange.parse(acceptLanguage), spoken);
            return found == null ? Optional.empty() : of(found.getLanguage());
        } catch (IllegalArgumentException notALanguageRange) {
            return Optional.empty();
        }
    }
}
