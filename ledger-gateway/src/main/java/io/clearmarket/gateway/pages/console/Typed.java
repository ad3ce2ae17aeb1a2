package io.clearmarket.gateway.pages.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What somebody put into a form, as they put it; what the page itself remembers stands in it too. */
public record Typed(Map<String, List<String>> fields) {
    /** The consignment's version that was looked at. */
    static final String VERSION = "version";

    /** Names the command, so that sending twice does nothing twice. */
    static final String KEY = "key";

    /** When the form was opened. */
    static final String AT = "at";

    /** 32 random bytes that keep what is hashed from being guessed. */
    static final String SALT = "salt";

    /** The SHA-256 of a document that was brought. */
    static final String DOCUMENT = "document";

    public Typed {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        fields.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        fields = copy;
    }

    /** The field's text without space around it, "" where there is none. */
    public String text(String name) {
        return all(name).isEmpty() ? "" : all(name).getFirst().strip();
    }

    /** Everything of that name. */
    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    Typed with(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(fields);
        more.put(name, List.of(value));
        return new Typed(more);
    }
}
