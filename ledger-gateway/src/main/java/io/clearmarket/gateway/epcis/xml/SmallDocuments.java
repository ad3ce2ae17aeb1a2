package io.clearmarket.gateway.epcis.xml;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What GS1's schema has beside events: problems and capture jobs. */
public final class SmallDocuments {
    private static final Map<String, String> ROOT = Map.of(Layout.EPCIS, "epcis");
    private static final List<String> PROBLEM = List.of("type", "title", "status", "detail", "instance");

    private SmallDocuments() {}

    /** An EPCISException, the form of RFC 9457's problems that the bindings have for XML. */
    public static byte[] problem(JsonNode problem) {
        XmlOut out = new XmlOut(Layout.EPCIS, "EPCISException", ROOT);
        fields(problem, out);
        return out.finished();
    }

    /** An EPCISCaptureJob; the places of its errors are XPaths. */
    public static byte[] captureJob(JsonNode job) {
        XmlOut out = new XmlOut(Layout.EPCIS, "EPCISCaptureJob", ROOT);
        for (String attribute : List.of("running", "success", "captureID")) {
            out.attribute(attribute, job.path(attribute).asString(""));
        }
        for (String element : List.of("captureErrorBehaviour", "createdAt", "finishedAt")) {
            if (job.hasNonNull(element)) {
                out.element(element, job.path(element).asString(""));
            }
        }
        if (!job.path("errors").isEmpty()) {
            out.start("errors");
            for (JsonNode error : job.path("errors")) {
                out.start("error");
                fields(error, out);
                out.end();
            }
            out.end();
        }
        return out.finished();
    }

    private static void fields(JsonNode problem, XmlOut out) {
        String instance = problem.path("instance").asString("");
        String pointer = instance.startsWith("#") ? instance.substring(1) : "";
        for (String field : PROBLEM) {
            String value = problem.path(field).asString("");
            if (pointer.isEmpty() || !(field.equals("detail") || field.equals("instance"))) {
                writeGiven(field, value, out);
            } else if (field.equals("instance")) {
                out.element(field, "#xpointer(" + XmlPlaces.xpath(pointer) + ")");
            } else {
                out.element(field, value.replace(pointer, XmlPlaces.xpath(pointer)));
            }
        }
    }

    private static void writeGiven(String field, String value, XmlOut out) {
        if (!value.isEmpty()) {
            out.element(field, value);
        }
    }
}
