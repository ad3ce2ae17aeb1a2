package io.clearmarket.gateway.epcis.capture;

import io.clearmarket.gateway.content.ContentStore;
import io.clearmarket.gateway.epcis.EpcisProblem;
import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import io.clearmarket.gateway.epcis.Paged;
import io.clearmarket.gateway.epcis.Spoken;
import io.clearmarket.gateway.epcis.capture.CaptureJob.Behaviour;
import io.clearmarket.gateway.epcis.store.CapturedDocument;
import io.clearmarket.gateway.epcis.xml.EpcisAnswer;
import io.clearmarket.gateway.epcis.xml.EpcisXmlReader;
import io.clearmarket.gateway.epcis.xml.XmlPlaces;
import io.clearmarket.gateway.epcis.xml.XmlWords;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.provenance.EpcisBody;
import io.clearmarket.gateway.provenance.EpcisDocument;
import io.clearmarket.wallet.json.Json;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** GS1's capture interface (EPCIS 2.0, section 12.4). */
@RestController
@RequestMapping("/epcis")
@Tag(name = "EPCIS capture", description = "EPCIS 2.0 events onto the ledger, by GS1's REST bindings")
class EpcisCaptureController {
    /** The most events of a document: a transaction holds no more, and a job is one transaction or none. */
    static final int CAPTURE_LIMIT = 100;

    private static final String BEHAVIOUR = "GS1-Capture-Error-Behaviour";

    private final ContentStore content;
    private final SchemaCheck schema;
    private final CaptureJobStore jobs;
    private final Captures captures;
    private final CaptureRunner runner;

    EpcisCaptureController(
            ContentStore content, SchemaCheck schema, CaptureJobStore jobs, Captures captures, CaptureRunner runner) {
        this.content = content;
        this.schema = schema;
        this.jobs = jobs;
        this.captures = captures;
        this.runner = runner;
    }

    @PostMapping("/capture")
    @EpcisBody
    @Operation(
            summary = "Capture an EPCIS document",
            description = "Answers with the capture job's address in Location; the job says what became of the events.")
    @ApiResponse(responseCode = "202", description = "The job is at Location")
    ResponseEntity<Void> capture(
            Caller caller,
            @RequestHeader(name = BEHAVIOUR, defaultValue = "rollback") String behaviour,
            @RequestHeader(HttpHeaders.CONTENT_TYPE) String type,
            @RequestBody byte[] sent) {
        Behaviour wanted = Behaviour.of(behaviour)
                .orElseThrow(() -> new EpcisProblem(
                        Kind.VALIDATION, BEHAVIOUR + " is \"" + behaviour + "\"; it must be rollback or proceed"));
        requireSize(sent);
        boolean xml = Spoken.isXml(type);
        byte[] body = xml ? Json.MAPPER.writeValueAsBytes(EpcisXmlReader.document(sent)) : sent;
        JsonNode root = EpcisDocument.read(body);
        List<Fault> faults = schema.document(withoutEvents(root));
        if (!faults.isEmpty()) {
            throw invalid(faults, xml);
        }
        CaptureJob job = accepted(caller, wanted, body);
        runner.runLater(job);
        return ResponseEntity.accepted()
                .location(URI.create("/epcis/capture/" + job.captureId()))
                .header(BEHAVIOUR, behaviour)
                .build();
    }

    @PostMapping("/events")
    @EpcisBody
    @Operation(summary = "Capture one event", description = "Answers when it is on the ledger.")
    @ApiResponse(responseCode = "201", description = "It is on the ledger", useReturnTypeSchema = true)
    ResponseEntity<EpcisAnswer> event(
            Caller caller, @RequestHeader(HttpHeaders.CONTENT_TYPE) String type, @RequestBody byte[] sent) {
        requireSize(sent);
        boolean xml = Spoken.isXml(type);
        byte[] body = xml ? Json.MAPPER.writeValueAsBytes(EpcisXmlReader.event(sent)) : sent;
        JsonNode root = EpcisDocument.read(body);
        if (root.path("epcisBody").isObject()) {
            throw new EpcisProblem(Kind.VALIDATION, "is a document; send it to /epcis/capture, and here one event");
        }
        if (!root.has("@context")) {
            throw invalid(List.of(new Fault("/@context", "is missing")), xml);
        }
        List<Fault> faults = schema.event(root);
        if (!faults.isEmpty()) {
            throw invalid(faults, xml);
        }
        CaptureJob job = runner.run(accepted(caller, Behaviour.ROLLBACK, body));
        if (!job.success()) {
            throw new EpcisProblem(
                    Kind.VALIDATION,
                    String.join(
                            "; ",
                            job.errors().stream()
                                    .map(error -> error.path("detail").asString(""))
                                    .toList()));
        }
        String id = CapturedDocument.parse(body).eventId(0);
        if (!job.duplicates().isEmpty()) {
            throw new EpcisProblem(
                    Kind.RESOURCE_ALREADY_EXISTS,
                    "the event has been captured before; the ledger knows it as "
                            + job.duplicates().getFirst().path("hash").asString(""));
        }
        return ResponseEntity.created(URI.create("/epcis/events/" + URLEncoder.encode(id, StandardCharsets.UTF_8)))
                .body(new EpcisAnswer(root, XmlWords.URN));
    }

    @GetMapping("/capture")
    @Operation(summary = "Your capture jobs", description = "Newest first.")
    ResponseEntity<List<CaptureJob>> jobs(
            Caller caller,
            @RequestParam(defaultValue = "30") @Min(1) @Max(Paged.MOST) int perPage,
            @RequestParam(required = false) @Nullable String nextPageToken) {
        Paged paging = Paged.of(perPage, nextPageToken);
        List<CaptureJob> found = jobs.page(caller.account(), paging.offset(), paging.perPage() + 1);
        HttpHeaders headers = new HttpHeaders();
        paging.linkNext(headers, "/epcis/capture", found.size());
        return ResponseEntity.ok().headers(headers).body(paging.page(found));
    }

    @GetMapping("/capture/{captureId}")
    @Operation(summary = "A capture job of yours")
    CaptureJob job(Caller caller, @PathVariable String captureId) {
        return jobs.find(captureId, caller.account())
                .orElseThrow(
                        () -> new EpcisProblem(Kind.NO_SUCH_NAME, "you have no capture job \"" + captureId + "\""));
    }

    private CaptureJob accepted(Caller caller, Behaviour behaviour, byte[] body) {
        String managed = caller.managed();
        if (managed == null) {
            throw new EpcisProblem(
                    Kind.SECURITY,
                    "this gateway holds no key for the caller: send the document to /api/v1/provenance/captures, sign "
                            + "each recordEvent on your own device, and the events appear here");
        }
        int size = EpcisDocument.parse(body).events().size();
        if (size > CAPTURE_LIMIT) {
            throw new EpcisProblem(
                    Kind.CAPTURE_LIMIT_EXCEEDED, "the document has " + size + " events; send at most " + CAPTURE_LIMIT);
        }
        return captures.begin(caller.account(), managed, behaviour, body);
    }

    private void requireSize(byte[] body) {
        if (body.length > content.maxBytes()) {
            throw new EpcisProblem(
                    Kind.CAPTURE_LIMIT_EXCEEDED,
                    "the document has " + body.length + " bytes; send at most " + content.maxBytes());
        }
    }

    /** The document around the events, which the job looks at one by one. */
    private static JsonNode withoutEvents(JsonNode root) {
        JsonNode copy = root.deepCopy();
        for (JsonNode body : List.of(
                copy.path("epcisBody"),
                copy.path("epcisBody").path("queryResults").path("resultsBody"))) {
            if (body instanceof ObjectNode object && object.path("eventList").isArray()) {
                object.putArray("eventList");
            }
        }
        return copy;
    }

    /** @param xml true to name places as they are in XML */
    private static EpcisProblem invalid(List<Fault> faults, boolean xml) {
        return new EpcisProblem(
                Kind.VALIDATION,
                String.join(
                        "; ",
                        faults.stream()
                                .map(fault -> xml ? new Fault(XmlPlaces.xpath(fault.place()), fault.reason()) : fault)
                                .map(Fault::toString)
                                .toList()));
    }
}
