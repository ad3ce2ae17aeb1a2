package io.clearmarket.gateway.epcis.xml;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What GS1's XML schema says of elements: which there are, in which order, and what lists are made of. */
final class Layout {
    static final String EPCIS = "urn:epcglobal:epcis:xsd:2";
    static final String QUERY = "urn:epcglobal:epcis-query:xsd:2";
    static final String HEADER = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader";
    static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    static final String SCHEMA = "http://www.w3.org/2001/XMLSchema";

    private static final List<String> ALWAYS = List.of(
            "eventTime", "recordTime", "eventTimeZoneOffset", "eventID", "errorDeclaration", "certificationInfo");
    private static final List<String> WHY = List.of("bizStep", "disposition", "readPoint", "bizLocation");
    private static final List<String> ENDS =
            List.of("sourceList", "destinationList", "sensorElementList", "persistentDisposition");

    /** The elements of each type of event, in their order; extensions follow. */
    static final Map<String, List<String>> EVENTS = Map.of(
            "ObjectEvent",
            order(List.of(
                    List.of("epcList", "action"),
                    WHY,
                    List.of("bizTransactionList", "quantityList"),
                    ENDS,
                    List.of("ilmd"))),
            "AggregationEvent",
            order(List.of(
                    List.of("parentID", "childEPCs", "action"),
                    WHY,
                    List.of("bizTransactionList", "childQuantityList"),
                    ENDS)),
            "TransactionEvent",
            order(List.of(
                    List.of("bizTransactionList", "parentID", "epcList", "action"),
                    WHY,
                    List.of("quantityList"),
                    ENDS)),
            "TransformationEvent",
            order(List.of(
                    List.of(
                            "inputEPCList",
                            "inputQuantityList",
                            "outputEPCList",
                            "outputQuantityList",
                            "transformationID"),
                    WHY,
                    List.of("bizTransactionList"),
                    ENDS,
                    List.of("ilmd"))),
            "AssociationEvent",
            order(List.of(
                    List.of("parentID", "childEPCs", "childQuantityList", "action"),
                    WHY,
                    List.of("bizTransactionList"),
                    ENDS)));

    /** The elements inside each list. */
    static final Map<String, String> ITEMS = Map.ofEntries(
            entry("epcList", "epc"),
            entry("childEPCs", "epc"),
            entry("inputEPCList", "epc"),
            entry("outputEPCList", "epc"),
            entry("quantityList", "quantityElement"),
            entry("childQuantityList", "quantityElement"),
            entry("inputQuantityList", "quantityElement"),
            entry("outputQuantityList", "quantityElement"),
            entry("bizTransactionList", "bizTransaction"),
            entry("sourceList", "source"),
            entry("destinationList", "destination"),
            entry("sensorElementList", "sensorElement"),
            entry("correctiveEventIDs", "correctiveEventID"));

    static final List<String> ERROR_DECLARATION = List.of("declarationTime", "reason", "correctiveEventIDs");
    static final List<String> QUANTITY = List.of("epcClass", "quantity", "uom");

    /** Attributes of sensorMetadata and sensorReport. */
    static final List<String> SENSOR = List.of(
            "time",
            "startTime",
            "endTime",
            "deviceID",
            "deviceMetadata",
            "rawData",
            "bizRules",
            "dataProcessingMethod",
            "type",
            "value",
            "component",
            "stringValue",
            "booleanValue",
            "hexBinaryValue",
            "uriValue",
            "uom",
            "minValue",
            "maxValue",
            "sDev",
            "chemicalSubstance",
            "microorganism",
            "meanValue",
            "percRank",
            "percValue",
            "coordinateReferenceSystem",
            "exception");

    /** Those of them that are numbers. */
    static final List<String> NUMBERS =
            List.of("value", "minValue", "maxValue", "sDev", "meanValue", "percRank", "percValue");

    private Layout() {}

    private static List<String> order(List<List<String>> parts) {
        return Stream.concat(ALWAYS.stream(), parts.stream().flatMap(List::stream))
                .toList();
    }
}
