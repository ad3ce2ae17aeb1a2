package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.config.PublicPaths;
import io.clearmarket.gateway.content.ContentStore;
import io.clearmarket.gateway.content.Document;
import io.clearmarket.gateway.content.KeptDocument;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.readmodel.Viewer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Documents by their hash. The document of a recorded EPCIS event is everybody's; any other is for who brought it, for
 * auditors, and for the parties of a consignment whose dispute or ruling names it.
 */
@RestController
@RequestMapping("/api/v1/documents/{sha256}")
@Tag(name = "Documents", description = "What the ledger only knows by its hash")
class DocumentController {
    private final ContentStore content;
    private final ReadModel readModel;

    DocumentController(ContentStore content, ReadModel readModel) {
        this.content = content;
        this.readModel = readModel;
    }

    /** Where a document is kept. */
    record Stored(Digest sha256, int size) {}

    @PutMapping
    @Operation(summary = "Store a document", description = "The body must have the SHA-256 that the path names.")
    @ApiResponse(responseCode = "200", description = "It was there", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "201", description = "It is there now", useReturnTypeSchema = true)
    ResponseEntity<Stored> put(
            Caller caller,
            @PathVariable Digest sha256,
            @RequestHeader(value = HttpHeaders.CONTENT_TYPE, defaultValue = "application/octet-stream") String type,
            @RequestBody byte[] body) {
        String mediaType = Document.mediaType(type);
        long most = content.maxBytes(mediaType);
        if (body.length > most) {
            throw new ApiProblem(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "TOO_LONG",
                    "the document has " + body.length + " bytes",
                    "send at most " + most + " bytes",
                    null);
        }
        Digest actual = Digest.sha256(body);
        if (!actual.equals(sha256)) {
            throw new ApiProblem(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "HASH_DIFFERS",
                    "the body's SHA-256 is " + actual,
                    "name the document by its own hash",
                    sha256.hex());
        }
        boolean known = content.contains(sha256);
        content.put(body, mediaType, caller.account());
        return ResponseEntity.status(known ? HttpStatus.OK : HttpStatus.CREATED).body(new Stored(sha256, body.length));
    }

    @GetMapping
    @Operation(summary = "A document", description = "An EPCIS event's document needs no token.")
    @ApiResponse(
            responseCode = "200",
            description = "The document, in the media type that it was stored with",
            content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<Resource> get(@Nullable Caller caller, @PathVariable Digest sha256) {
        KeptDocument document = content.find(sha256)
                .filter(found -> mayRead(caller, found))
                .orElseThrow(() -> new ApiProblem(
                        HttpStatus.NOT_FOUND,
                        "NOT_FOUND",
                        "there is no document of this hash that you may read",
                        "ask with the token of a party that it concerns",
                        sha256.hex()));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(document.mediaType()))
                .eTag("\"" + sha256 + "\"")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .cacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable())
                .body(document);
    }

    private boolean mayRead(@Nullable Caller caller, KeptDocument document) {
        ReadModel.DocumentUse use = readModel.uses(document.hash());
        if (use.epcisEvent()) {
            return true;
        }
        if (caller == null) {
            return false;
        }
        Viewer viewer = Viewers.of(caller);
        return viewer.seesAll()
                || document.storedBy().equals(caller.account())
                || use.consignments().stream().anyMatch(id -> readModel.maySee(viewer, id));
    }

    /** Documents may be asked for without a token; {@link #get} decides. */
    @Configuration(proxyBeanMethods = false)
    static class Public {
        @Bean
        PublicPaths documentPaths() {
            return PublicPaths.of("/api/v1/documents/*");
        }
    }
}
