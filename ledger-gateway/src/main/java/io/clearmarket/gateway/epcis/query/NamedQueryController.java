package io.clearmarket.gateway.epcis.query;

import io.clearmarket.gateway.epcis.EpcisProblem;
import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import io.clearmarket.gateway.epcis.Gs1Headers;
import io.clearmarket.gateway.epcis.Paged;
import io.clearmarket.gateway.epcis.xml.EpcisAnswer;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.provenance.Keepable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.SchemaProperty;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Named queries (EPCIS 2.0, section 12.5). Everybody may run one; its owner alone deletes it. */
@RestController
@RequestMapping("/epcis/queries")
@Tag(name = "EPCIS named queries", description = "Queries with names, and subscriptions to them")
class NamedQueryController {
    private static final String NAME = "^[A-Za-z0-9_.-]{1,80}$";

    private final NamedQueryStore store;
    private final Answers answers;
    private final EventStreams streams;

    NamedQueryController(NamedQueryStore store, Answers answers, EventStreams streams) {
        this.store = store;
        this.answers = answers;
        this.streams = streams;
    }

    @PostMapping
    @Operation(summary = "Make a named query")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schemaProperties = {
                                @SchemaProperty(name = "name", schema = @Schema(type = "string", pattern = NAME)),
                                @SchemaProperty(name = "query", schema = @Schema(type = "object"))
                            },
                            schema =
                                    @Schema(
                                            type = "object",
                                            requiredProperties = {"name", "query"})))
    @ApiResponse(responseCode = "201", description = "It is at Location")
    ResponseEntity<Void> create(
            Caller caller,
            @RequestHeader(name = Gs1Headers.EXTENSIONS, required = false) @Nullable String extensions,
            @RequestBody JsonNode body) {
        Keepable.require(body, "");
        JsonNode given = body.path("name");
        String name = given.isString() ? given.asString() : "";
        if (!name.matches(NAME)) {
            throw new EpcisProblem(Kind.QUERY_VALIDATION, "name must be 1 to 80 letters, digits or '-', '_', '.'");
        }
        QueryReader.read(Parameters.ofJson(body.path("query"), extensions));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        if (!store.add(new NamedQuery(name, caller.account(), body.path("query"), now))) {
            throw new EpcisProblem(Kind.RESOURCE_ALREADY_EXISTS, "there is a query \"" + name + "\" already");
        }
        return ResponseEntity.created(URI.create("/epcis/queries/" + name)).build();
    }

    @GetMapping
    @Operation(summary = "The named queries")
    ResponseEntity<List<NamedQuery>> list(
            @RequestParam(defaultValue = "30") @Min(1) @Max(Paged.MOST) int perPage,
            @RequestParam(required = false) @Nullable String nextPageToken) {
        Paged paging = Paged.of(perPage, nextPageToken);
        List<NamedQuery> found = store.page(paging.offset(), paging.perPage() + 1);
        HttpHeaders headers = new HttpHeaders();
        paging.linkNext(headers, "/epcis/queries", found.size());
        return ResponseEntity.ok().headers(headers).body(paging.page(found));
    }

    @GetMapping("/{name}")
    @Operation(summary = "A named query")
    NamedQuery get(@PathVariable String name) {
        return named(store, name);
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Delete a query of yours", description = "With every subscription to it.")
    void delete(Caller caller, @PathVariable String name) {
        requireOwn(caller, named(store, name).owner());
        store.delete(name);
        streams.queryDeleted();
    }

    @GetMapping("/{name}/events")
    @Operation(
            summary = "Run a named query",
            description = "Or, as a WebSocket handshake with stream=true or a schedule (minute=5), be sent an "
                    + "EPCISQueryDocument of what is new, for at most an hour.")
    @Nullable
    ResponseEntity<EpcisAnswer> events(
            Caller caller, HttpServletRequest request, HttpServletResponse response, @PathVariable String name)
            throws IOException {
        if (EventStreams.isAskedFor(request)) {
            streams.open(request, response, caller.account(), name);
            return null;
        }
        NamedQuery query = named(store, name);
        return answers.events(request, name, QueryReader.read(Parameters.ofJson(query.query(), null)));
    }

    static NamedQuery named(NamedQueryStore store, String name) {
        return store.find(name)
                .orElseThrow(() -> new EpcisProblem(Kind.NO_SUCH_NAME, "there is no query \"" + name + "\""));
    }

    static void requireOwn(Caller caller, String owner) {
        if (!caller.account().equals(owner)) {
            throw new EpcisProblem(Kind.SECURITY, "it is somebody else's");
        }
    }
}
