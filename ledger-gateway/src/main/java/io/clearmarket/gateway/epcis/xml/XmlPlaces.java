package io.clearmarket.gateway.epcis.xml;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Places of faults, which are found in JSON-LD, as they are in XML. */
public final class XmlPlaces {
    private static final Pattern INDEX = Pattern.compile("\\d+");
    private static final List<String> ATTRIBUTES_OF = List.of("sensorMetadata", "sensorReport");

    private XmlPlaces() {}

    /**
     * The XPath of a JSON pointer's place.
     *
     * @param pointer into an EPCISDocument or one event, such as {@code /epcisBody/eventList/0/epcList/1}
     * @return such as {@code /EPCISBody/EventList/*[1]/epcList/epc[2]}, below the document or the event
     */
    public static String xpath(String pointer) {
        StringBuilder path = new StringBuilder();
        String before = "";
        for (String part : pointer.split("/", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            boolean index = INDEX.matcher(part).matches();
            path.append(index ? item(before, Integer.parseInt(part)) : name(before, part));
            before = index ? before + "[]" : part;
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    private static String item(String list, int index) {
        String place = "[" + (index + 1) + "]";
        return switch (list) {
            case "eventList" -> "/*" + place;
            case "set", "unset", "sensorReport", "certificationInfo" -> place;
            default ->
                Layout.ITEMS.containsKey(list) ? "/" + Objects.requireNonNull(Layout.ITEMS.get(list)) + place : place;
        };
    }

    private static String name(String before, String part) {
        String parent = before.replace("[]", "");
        return switch (part) {
            case "epcisBody" -> "/EPCISBody";
            case "queryResults" -> "/QueryResults";
            case "eventList" -> "/EventList";
            case "schemaVersion", "creationDate" -> "/@" + part;
            case "bizTransaction", "source", "destination" -> "";
            case "type" -> "/@type";
            default -> (ATTRIBUTES_OF.contains(parent) ? "/@" : "/") + part;
        };
    }
}
