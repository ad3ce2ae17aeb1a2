package io.clearmarket.network.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What a real Fabric 3.1.5 network answered, by title: a line {@code ## title}, then the answer's lines. */
final class Answers {
    private static final String RESOURCE = "answers-3.1.5.txt";
    private static final String TITLE = "## ";

    private Answers() {}

    /** The recorded answers, already without what belonged to that run. */
    static Map<String, String> recorded() {
        try (InputStream in = Objects.requireNonNull(Answers.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return parse(new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers by title, in order; how long each took, as a recording says, is left out. */
    static Map<String, String> parse(String text) {
        Map<String, String> answers = new LinkedHashMap<>();
        String title = "";
        for (String line : text.split("\n", -1)) {
            if (line.startsWith(TITLE)) {
                title = line.substring(TITLE.length());
                answers.put(title, "");
            } else if (!title.isEmpty() && !line.isBlank() && !line.matches("\\(\\d+ ms\\)")) {
                answers.merge(title, line, (former, next) -> former.isEmpty() ? next : former + "\n" + next);
            }
        }
        return answers;
    }
}
