package io.clearmarket.gateway.resolver;

import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.gateway.config.CodedProblem;
import io.clearmarket.gateway.config.Language;
import io.clearmarket.gateway.config.PublicPaths;
import io.clearmarket.gateway.provenance.DigitalLink;
import io.clearmarket.gateway.readmodel.ItemEvents;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.wallet.json.Json;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** GS1 Digital Links of every primary key. An item's page is the pages' own; what is asked for otherwise is answered here. */
@RestController
@Tag(name = "Resolver", description = "GS1 Digital Link: links about what a code names")
class ResolverController {
    private static final String CANONICAL = "https://id.gs1.org";
    private static final List<String> LANGUAGES = Language.codes();
    private static final String KEYS = "00|01|253|255|401|402|414|417|8003|8004|8006|8010|8013|8017|8018";

    private final ReadModel readModel;
    private final ItemEvents itemEvents;

    ResolverController(ReadModel readModel, ItemEvents itemEvents) {
        this.readModel = readModel;
        this.itemEvents = itemEvents;
    }

    @GetMapping({"/{key:" + KEYS + "}/{value}", "/{key:" + KEYS + "}/{value}/**"})
    @Operation(
            summary = "Resolve a Digital Link",
            description =
                    "linkType chooses a link and leads there; linkType=linkset, or Accept: application/linkset+json, "
                            + "answers with all. Without either it leads to the default link. Qualifiers may follow"
                            + " the value: /01/{gtin}/21/{serial}.")
    @SecurityRequirements
    @Parameter(
            name = "key",
            in = ParameterIn.PATH,
            required = true,
            description = "A GS1 primary key",
            schema = @Schema(type = "string"))
    @Parameter(name = "value", in = ParameterIn.PATH, required = true, schema = @Schema(type = "string"))
    @ApiResponse(
            responseCode = "200",
            description = "All links",
            content = {
                @Content(mediaType = "application/linkset+json", schema = @Schema(type = "object")),
                @Content(mediaType = "application/json", schema = @Schema(type = "object"))
            })
    @ApiResponse(responseCode = "307", description = "The link is at Location", content = @Content)
    ResponseEntity<JsonNode> resolve(
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable String linkType,
            @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = "*/*") String accept,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false) @Nullable String language) {
        DigitalLink link = parsed(request.getRequestURI());
        Linkset links = links(link);
        boolean all = "linkset".equals(linkType) || (linkType == null && accept.contains("json"));
        if (all || (linkType == null && links.find("pip").isEmpty())) {
            MediaType type = accept.contains("application/json") && !accept.contains(Linkset.MEDIA_TYPE)
                    ? MediaType.APPLICATION_JSON
                    : MediaType.parseMediaType(Linkset.MEDIA_TYPE);
            return ResponseEntity.ok()
                    .contentType(type)
                    .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                    .body(links.json());
        }
        Linkset.Link found = links.find(linkType == null ? "defaultLink" : linkType)
                .orElseThrow(() -> problem(
                        HttpStatus.NOT_FOUND,
                        "NO_SUCH_LINK",
                        "there is no link of type \"" + linkType
                                + "\" here; linkType=linkset lists those that there are"));
        return ResponseEntity.status(HttpStatus.TEMPORARY_REDIRECT)
                .location(URI.create(found.hrefIn(languages(language))))
                .header(
                        HttpHeaders.LINK,
                        "<" + link.path() + "?linkType=linkset>; rel=\"linkset\"; type=\"" + Linkset.MEDIA_TYPE + "\"")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT + ", " + HttpHeaders.ACCEPT_LANGUAGE)
                .build();
    }

    @GetMapping("/.well-known/gs1resolver")
    @Operation(summary = "What this resolver resolves")
    JsonNode description(HttpServletRequest request) {
        var description = Json.MAPPER.createObjectNode();
        description.put("name", "Clearmarket");
        description.put("resolverRoot", request.getScheme() + "://" + request.getHeader(HttpHeaders.HOST));
        var keys = description.putArray("supportedPrimaryKeys");
        DigitalLink.keys().forEach(keys::add);
        description.put("linkTypeDefaultCanBeLinkset", true);
        var languages = description.putArray("supportedLanguages");
        LANGUAGES.forEach(languages::add);
        return description;
    }

    private Linkset links(DigitalLink link) {
        List<Linkset.Link> links = new ArrayList<>();
        String serial = link.qualifier("21");
        if (link.key().equals("01") && serial != null) {
            DigitalLink item = new DigitalLink("01", link.value(), Map.of("21", serial));
            Epc epc = new Epc(CANONICAL + item.path());
            if (readModel.item(epc).isPresent() || itemEvents.count(epc) > 0) {
                links.add(new Linkset.Link("pip", item.path(), "The item's history", "text/html", LANGUAGES));
                links.add(new Linkset.Link(
                        "traceability",
                        "/api/v1/items" + item.path() + "/events",
                        "Its events as the ledger has them; needs a token",
                        "application/json",
                        List.of()));
                links.add(new Linkset.Link(
                        "verificationService", "/verify", "Checks proof files by itself", "text/html", List.of()));
            }
        }
        links.add(new Linkset.Link(
                "epcis", "/epcis", "EPCIS 2.0 repository; needs a token", "application/ld+json", List.of()));
        return new Linkset(CANONICAL + link.path(), List.copyOf(links));
    }

    private static DigitalLink parsed(String path) {
        try {
            return DigitalLink.parse(path);
        } catch (DigitalLink.Invalid invalid) {
            throw problem(HttpStatus.BAD_REQUEST, "INVALID_DIGITAL_LINK", String.valueOf(invalid.getMessage()));
        }
    }

    private static List<Locale.LanguageRange> languages(@Nullable String header) {
        try {
            return header == null ? List.of() : Locale.LanguageRange.parse(header);
        } catch (IllegalArgumentException noLanguages) {
            return List.of();
        }
    }

    private static ErrorResponseException problem(HttpStatus status, String code, String detail) {
        return CodedProblem.of(status, code, detail, null);
    }

    /** Whoever scans a code has no token. */
    @Configuration(proxyBeanMethods = false)
    static class Public {
        @Bean
        PublicPaths resolverPaths() {
            return PublicPaths.of(Stream.concat(
                            DigitalLink.keys().stream().map(key -> "/" + key + "/**"),
                            Stream.of("/.well-known/gs1resolver"))
                    .toArray(String[]::new));
        }
    }
}
