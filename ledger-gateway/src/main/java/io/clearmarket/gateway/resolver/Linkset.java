package io.clearmarket.gateway.resolver;

import io.clearmarket.wallet.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What there is about a thing, as links with types (RFC 9264 and GS1-Conformant Resolver 1.1).
 *
 * @param anchor the thing's canonical URI
 * @param links the first is the default
 */
record Linkset(String anchor, List<Link> links) {
    /** Where GS1's link types are. */
    static final String VOCABULARY = "https://gs1.org/voc/";

    static final String MEDIA_TYPE = "application/linkset+json";

    /**
     * A link.
     *
     * @param type GS1's word for it, such as {@code pip}, the product information page
     * @param languages what it can be read in; the address takes {@code ?lang=}; none where it is not for people
     */
    record Link(String type, String href, String title, String mediaType, List<String> languages) {
        /** In the language that is asked for, if it has it. */
        String hrefIn(List<Locale.LanguageRange> wanted) {
            List<Locale> spoken = languages.stream().map(Locale::forLanguageTag).toList();
            Locale found = wanted.isEmpty() ? null : Locale.lookup(wanted, spoken);
            return found == null ? href : href + "?lang=" + found.getLanguage();
        }
    }

    /** The link of a type, written {@code gs1:pip}, {@code https://gs1.org/voc/pip} or bare. */
    Optional<Link> find(String type) {
        String bare = type.startsWith(VOCABULARY)
                ? type.substring(VOCABULARY.length())
                : type.startsWith("gs1:") ? type.substring("gs1:".length()) : type;
        return bare.equals("defaultLink")
                ? links.stream().findFirst()
                : links.stream().filter(link -> link.type().equals(bare)).findFirst();
    }

    JsonNode json() {
        ObjectNode root = Json.MAPPER.createObjectNode();
        ObjectNode set = root.putArray("linkset").addObject();
        set.put("anchor", anchor);
        links.stream().findFirst().ifPresent(first -> add(set, "defaultLink", first));
        links.forEach(link -> add(set, link.type(), link));
        return root;
    }

    private static void add(ObjectNode set, String type, Link link) {
        String name = VOCABULARY + type;
        ArrayNode all = set.path(name) instanceof ArrayNode known ? known : set.putArray(name);
        ObjectNode target = all.addObject();
        target.put("href", link.href());
        target.put("title", link.title());
        target.put("type", link.mediaType());
        if (!link.languages().isEmpty()) {
            ArrayNode languages = target.putArray("hreflang");
            link.languages().forEach(languages::add);
        }
    }
}
