package io.clearmarket.gateway.provenance;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.InvalidValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The 3D model that whoever makes a thing names with it: in the event's {@code ilmd} a schema.org {@code subjectOf} whose
 * {@code encodingFormat} is {@code model/gltf-binary} and whose {@code sha256} is the file's. The event's document is on the ledger
 * by its hash, and so is the file's.
 *
 * @see <a href="https://schema.org/3DModel">schema.org 3DModel</a>
 */
public final class ProductModel {
    /** One file with all its parts: glTF 2.0, section 4.4 (GLB). */
    private static final String GLB = "model/gltf-binary";

    private static final Set<String> SCHEMA_ORG = Set.of("https://schema.org/", "http://schema.org/");

    private final Map<String, String> namespaces;

    private ProductModel(Map<String, String> namespaces) {
        this.namespaces = namespaces;
    }

    /**
     * The SHA-256 of the model that an event names.
     *
     * @param eventId the event's own among the document's, by its hash (CBV 2.0, section 8.9)
     * @return empty if it names none, or none of that format with a hash
     */
    public static Optional<Digest> of(EpcisDocument document, String eventId) {
        int place = EventHash.ids(document).indexOf(eventId);
        if (place < 0) {
            return Optional.empty();
        }
        JsonNode event = document.events().get(place);
        ProductModel reader = new ProductModel(document.namespaces(event));
        return reader.members(event.path("ilmd"), "subjectOf")
                .flatMap(reader::hash)
                .findFirst();
    }

    private Stream<Digest> hash(JsonNode model) {
        boolean isModel = members(model, "encodingFormat").anyMatch(format -> GLB.equals(format.asString("")));
        return isModel ? members(model, "sha256").flatMap(ProductModel::digest) : Stream.empty();
    }

    private static Stream<Digest> digest(JsonNode hex) {
        try {
            return Stream.of(new Digest(hex.asString("")));
        } catch (InvalidValue notOne) {
            return Stream.empty();
        }
    }

    /** The values of a member that schema.org defines. */
    private Stream<JsonNode> members(JsonNode object, String name) {
        return object.properties().stream()
                .filter(member -> isSchemaOrg(member.getKey(), name))
                .map(Map.Entry::getValue)
                .flatMap(value -> value.isArray() ? value.valueStream() : Stream.of(value));
    }

    private boolean isSchemaOrg(String key, String name) {
        List<String> parts = List.of(key.split(":", 2));
        return parts.size() == 2
                && parts.getLast().equals(name)
                && SCHEMA_ORG.contains(namespaces.getOrDefault(parts.getFirst(), ""));
    }
}
