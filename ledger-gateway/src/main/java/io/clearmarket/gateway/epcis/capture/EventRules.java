package io.clearmarket.gateway.epcis.capture;

import io.clearmarket.gateway.epcis.store.Values;
import io.clearmarket.gateway.provenance.Gs1Uris;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What the standard asks of an event and a JSON schema can't say (EPCIS 2.0, sections 7.3 and 7.4; GS1's check digits). */
final class EventRules {
    private static final Duration AHEAD = Duration.ofDays(1);

    /** Of a name, in characters: what an index of the repository takes. */
    private static final int LONGEST = 800;

    private static final List<String> EPC_LISTS = List.of("epcList", "childEPCs", "inputEPCList", "outputEPCList");
    private static final List<String> QUANTITY_LISTS =
            List.of("quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList");
    /** Prefixes of GS1's context, which need no declaration (EPCIS 2.0, section 10.2). */
    private static final Set<String> GIVEN =
            Set.of("epcis", "cbv", "gs1", "cbvmda", "rdfs", "owl", "xsd", "dcterms", "rdf");

    private static final Pattern CHECKED = Pattern.compile(
            "https://id\\.gs1\\.org/(?:(?:01|8006)/(\\d{14})|(?:00|8017|8018)/(\\d{18})|(?:414|417|253|255)/(\\d{13})"
                    + "|8003/0(\\d{13})|402/(\\d{17})).*");

    private final JsonNode event;
    private final List<Fault> faults = new ArrayList<>();

    private EventRules(JsonNode event) {
        this.event = event;
    }

    /**
     * What is wrong with an event that the schema accepts.
     *
     * @param namespaces the prefixes in force inside it
     * @param now nothing has happened after tomorrow
     */
    static List<Fault> faults(JsonNode event, Map<String, String> namespaces, Instant now) {
        EventRules rules = new EventRules(event);
        rules.times(now);
        rules.about();
        rules.identifiers();
        rules.quantities();
        rules.masterData();
        rules.dispositions();
        rules.correction();
        rules.sensors();
        rules.prefixes(event, "", namespaces);
        return rules.faults;
    }

    private void times(Instant now) {
        Instant time = Values.instant(event.path("eventTime").asString("")).orElse(null);
        if (time == null) {
            fault("/eventTime", "must be a date and time with an offset");
        } else if (time.isAfter(now.plus(AHEAD))) {
            fault("/eventTime", "is in the future; an event is a thing that has happened");
        } else if (time.isBefore(Instant.parse("2000-01-01T00:00:00Z"))) {
            fault("/eventTime", "is before the year 2000, earlier than the ledger takes");
        }
    }

    private void about() {
        String action = event.path("action").asString("");
        switch (event.path("type").asString("")) {
            case "ObjectEvent" ->
                needs(
                        filled("epcList") || filled("quantityList") || filled("sensorElementList"),
                        "/epcList",
                        "an ObjectEvent is about something: epcList, quantityList or sensorElementList must not be empty");
            case "AggregationEvent", "AssociationEvent" -> {
                needs(
                        event.path("parentID").isString() || action.equals("OBSERVE"),
                        "/parentID",
                        "is missing; only with action OBSERVE may it be left out");
                needs(
                        filled("childEPCs")
                                || filled("childQuantityList")
                                || action.equals("DELETE")
                                || filled("sensorElementList"),
                        "/childEPCs",
                        "childEPCs or childQuantityList must not be empty with action " + action);
            }
            case "TransformationEvent" ->
                needs(
                        event.path("transformationID").isString()
                                || ((filled("inputEPCList") || filled("inputQuantityList"))
                                        && (filled("outputEPCList") || filled("outputQuantityList"))),
                        "/inputEPCList",
                        "without a transformationID there must be an input and an output");
            default -> {}
        }
    }

    private void identifiers() {
        for (String list : EPC_LISTS) {
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < event.path(list).size(); i++) {
                String epc = event.path(list).path(i).asString("");
                checkName("/" + list + "/" + i, epc);
                needs(seen.add(Gs1Uris.canonical(epc)), "/" + list + "/" + i, epc + " is named twice");
            }
        }
        checkName("/eventID", event.path("eventID").asString(""));
        checkName("/parentID", event.path("parentID").asString(""));
        checkName("/readPoint/id", event.path("readPoint").path("id").asString(""));
        checkName("/bizLocation/id", event.path("bizLocation").path("id").asString(""));
        String parent = Gs1Uris.canonical(event.path("parentID").asString("-"));
        for (int i = 0; i < event.path("childEPCs").size(); i++) {
            String child = Gs1Uris.canonical(event.path("childEPCs").path(i).asString(""));
            needs(!child.equals(parent), "/childEPCs/" + i, "is its own parent");
        }
    }

    private void checkName(String place, String id) {
        needs(id.length() <= LONGEST, place, "has " + id.length() + " characters; at most are " + LONGEST);
        Matcher key = CHECKED.matcher(Gs1Uris.canonical(id));
        if (!key.matches()) {
            return;
        }
        for (int group = 1; group <= key.groupCount(); group++) {
            String digits = key.group(group);
            if (digits != null) {
                int right = Gs1Uris.checkDigit(digits.substring(0, digits.length() - 1));
                needs(
                        digits.endsWith(Integer.toString(right)),
                        place,
                        digits + " has a wrong check digit; it would be " + right);
            }
        }
    }

    private void quantities() {
        for (String list : QUANTITY_LISTS) {
            for (int i = 0; i < event.path(list).size(); i++) {
                JsonNode element = event.path(list).path(i);
                String place = "/" + list + "/" + i;
                checkName(place + "/epcClass", element.path("epcClass").asString(""));
                JsonNode quantity = element.path("quantity");
                if (quantity.isNumber()) {
                    needs(quantity.decimalValue().signum() >= 0, place + "/quantity", "must not be negative");
                    needs(
                            element.has("uom")
                                    || quantity.decimalValue()
                                                    .stripTrailingZeros()
                                                    .scale()
                                            <= 0,
                            place + "/quantity",
                            "without a uom it is a count, which is a whole number");
                } else {
                    needs(!element.has("uom"), place + "/uom", "a unit of measure needs a quantity");
                }
            }
        }
    }

    private void masterData() {
        if (event.has("ilmd") && event.path("type").asString("").equals("ObjectEvent")) {
            needs(
                    event.path("action").asString("").equals("ADD"),
                    "/ilmd",
                    "instance and lot master data belongs to the beginning of life: action ADD");
        }
    }

    private void dispositions() {
        JsonNode persistent = event.path("persistentDisposition");
        for (JsonNode word : persistent.path("set")) {
            for (JsonNode other : persistent.path("unset")) {
                needs(
                        !Values.canonical(word.asString("")).equals(Values.canonical(other.asString(""))),
                        "/persistentDisposition/unset",
                        word.asString("") + " can't be set and unset at once");
            }
        }
    }

    private void correction() {
        JsonNode corrections = event.path("errorDeclaration").path("correctiveEventIDs");
        for (int i = 0; i < corrections.size(); i++) {
            needs(
                    !event.has("eventID")
                            || !corrections
                                    .path(i)
                                    .asString("")
                                    .equals(event.path("eventID").asString("")),
                    "/errorDeclaration/correctiveEventIDs/" + i,
                    "an event does not correct itself: the right one is a new event with an id of its own");
        }
    }

    private void sensors() {
        JsonNode elements = event.path("sensorElementList");
        for (int i = 0; i < elements.size(); i++) {
            JsonNode metadata = elements.path(i).path("sensorMetadata");
            Instant start =
                    Values.instant(metadata.path("startTime").asString("")).orElse(Instant.MIN);
            Instant end = Values.instant(metadata.path("endTime").asString("")).orElse(Instant.MAX);
            needs(!start.isAfter(end), "/sensorElementList/" + i + "/sensorMetadata/endTime", "is before startTime");
            JsonNode reports = elements.path(i).path("sensorReport");
            for (int j = 0; j < reports.size(); j++) {
                report("/sensorElementList/" + i + "/sensorReport/" + j, reports.path(j));
            }
        }
    }

    private void report(String place, JsonNode report) {
        JsonNode min = report.path("minValue");
        JsonNode max = report.path("maxValue");
        needs(
                !min.isNumber() || !max.isNumber() || min.decimalValue().compareTo(max.decimalValue()) <= 0,
                place + "/maxValue",
                "is less than minValue");
    }

    /** A name with a prefix that nobody declared means nothing. */
    private void prefixes(JsonNode object, String place, Map<String, String> namespaces) {
        object.properties().forEach(field -> {
            int colon = field.getKey().indexOf(':');
            String prefix = colon < 0 ? "" : field.getKey().substring(0, colon);
            boolean web = colon >= 0 && field.getKey().startsWith("//", colon + 1);
            needs(
                    colon < 0
                            || web
                            || prefix.equals("urn")
                            || GIVEN.contains(prefix)
                            || namespaces.containsKey(prefix),
                    place + "/" + field.getKey(),
                    "the prefix \"" + prefix + "\" is not declared in @context");
            if (!field.getKey().equals("@context")) {
                nested(field.getValue(), place + "/" + field.getKey(), namespaces);
            }
        });
    }

    private void nested(JsonNode value, String place, Map<String, String> namespaces) {
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                nested(value.path(i), place + "/" + i, namespaces);
            }
        } else if (value.isObject()) {
            prefixes(value, place, namespaces);
        }
    }

    private boolean filled(String list) {
        return event.path(list).isArray() && !event.path(list).isEmpty();
    }

    private void needs(boolean right, String place, String reason) {
        if (!right) {
            fault(place, reason);
        }
    }

    private void fault(String place, String reason) {
        faults.add(new Fault(place, reason));
    }
}
