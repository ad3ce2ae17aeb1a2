package io.clearmarket.gateway.epcis.capture;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** GS1's EPCIS 2.0 JSON schema, formats asserted. The schema is part of the program; nothing is fetched. */
@Component
public final class SchemaCheck {
    private static final String RESOURCE = "/epcis/EPCIS-JSON-Schema.json";
    private static final String ID = "https://gs1.github.io/EPCIS/EPCIS-JSON-Schema.json";
    private static final List<String> EVENTS =
            List.of("ObjectEvent", "AggregationEvent", "TransactionEvent", "TransformationEvent", "AssociationEvent");
    private static final int SHOWN = 10;

    private final Map<String, Schema> definitions = new HashMap<>();

    /** Compiles the schema. */
    public SchemaCheck() {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_7, builder -> builder.schemas(Map.of(ID, text())));
        for (String name : List.of("epcisDocument", "epcisQueryDocument")) {
            definitions.put(name, registry.getSchema(SchemaLocation.of(ID + "#/definitions/" + name)));
        }
        EVENTS.forEach(
                name -> definitions.put(name, registry.getSchema(SchemaLocation.of(ID + "#/definitions/" + name))));
    }

    /** What is wrong with a document around its events; places are relative to the document. */
    public List<Fault> document(JsonNode document) {
        String type = document.path("type").asString("");
        return switch (type) {
            case "EPCISDocument" -> faults("epcisDocument", document);
            case "EPCISQueryDocument" -> faults("epcisQueryDocument", document);
            default ->
                List.of(new Fault("/type", "is \"" + type + "\"; it must be EPCISDocument or EPCISQueryDocument"));
        };
    }

    /** What is wrong with an event; places are relative to the event. */
    public List<Fault> event(JsonNode event) {
        String type = event.path("type").asString("");
        return EVENTS.contains(type)
                ? faults(type, event)
                : List.of(new Fault("/type", "is \"" + type + "\"; it must be one of " + EVENTS));
    }

    private List<Fault> faults(String definition, JsonNode value) {
        Schema schema = definitions.get(definition);
        if (schema == null) {
            throw new IllegalArgumentException(definition);
        }
        List<Error> errors = schema.validate(
                value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
        // where a value may be one of several things, the schema says of each why it is not
        Map<String, Set<String>> reasons = new TreeMap<>();
        errors.forEach(
                error -> reasons.computeIfAbsent(error.getInstanceLocation().toString(), none -> new LinkedHashSet<>())
                        .add(message(error)));
        return reasons.entrySet().stream()
                .map(place -> new Fault(place.getKey(), String.join("; ", place.getValue())))
                .sorted(Comparator.comparingLong((Fault fault) -> -depth(fault.place())))
                .limit(SHOWN)
                .toList();
    }

    private static String message(Error error) {
        String message = String.valueOf(error.getMessage());
        String place = error.getInstanceLocation() + ": ";
        return message.startsWith(place) ? message.substring(place.length()) : message;
    }

    private static long depth(String place) {
        return place.chars().filter(c -> c == '/').count();
    }

    private static String text() {
        try (InputStream in = SchemaCheck.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
