package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.gateway.content.ContentStore;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.provenance.EpcisBody;
import io.clearmarket.gateway.provenance.EpcisDocument;
import io.clearmarket.gateway.provenance.EventRecords;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes an EPCIS document in, and says what of its events belongs on the ledger. */
@RestController
@Tag(name = "Provenance")
class CaptureController {
    private final ContentStore content;

    CaptureController(ContentStore content) {
        this.content = content;
    }

    /**
     * A stored document and its events, ready for the commands that record them.
     *
     * @param document its SHA-256
     */
    record Captured(Digest document, List<EpcisRecord> events) {}

    @PostMapping("/api/v1/provenance/captures")
    @ResponseStatus(HttpStatus.CREATED)
    @EpcisBody
    @Operation(
            summary = "Store an EPCIS document",
            description =
                    "Answers with each event's CBV hash id and the fields that the ledger keeps of it, as commands "
                            + "such as ship and recordEvent take them.")
    Captured capture(Caller caller, @RequestBody byte[] body) {
        if (body.length > content.maxBytes()) {
            throw new ApiProblem(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "TOO_LONG",
                    "the document has " + body.length + " bytes",
                    "send at most " + content.maxBytes() + " bytes",
                    null);
        }
        Digest document = Digest.sha256(body);
        List<EpcisRecord> events = EventRecords.of(EpcisDocument.parse(body), document);
        content.put(body, "application/ld+json", caller.account());
        return new Captured(document, events);
    }
}
