package io.clearmarket.gateway.proof.verifier;

import io.clearmarket.gateway.config.Language;
import io.clearmarket.wallet.json.Json;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The verifier page's words, in every language: inside the page, since it has no network. */
final class VerifierWords {
    private final ObjectNode words;

    /**
     * Takes the words.
     *
     * @param json of {@code verifier/words.json}: by language, then by name
     */
    VerifierWords(String json) {
        this.words = (ObjectNode) Json.MAPPER.readTree(json);
        for (Language language : Language.values()) {
            ((ObjectNode) words.path(language.code()))
                    .put("name", language.ownName())
                    .put("tag", language.tag())
                    .put("direction", language.direction());
        }
    }

    /** A statement that begins the page's script. */
    String script() {
        return "const words = " + words.toString().replace("<", "\\u003c") + ";\n";
    }

    /** What a browser without script shows: that nothing was checked. */
    String withoutScript() {
        return Arrays.stream(Language.values())
                .map(language -> "<p class=\"unknown\" lang=\"%s\" dir=\"%s\">%s</p>"
                        .formatted(language.tag(), language.direction(), text(language, "noscript")))
                .collect(Collectors.joining());
    }

    private String text(Language language, String name) {
        JsonNode text = words.path(language.code()).path(name);
        return HtmlUtils.htmlEscape(text.stringValue(), "UTF-8");
    }
}
