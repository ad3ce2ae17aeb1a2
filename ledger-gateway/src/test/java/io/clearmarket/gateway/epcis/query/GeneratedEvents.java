package io.clearmarket.gateway.epcis.query;

import io.clearmarket.gateway.provenance.Gs1Uris;
import io.clearmarket.wallet.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Events of every type with every field that a query may ask of, from a seed; the same identifiers in different spellings. */
final class GeneratedEvents {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final List<String> TYPES =
            List.of("ObjectEvent", "AggregationEvent", "TransactionEvent", "TransformationEvent", "AssociationEvent");
    static final List<String> ACTIONS = List.of("ADD", "OBSERVE", "DELETE");
    static final List<String> STEPS = List.of("shipping", "receiving", "https://example.com/steps/polishing");
    static final List<String> DISPOSITIONS = List.of("in_transit", "in_progress", "expired");
    private static final String GTIN = "10614141073461".substring(0, 13);

    private final Random random;

    GeneratedEvents(long seed) {
        this.random = new Random(seed);
    }

    ObjectNode next() {
        ObjectNode event = Json.MAPPER.createObjectNode();
        String type = pick(TYPES);
        event.put("type", type);
        event.put("eventID", "urn:uuid:" + new UUID(random.nextLong(), random.nextLong()));
        event.put("eventTime", START.plusSeconds(random.nextInt(100_000)).toString());
        event.put("eventTimeZoneOffset", "+00:00");
        common(event, type);
        things(event, type);
        if (random.nextInt(3) == 0) {
            sensor(event.putArray("sensorElementList").addObject());
        }
        extensions(event);
        if (random.nextInt(10) == 0) {
            ObjectNode error = event.putObject("errorDeclaration");
            error.put(
                    "declarationTime",
                    START.plusSeconds(random.nextInt(100_000)).toString());
            error.put("reason", random.nextBoolean() ? "did_not_occur" : "incorrect_data");
            error.putArray("correctiveEventIDs").add("urn:uuid:corrective-" + random.nextInt(3));
            error.put("ex:why", "because-" + random.nextInt(3));
        }
        return event;
    }

    private void common(ObjectNode event, String type) {
        if (!type.equals("TransformationEvent")) {
            event.put("action", pick(ACTIONS));
        }
        if (random.nextInt(5) > 0) {
            event.put("bizStep", pick(STEPS));
        }
        if (random.nextInt(5) > 0) {
            event.put("disposition", pick(DISPOSITIONS));
        }
        if (random.nextInt(8) == 0) {
            event.putObject("persistentDisposition").putArray("set").add(pick(DISPOSITIONS));
        }
        if (random.nextInt(4) > 0) {
            event.putObject("readPoint").put("id", place(random.nextInt(4)));
        }
        if (random.nextInt(4) > 0) {
            event.putObject("bizLocation").put("id", place(random.nextInt(4)));
        }
        if (random.nextInt(3) == 0) {
            ObjectNode order = event.putArray("bizTransactionList").addObject();
            order.put("type", random.nextBoolean() ? "po" : "inv");
            order.put("bizTransaction", "urn:example:transaction:" + random.nextInt(4));
        }
        if (random.nextInt(3) == 0) {
            ObjectNode source = event.putArray("sourceList").addObject();
            source.put("type", "owning_party");
            source.put("source", "urn:epc:id:pgln:4012345.0022" + random.nextInt(3));
        }
        if (random.nextInt(3) == 0) {
            ObjectNode destination = event.putArray("destinationList").addObject();
            destination.put("type", "location");
            destination.put("destination", place(random.nextInt(3)));
        }
    }

    private void things(ObjectNode event, String type) {
        switch (type) {
            case "ObjectEvent", "TransactionEvent" -> {
                epcs(event.putArray("epcList"));
                quantities(event.putArray("quantityList"));
            }
            case "AggregationEvent", "AssociationEvent" -> {
                event.put("parentID", "urn:epc:id:sscc:4012345.000000000" + random.nextInt(5));
                epcs(event.putArray("childEPCs"));
                quantities(event.putArray("childQuantityList"));
            }
            default -> {
                epcs(event.putArray("inputEPCList"));
                quantities(event.putArray("inputQuantityList"));
                epcs(event.putArray("outputEPCList"));
                quantities(event.putArray("outputQuantityList"));
                event.put("transformationID", "urn:example:transformation:" + random.nextInt(5));
            }
        }
    }

    private void epcs(ArrayNode list) {
        int first = random.nextInt(40);
        for (int i = 0; i < random.nextInt(4); i++) {
            list.add(random.nextBoolean() ? urn(first + i) : link(first + i));
        }
    }

    /** One item, as an EPC URN. */
    static String urn(int serial) {
        return "urn:epc:id:sgtin:0614141.107346." + serial;
    }

    /** The same item, as a Digital Link URI. */
    static String link(int serial) {
        return link() + "/21/" + serial;
    }

    /** The class of all items. */
    static String link() {
        return "https://id.gs1.org/01/" + GTIN + Gs1Uris.checkDigit(GTIN);
    }

    static String lot(int number) {
        return "urn:epc:class:lgtin:4012345.012345.lot" + number;
    }

    static String place(int number) {
        return "urn:epc:id:sgln:4012345.0000" + number + ".0";
    }

    private void quantities(ArrayNode list) {
        if (random.nextBoolean()) {
            ObjectNode element = list.addObject();
            element.put("epcClass", lot(random.nextInt(6)));
            String unit = pick(List.of("", "KGM", "GRM", "LBR"));
            element.put("quantity", random.nextInt(20) * (unit.equals("GRM") ? 1000 : 1));
            if (!unit.isEmpty()) {
                element.put("uom", unit);
            }
        }
    }

    private void sensor(ObjectNode element) {
        ObjectNode metadata = element.putObject("sensorMetadata");
        metadata.put("time", START.plusSeconds(random.nextInt(100_000)).toString());
        metadata.put("deviceID", "urn:epc:id:giai:4000001." + random.nextInt(4));
        metadata.put("ex:firmware", random.nextInt(3));
        ObjectNode report = element.putArray("sensorReport").addObject();
        report.put("type", random.nextBoolean() ? "Temperature" : "AbsoluteHumidity");
        String unit = pick(List.of("CEL", "FAH", "KEL", "A93"));
        int celsius = random.nextInt(40);
        switch (unit) {
            case "FAH" ->
                report.put(
                        "value",
                        new BigDecimal(celsius * 9 + 160).movePointLeft(1).multiply(BigDecimal.TWO));
            case "KEL" -> report.put("value", new BigDecimal("273.15").add(new BigDecimal(celsius)));
            default -> report.put("value", celsius);
        }
        report.put("sDev", random.nextInt(10));
        report.put("uom", unit);
        report.put("booleanValue", random.nextBoolean());
        report.put("stringValue", "state-" + random.nextInt(3));
        report.put("percRank", random.nextInt(100));
    }

    private void extensions(ObjectNode event) {
        if (random.nextInt(3) == 0) {
            event.put("ex:colour", random.nextBoolean() ? "red" : "blue");
        }
        if (random.nextInt(3) == 0) {
            event.put("ex:weight", random.nextInt(100));
        }
        if (random.nextInt(3) == 0) {
            event.put("ex:checkedAt", START.plusSeconds(random.nextInt(100_000)).toString());
        }
        if (random.nextInt(3) == 0) {
            event.putObject("ex:box").putObject("ex:lid").put("ex:colour", random.nextBoolean() ? "red" : "blue");
        }
        if (random.nextInt(4) == 0) {
            ObjectNode ilmd = event.putObject("ilmd");
            ilmd.put("ex:batch", "batch-" + random.nextInt(4));
            ilmd.putObject("ex:recipe").put("ex:salt", random.nextInt(10));
        }
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
