package io.clearmarket.gateway.provenance;

import io.clearmarket.wallet.Digests;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The CBV 2.0 event hash (section 8.9): the same event has the same id whatever the order, spelling or encoding of its
 * fields, so that anybody can recompute the id that the ledger holds.
 */
public final class EventHash {
    /** What the hash leaves out: what is said about the event, not what happened. */
    private static final Set<String> IGNORED =
            Set.of("type", "recordTime", "eventID", "errorDeclaration", "@context", "rdfs:comment", "comment");

    private static final List<String> EPC_LISTS = List.of("epcList", "inputEPCList", "childEPCs", "outputEPCList");
    private static final List<String> SENSOR_METADATA = List.of(
            "time",
            "startTime",
            "endTime",
            "deviceID",
            "deviceMetadata",
            "rawData",
            "dataProcessingMethod",
            "bizRules");
    private static final List<String> SENSOR_REPORT = List.of(
            "type",
            "exception",
            "deviceID",
            "deviceMetadata",
            "rawData",
            "dataProcessingMethod",
            "time",
            "microorganism",
            "chemicalSubstance",
            "value",
            "component",
            "stringValue",
            "booleanValue",
            "hexBinaryValue",
            "uriValue",
            "minValue",
            "maxValue",
            "meanValue",
            "sDev",
            "percRank",
            "percValue",
            "uom",
            "coordinateReferenceSystem");

    /** The event's own fields in the order of the standard's reference implementation and its published vectors. */
    private static final List<String> EVENT = List.of(
            "eventTime",
            "eventTimeZoneOffset",
            "certificationInfo",
            "parentID",
            "epcList",
            "inputEPCList",
            "childEPCs",
            "quantityList",
            "childQuantityList",
            "inputQuantityList",
            "outputEPCList",
            "outputQuantityList",
            "action",
            "transformationID",
            "bizStep",
            "disposition",
            "persistentDisposition",
            "readPoint",
            "bizLocation",
            "sensorElementList",
            "bizTransactionList",
            "destinationList",
            "ilmd",
            "sourceList");

    private final EventValues values;
    private final Set<String> ignored;

    private EventHash(EventValues values, Set<String> ignored) {
        this.values = values;
        this.ignored = ignored;
    }

    /** The hash ids of a document's events, in its order: {@code ni:///sha-256;<64 hex>?ver=CBV2.0}. */
    public static List<String> ids(EpcisDocument document) {
        return preHashes(document).stream().map(EventHash::idOf).toList();
    }

    /** What is hashed for each event: mostly {@code key=value}, joined by nothing. */
    public static List<String> preHashes(EpcisDocument document) {
        return document.events().stream()
                .map(event -> new EventHash(new EventValues(document.namespaces(event)), document.ignoredFields())
                        .event(event))
                .toList();
    }

    static String idOf(String preHash) {
        byte[] digest = Digests.sha256(preHash.getBytes(StandardCharsets.UTF_8));
        return "ni:///sha-256;" + HexFormat.of().formatHex(digest) + "?ver=CBV2.0";
    }

    private String event(JsonNode event) {
        StringBuilder text = new StringBuilder("eventType=" + event.path("type").asString(""));
        for (String field : EVENT) {
            JsonNode value = event.get(field);
            if (value != null) {
                text.append(field(field, value));
            }
        }
        return text.append(others(event, EVENT)).toString();
    }

    private String field(String name, JsonNode value) {
        return switch (name) {
            case "epcList", "inputEPCList", "childEPCs", "outputEPCList" -> group(name, each("epc", value));
            case "quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList" ->
                group(name, elements("quantityElement", value, List.of("epcClass", "quantity", "uom")));
            case "persistentDisposition" -> group(name, ordered(value, List.of("set", "unset")));
            case "readPoint", "bizLocation" -> group(name, ordered(value, List.of("id")));
            case "bizTransactionList" -> group(name, elements("", value, List.of("type", "bizTransaction")));
            case "sourceList" -> group(name, elements("", value, List.of("type", "source")));
            case "destinationList" -> group(name, elements("", value, List.of("type", "destination")));
            case "sensorElementList" -> group(name, sensorElements(value));
            case "ilmd" -> name + others(value, List.of());
            default -> each(name, value);
        };
    }

    private static String group(String name, String content) {
        return content.isEmpty() ? "" : name + content;
    }

    /** A scalar, or every scalar of a list, sorted, as {@code name=value}. */
    private String each(String name, JsonNode value) {
        List<String> all = new ArrayList<>();
        for (JsonNode one : value.isArray() ? value : List.of(value)) {
            String text = values.canonical(name, one);
            if (!text.isEmpty()) {
                all.add(name + "=" + text);
            }
        }
        all.sort(EventValues.BY_CODE_POINT);
        return String.join("", all);
    }

    private String elements(String name, JsonNode list, List<String> fields) {
        List<String> all = new ArrayList<>();
        for (JsonNode element : list.isArray() ? list : List.of(list)) {
            all.add(name + ordered(element, fields));
        }
        all.sort(EventValues.BY_CODE_POINT);
        return String.join("", all);
    }

    private String sensorElements(JsonNode list) {
        List<String> all = new ArrayList<>();
        for (JsonNode element : list) {
            JsonNode metadata = element.get("sensorMetadata");
            JsonNode reports = element.get("sensorReport");
            all.add("sensorElement"
                    + (metadata == null ? "" : group("sensorMetadata", ordered(metadata, SENSOR_METADATA)))
                    + (reports == null ? "" : elements("sensorReport", reports, SENSOR_REPORT))
                    + others(element, List.of("sensorMetadata", "sensorReport")));
        }
        all.sort(EventValues.BY_CODE_POINT);
        return String.join("", all);
    }

    /** The named fields in their order, then whatever else the object holds. */
    private String ordered(JsonNode object, List<String> fields) {
        StringBuilder text = new StringBuilder();
        for (String field : fields) {
            JsonNode value = object.get(field);
            if (value != null) {
                text.append(each(field, value));
            }
        }
        return text.append(others(object, fields)).toString();
    }

    /** Fields of the user's own namespaces, sorted by what they give. */
    private String others(JsonNode object, List<String> known) {
        List<String> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            String key = property.getKey();
            if (!known.contains(key) && !IGNORED.contains(key) && !ignored.contains(key)) {
                all.addAll(extension(values.expandedKey(key), property.getValue()));
            }
        }
        all.sort(EventValues.BY_CODE_POINT);
        return String.join("", all);
    }

    private List<String> extension(String key, JsonNode value) {
        if (value.isArray()) {
            List<String> all = new ArrayList<>();
            value.forEach(one -> all.addAll(extension(key, one)));
            return all;
        }
        if (!value.isObject()) {
            String text = values.canonical("", value);
            return List.of(text.isEmpty() ? key : key + "=" + text);
        }
        List<String> inner = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>(value.propertyNames());
        names.removeAll(Set.of("#text", "rdfs:comment", "comment"));
        names.forEach(name -> inner.addAll(extension(values.expandedKey(name), value.path(name))));
        inner.sort(EventValues.BY_CODE_POINT);
        JsonNode text = value.get("#text");
        return List.of(key + (text == null ? "" : "=" + values.canonical("", text)) + String.join("", inner));
    }

    /** The items an event is about, canonical, each once: its EPC lists and its parent. */
    static List<String> items(JsonNode event) {
        Set<String> items = new LinkedHashSet<>();
        for (String list : EPC_LISTS) {
            event.path(list).forEach(epc -> items.add(Gs1Uris.canonical(epc.asString(""))));
        }
        if (event.path("parentID").isString()) {
            items.add(Gs1Uris.canonical(event.path("parentID").stringValue()));
        }
        items.remove("");
        return List.copyOf(items);
    }
}
