package io.clearmarket.gateway.epcis.query;

import static io.clearmarket.gateway.epcis.query.NaiveEvaluator.MIDDLE;
import static io.clearmarket.gateway.epcis.query.NaiveEvaluator.text;
import static io.clearmarket.gateway.epcis.query.NaiveEvaluator.time;

import io.clearmarket.gateway.epcis.query.NaiveEvaluator.Comparison;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** {@link NaiveEvaluator}'s part about fields of the generator's own namespace. */
final class NaiveExtensions {
    private NaiveExtensions() {}

    static void filters(Map<String, Predicate<JsonNode>> all) {
        own(all);
        scope(all, "", e -> e, "ex:weight", 50);
        scope(all, "INNER_", e -> e.path("ex:box").path("ex:lid"), "ex:depth", 2);
        scope(all, "ILMD_", e -> e.path("ilmd"), "ex:pieces", 2);
        scope(all, "INNER_ILMD_", e -> e.path("ilmd").path("ex:recipe"), "ex:salt", 7);
        scope(all, "ERROR_DECLARATION_", e -> e.path("errorDeclaration"), "ex:cost", 2);
        scope(all, "INNER_ERROR_DECLARATION_", e -> e.path("errorDeclaration").path("ex:finder"), "ex:shift", 2);
        scope(all, "SENSORELEMENT_", NaiveSensors::element, "ex:rack", 2);
        scope(all, "INNER_SENSORELEMENT_", e -> NaiveSensors.element(e).path("ex:mount"), "ex:height", 2);
        scope(all, "SENSORMETADATA_", NaiveSensors::metadata, "ex:firmware", 2);
        scope(all, "INNER_SENSORMETADATA_", e -> NaiveSensors.metadata(e).path("ex:battery"), "ex:percent", 2);
        scope(all, "SENSORREPORT_", NaiveSensors::report, "ex:dose", 2);
        scope(all, "INNER_SENSORREPORT_", e -> NaiveSensors.report(e).path("ex:lab"), "ex:room", 2);
        for (String place : Set.of("readPoint", "bizLocation")) {
            scope(all, place + "_", e -> e.path(place), "ex:dock", 2);
            scope(all, "INNER_" + place + "_", e -> e.path(place).path("ex:zone"), "ex:shelf", 2);
        }
    }

    /** Presence and the five comparisons of a number somewhere in an event. */
    private static void scope(
            Map<String, Predicate<JsonNode>> all,
            String scope,
            Function<JsonNode, JsonNode> where,
            String field,
            int asked) {
        all.put("EXISTS_" + scope + field + "=", e -> where.apply(e).has(field));
        for (Comparison comparison : Comparison.values()) {
            all.put(comparison + "_" + scope + field + "=" + asked, e -> {
                JsonNode found = where.apply(e).path(field);
                return found.isNumber() && comparison.holds(Integer.compare(found.intValue(), asked));
            });
        }
    }

    private static void own(Map<String, Predicate<JsonNode>> all) {
        all.put("EQ_ex:colour=red", e -> text(e, "ex:colour").equals("red"));
        all.put("EQ_http://ns.example.com/colour=red", e -> text(e, "ex:colour").equals("red"));
        all.put("GT_ex:weight=90", e -> e.path("ex:weight").asInt(0) > 90);
        all.put("EQ_ex:weight=50", e -> e.path("ex:weight").asInt(0) == 50);
        all.put(
                "LT_ex:checkedAt=" + MIDDLE,
                e -> e.has("ex:checkedAt") && time(e.path("ex:checkedAt")).isBefore(MIDDLE));
        all.put("EXISTS_ex:weight=", e -> e.has("ex:weight"));
        all.put(
                "EQ_INNER_ex:colour=blue",
                e -> text(e.path("ex:box").path("ex:lid"), "ex:colour").equals("blue"));
        all.put("EXISTS_INNER_ex:lid=", e -> e.path("ex:box").has("ex:lid"));
        all.put(
                "EQ_ILMD_ex:batch=batch-1|batch-2",
                e -> Set.of("batch-1", "batch-2").contains(text(e.path("ilmd"), "ex:batch")));
        all.put(
                "GE_INNER_ILMD_ex:salt=7",
                e -> e.path("ilmd").path("ex:recipe").path("ex:salt").asInt(0) >= 7);
        all.put("EXISTS_ILMD_ex:batch=", e -> e.path("ilmd").has("ex:batch"));
        all.put(
                "EQ_ERROR_DECLARATION_ex:why=because-1",
                e -> text(e.path("errorDeclaration"), "ex:why").equals("because-1"));
        all.put(
                "EQ_bizStep=shipping&EQ_action=ADD&GT_ex:weight=50",
                e -> text(e, "bizStep").equals("shipping")
                        && text(e, "action").equals("ADD")
                        && e.path("ex:weight").asInt(0) > 50);
    }
}
