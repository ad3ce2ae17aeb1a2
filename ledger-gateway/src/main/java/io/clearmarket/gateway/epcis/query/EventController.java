package io.clearmarket.gateway.epcis.query;

import io.clearmarket.gateway.epcis.EpcisProblem;
import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import io.clearmarket.gateway.epcis.Gs1Headers;
import io.clearmarket.gateway.epcis.Paged;
import io.clearmarket.gateway.epcis.xml.EpcisAnswer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Events by the EPCIS query language, and what resources have events (EPCIS 2.0, section 12.3). */
@RestController
@RequestMapping("/epcis")
@Tag(name = "EPCIS queries", description = "EPCIS 2.0 events, by GS1's REST bindings")
class EventController {
    /** Each resource that has events, the parameter that finds them and the kind of name that is listed. */
    private static final Map<String, Resource> RESOURCES = Map.of(
            "eventTypes", new Resource("eventType", "type"),
            "epcs", new Resource("MATCH_anyEPC", "epc"),
            "bizSteps", new Resource("EQ_bizStep", "bizStep"),
            "bizLocations", new Resource("EQ_bizLocation", "bizLocation"),
            "readPoints", new Resource("EQ_readPoint", "readPoint"),
            "dispositions", new Resource("EQ_disposition", "disposition"));

    private final EventQueries queries;
    private final Resources resources;
    private final Answers answers;

    EventController(EventQueries queries, Resources resources, Answers answers) {
        this.queries = queries;
        this.resources = resources;
        this.answers = answers;
    }

    private record Resource(String parameter, String kind) {}

    @GetMapping({"", "/"})
    @Operation(summary = "The top-level resources")
    JsonNode topLevel() {
        return Resources.collection(List.of(
                "queries",
                "capture",
                "events",
                "eventTypes",
                "epcs",
                "readPoints",
                "bizLocations",
                "dispositions",
                "bizSteps"));
    }

    @GetMapping("/events")
    @Operation(summary = "Events", description = "Filtered by the parameters of the EPCIS query language.")
    @PagedQuery
    ResponseEntity<EpcisAnswer> events(
            HttpServletRequest request,
            @RequestHeader(name = Gs1Headers.EXTENSIONS, required = false) @Nullable String extensions,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> query) {
        return answers.events(request, QueryReader.read(Parameters.ofUrl(query, extensions)));
    }

    @GetMapping("/events/{eventId}")
    @Operation(summary = "An event", description = "With what was declared of it. By its own id, or its CBV hash id.")
    ResponseEntity<EpcisAnswer> event(HttpServletRequest request, @PathVariable String eventId) {
        EventQuery query = new EventQuery(List.of(new Condition.Ids(List.of(eventId))), null, false, null, null);
        EventQueries.Page page = queries.find(query, Answers.MOST, null);
        if (page.events().isEmpty()) {
            throw new EpcisProblem(Kind.NO_SUCH_NAME, "there is no event \"" + eventId + "\"");
        }
        return ResponseEntity.ok(Answers.answer(request, "SimpleEventQuery", page.events()));
    }

    @GetMapping("/{resource:eventTypes|epcs|bizSteps|bizLocations|readPoints|dispositions}")
    @Operation(summary = "Names that events hold")
    ResponseEntity<JsonNode> names(
            @PathVariable String resource,
            @RequestParam(defaultValue = "30") @Min(1) @Max(Paged.MOST) int perPage,
            @RequestParam(required = false) @Nullable String nextPageToken) {
        return resources.names(resource, resource(resource).kind(), perPage, nextPageToken);
    }

    @GetMapping("/{resource:eventTypes|epcs|bizSteps|bizLocations|readPoints|dispositions}/{name}")
    @Operation(summary = "What there is of a name")
    JsonNode name(@PathVariable String resource, @PathVariable String name) {
        resources.requireKnown(resource(resource).kind(), name);
        return Resources.collection(List.of("events"));
    }

    @GetMapping("/{resource:eventTypes|epcs|bizSteps|bizLocations|readPoints|dispositions}/{name}/events")
    @Operation(summary = "Events of a name", description = "Filtered further by the EPCIS query language.")
    @PagedQuery
    ResponseEntity<EpcisAnswer> eventsOf(
            HttpServletRequest request,
            @PathVariable String resource,
            @PathVariable String name,
            @RequestHeader(name = Gs1Headers.EXTENSIONS, required = false) @Nullable String extensions,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> query) {
        resources.requireKnown(resource(resource).kind(), name);
        EventQuery further = QueryReader.read(Parameters.ofUrl(query, extensions));
        EventQuery own =
                QueryReader.read(new Parameters(Map.of(resource(resource).parameter(), List.of(name)), Map.of()));
        return answers.events(request, further.with(own.conditions()));
    }

    /** Tokens hold all that there is to know; there is nothing to release. */
    @DeleteMapping("/nextPageToken/{token}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Release a page token")
    void release(@PathVariable String token) {
        PageToken.parse(token);
    }

    private static Resource resource(String name) {
        Resource resource = RESOURCES.get(name);
        if (resource == null) {
            throw new EpcisProblem(Kind.NO_SUCH_NAME, "there is no resource \"" + name + "\"");
        }
        return resource;
    }
}
