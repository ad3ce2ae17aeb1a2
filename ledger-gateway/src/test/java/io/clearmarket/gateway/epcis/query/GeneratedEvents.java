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
public final class GeneratedEvents {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final List<String> TYPES =
            List.of("ObjectEvent", "AggregationEvent", "TransactionEvent", "TransformationEvent", "AssociationEvent");
    static final List<String> ACTIONS = List.of("ADD", "OBSERVE", "DELETE");
    static final List<String> STEPS = List.of("shipping", "receiving", "https://example.com/steps/polishing");
    static final List<String> DISPOSITIONS = List.of("in_transit", "in_progress", "expired");
    private static final String GTIN = "10614141073461".substring(0, 13);

    private final Random random;

    public GeneratedEvents(long seed) {
        this.random = new Random(seed);
    }

    /** The next event; its extensions have the prefix {@code ex}, which the caller declares. */
    public ObjectNode next() {
        ObjectNode event = Json.MAPPER.createObjectNode();
        String type = pick(TYPES);
        event.put("type", type);
        event.put("eventID", "urn:uuid:" + new UUID(random.nextLong(), random.nextLong()));
        event.put("eventTime", time());
        event.put("eventTimeZoneOffset", "+00:00");
        common(event, type);
        things(event, type);
        if (random.nextInt(3) == 0) {
            sensor(event.putArray("sensorElementList").addObject());
        }
        extensions(event);
        if (random.nextInt(10) == 0) {
            ObjectNode error = event.putObject("errorDeclaration");
            error.put("declarationTime", time());
            error.put("reason", random.nextBoolean() ? "did_not_occur" : "incorrect_data");
            error.putArray("correctiveEventIDs").add("urn:uuid:corrective-" + random.nextInt(3));
            error.put("ex:why", "because-" + random.nextInt(3));
            error.put("ex:cost", random.nextInt(5));
            error.putObject("ex:finder").put("ex:shift", random.nextInt(5));
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
            ObjectNode persistent = event.putObject("persistentDisposition");
            if (random.nextBoolean()) {
                persistent.putArray("set").add(pick(DISPOSITIONS));
            }
            if (persistent.isEmpty() || random.nextBoolean()) {
                persistent.putArray("unset").add(pick(DISPOSITIONS));
            }
        }
        for (String field : List.of("readPoint", "bizLocation")) {
            if (random.nextInt(4) > 0) {
                place(event.putObject(field));
            }
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

    private void place(ObjectNode where) {
        where.put("id", place(random.nextInt(4)));
        if (random.nextInt(4) == 0) {
            where.put("ex:dock", random.nextInt(5));
            where.putObject("ex:zone").put("ex:shelf", random.nextInt(5));
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
        if (random.nextInt(3) == 0) {
            element.put("ex:rack", random.nextInt(5));
            element.putObject("ex:mount").put("ex:height", random.nextInt(5));
        }
        ObjectNode metadata = element.putObject("sensorMetadata");
        metadata.put("time", time());
        metadata.put("startTime", time());
        metadata.put("endTime", time());
        metadata.put("deviceID", "urn:epc:id:giai:4000001." + random.nextInt(4));
        metadata.put("dataProcessingMethod", "urn:epc:id:gdti:4012345.00005." + random.nextInt(4));
        metadata.put("bizRules", "https://example.com/rules/" + random.nextInt(4));
        metadata.put("ex:firmware", random.nextInt(5));
        metadata.putObject("ex:battery").put("ex:percent", random.nextInt(5));
        ObjectNode report = element.putArray("sensorReport").addObject();
        switch (random.nextInt(4)) {
            case 0 -> found(report);
            case 1 -> read(report);
            default -> measured(report);
        }
        if (random.nextInt(3) == 0) {
            report.put("ex:dose", random.nextInt(5));
            report.putObject("ex:lab").put("ex:room", random.nextInt(5));
        }
    }

    private void measured(ObjectNode report) {
        report.put("type", random.nextBoolean() ? "Temperature" : "AbsoluteHumidity");
        String unit = pick(List.of("CEL", "FAH", "KEL", "A93"));
        for (String name : List.of("value", "minValue", "maxValue", "meanValue", "percValue")) {
            report.put(name, degrees(unit, random.nextInt(40)));
        }
        report.put("sDev", random.nextInt(10));
        report.put("uom", unit);
        report.put("percRank", random.nextInt(100));
    }

    private static BigDecimal degrees(String unit, int celsius) {
        return switch (unit) {
            case "FAH" -> new BigDecimal(celsius * 9 + 160).movePointLeft(1).multiply(BigDecimal.TWO);
            case "KEL" -> new BigDecimal("273.15").add(new BigDecimal(celsius));
            default -> new BigDecimal(celsius);
        };
    }

    /** What a laboratory found. */
    private void found(ObjectNode report) {
        report.put("type", "Dimensionless");
        report.put("value", random.nextInt(40));
        if (random.nextBoolean()) {
            report.put("microorganism", "https://www.ncbi.nlm.nih.gov/taxonomy/126" + random.nextInt(4));
        } else {
            report.put("chemicalSubstance", "https://identifiers.org/inchikey:CZMRCDWAGMRECN-" + random.nextInt(4));
        }
    }

    /** What is no number. */
    private void read(ObjectNode report) {
        report.put("type", "Dimensionless");
        report.put("time", time());
        report.put("deviceID", "urn:epc:id:giai:4000002." + random.nextInt(4));
        report.put("stringValue", "state-" + random.nextInt(3));
        report.put("booleanValue", random.nextBoolean());
        report.put("hexBinaryValue", "F0F" + random.nextInt(4));
        report.put("uriValue", "https://example.com/readings/" + random.nextInt(4));
    }

    private String time() {
        return START.plusSeconds(random.nextInt(100_000)).toString();
    }

    private void extensions(ObjectNode event) {
        if (random.nextInt(3) == 0) {
            event.put("ex:colour", random.nextBoolean() ? "red" : "blue");
        }
        if (random.nextInt(3) == 0) {
            event.put("ex:weight", random.nextInt(100));
        }
        if (random.nextInt(3) == 0) {
            event.put("ex:checkedAt", time());
        }
        if (random.nextInt(3) == 0) {
            ObjectNode lid = event.putObject("ex:box").putObject("ex:lid");
            lid.put("ex:colour", random.nextBoolean() ? "red" : "blue");
            lid.put("ex:depth", random.nextInt(5));
        }
        if (random.nextInt(4) == 0) {
            ObjectNode ilmd = event.putObject("ilmd");
            ilmd.put("ex:batch", "batch-" + random.nextInt(4));
            ilmd.put("ex:pieces", random.nextInt(5));
            ilmd.putObject("ex:recipe").put("ex:salt", random.nextInt(10));
        }
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
