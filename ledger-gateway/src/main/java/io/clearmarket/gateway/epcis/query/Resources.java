package io.clearmarket.gateway.epcis.query;

import io.clearmarket.gateway.epcis.EpcisProblem;
import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import io.clearmarket.gateway.epcis.Paged;
import io.clearmarket.gateway.epcis.store.EventStore;
import io.clearmarket.gateway.epcis.store.Values;
import io.clearmarket.gateway.provenance.EpcisDocument;
import io.clearmarket.wallet.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Collections of names (EPCIS 2.0, section 12.3). */
@Component
class Resources {
    private static final List<String> TYPES =
            List.of("AggregationEvent", "AssociationEvent", "ObjectEvent", "TransactionEvent", "TransformationEvent");

    private final EventStore events;

    Resources(EventStore events) {
        this.events = events;
    }

    /** A page of the names of a kind, in order. */
    ResponseEntity<JsonNode> names(String resource, String kind, int perPage, @Nullable String token) {
        Paged.requireSize(perPage);
        String after = after(token);
        List<String> found = kind.equals("type")
                ? TYPES.stream().filter(name -> name.compareTo(after) > 0).toList()
                : events.names(kind, after, perPage + 1);
        HttpHeaders headers = new HttpHeaders();
        List<String> page = found;
        if (found.size() > perPage) {
            page = found.subList(0, perPage);
            String next = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(page.getLast().getBytes(StandardCharsets.UTF_8));
            Paged.linkNext(headers, "/epcis/" + resource, perPage, next);
        }
        return ResponseEntity.ok().headers(headers).body(collection(page));
    }

    /** @throws EpcisProblem if no event holds the name */
    void requireKnown(String kind, String name) {
        boolean known = kind.equals("type") ? TYPES.contains(name) : events.isKnown(kind, Values.canonical(name));
        if (!known) {
            throw new EpcisProblem(Kind.NO_SUCH_NAME, "no event holds \"" + name + "\"");
        }
    }

    /** A collection of these members. */
    static JsonNode collection(List<String> members) {
        ObjectNode collection = Json.MAPPER.createObjectNode();
        collection.put("@context", EpcisDocument.CONTEXT);
        collection.put("type", "Collection");
        ArrayNode member = collection.putArray("member");
        members.forEach(member::add);
        return collection;
    }

    private static String after(@Nullable String token) {
        try {
            return token == null ? "" : new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw new EpcisProblem(Kind.QUERY_PARAMETER, "nextPageToken is none that was given out here");
        }
    }
}
