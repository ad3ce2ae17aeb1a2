package io.clearmarket.gateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.Request;
import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.gateway.content.ContentStore;
import io.clearmarket.gateway.content.Document;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.submission.Endorsement;
import io.clearmarket.gateway.submission.Submissions;
import io.clearmarket.gateway.submission.Submissions.Submission;
import io.clearmarket.gateway.submission.ToSign;
import io.clearmarket.wallet.identity.Identity;
import io.clearmarket.wallet.json.Json;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Commands that the caller signs on a device of their own, in three steps; this gateway never sees the key. */
@RestController
@RequestMapping("/api/v1/commands")
@Tag(name = "commands signed by the caller", description = "Prepare, sign, endorse, sign, submit")
class SignedCommandController {
    private final Submissions submissions;
    private final CallerCertificates certificates;
    private final ContentStore content;
    private final Duration usualWait;

    SignedCommandController(
            Submissions submissions,
            CallerCertificates certificates,
            ContentStore content,
            GatewayProperties properties) {
        this.submissions = submissions;
        this.certificates = certificates;
        this.content = content;
        this.usualWait = properties.commitWait();
    }

    /**
     * A command to prepare.
     *
     * @param function the command's name, such as {@code placeOrder}
     * @param command its JSON
     * @param certificate PEM of the caller's certificate; absent for a managed identity
     * @param mspId its organisation; absent: the one its issuer names
     */
    record Prepare(
            String function,
            ObjectNode command,
            @Nullable String certificate,
            @Nullable String mspId) {}

    /** Bytes to sign, base64, and their SHA-256, base64. */
    record Prepared(String transactionId, String proposal, String digest) {}

    /**
     * The proposal as prepared, and the signature over it.
     *
     * @param signature base64 of DER or of raw r||s
     * @param documents what the command names by SHA-256, kept once the command is endorsed; absent: none
     */
    record Endorse(
            @Schema(format = "byte") String proposal,
            @Schema(format = "byte") String signature,
            @Nullable List<Attachment> documents) {}

    /** A document in base64, as {@code PUT /api/v1/documents/{sha256}} takes it plain. */
    record Attachment(
            String mediaType, @Schema(format = "byte") String content) {}

    /** Bytes to sign again, and what the chaincode answered. */
    record Endorsed(String transactionId, String transaction, String digest, JsonNode result) {}

    /** The transaction as endorsed, the signature over it, and how many seconds to wait for the commit. */
    record Submit(
            @Schema(format = "byte") String transaction,
            @Schema(format = "byte") String signature,
            @JsonProperty("wait") @Min(0) @Max(60) @Nullable Integer waitSeconds) {}

    @PostMapping("/prepare")
    @Operation(operationId = "prepare", summary = "The bytes to sign for a command")
    Prepared prepare(Caller caller, @RequestBody Prepare request) {
        Class<? extends Request> type = CommandName.requestTypes().get(request.function());
        if (type == null) {
            throw new ApiProblem(
                    HttpStatus.BAD_REQUEST,
                    "UNKNOWN_COMMAND",
                    "there is no such command",
                    "commands are "
                            + CommandName.requestTypes().keySet().stream()
                                    .sorted()
                                    .toList(),
                    request.function());
        }
        Identity identity = certificates.identity(caller, request.certificate(), request.mspId());
        ToSign prepared = submissions.prepare(identity, Json.MAPPER.treeToValue(request.command(), type));
        return new Prepared(
                prepared.transactionId(),
                base64(prepared.bytes()),
                base64(prepared.digest().bytes()));
    }

    @PostMapping("/endorse")
    @Operation(operationId = "endorse", summary = "Has the organisations endorse a signed proposal")
    Endorsed endorse(Caller caller, @RequestBody Endorse request) {
        List<Attachment> documents = request.documents() == null ? List.of() : request.documents();
        List<byte[]> contents = documents.stream()
                .map(document -> bytes("documents.content", document.content()))
                .toList();
        Endorsement endorsement = submissions.endorse(
                CallerCertificates.party(caller),
                bytes("proposal", request.proposal()),
                bytes("signature", request.signature()));
        for (int i = 0; i < contents.size(); i++) {
            content.put(contents.get(i), Document.mediaType(documents.get(i).mediaType()), caller.account());
        }
        ToSign transaction = endorsement.transaction();
        return new Endorsed(
                transaction.transactionId(),
                base64(transaction.bytes()),
                base64(transaction.digest().bytes()),
                Json.MAPPER.readTree(new String(endorsement.result(), UTF_8)));
    }

    @PostMapping("/submit")
    @Operation(operationId = "submit", summary = "Submits a signed transaction and waits for its commit")
    @ApiResponse(responseCode = "200", description = "Committed", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "202", description = "Not known yet; ask at Location", useReturnTypeSchema = true)
    ResponseEntity<CommandAnswer> submit(Caller caller, @Valid @RequestBody Submit request) {
        return CommandAnswer.of(submissions.submitSigned(
                CallerCertificates.party(caller),
                bytes("transaction", request.transaction()),
                bytes("signature", request.signature()),
                patience(request.waitSeconds())));
    }

    @GetMapping("/{transactionId}")
    @Operation(operationId = "commandStatus", summary = "What became of a transaction")
    @ApiResponse(responseCode = "200", description = "Committed", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "202", description = "Not known yet", useReturnTypeSchema = true)
    ResponseEntity<CommandAnswer> status(Caller caller, @PathVariable String transactionId) {
        Submission submission = submissions
                .find(transactionId)
                .filter(found -> caller.seesAll() || found.signer().equals(caller.party()))
                .orElseThrow(() -> new ApiProblem(
                        HttpStatus.NOT_FOUND,
                        "UNKNOWN_TRANSACTION",
                        "no transaction of yours with this id went through this gateway",
                        "check the id",
                        transactionId));
        return CommandAnswer.of(submission.outcome());
    }

    private Duration patience(@Nullable Integer seconds) {
        return seconds == null ? usualWait : Duration.ofSeconds(seconds);
    }

    private static byte[] bytes(String field, String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new ApiProblem(
                    HttpStatus.BAD_REQUEST, "INVALID_VALUE", field + " is not base64", "RFC 4648, section 4", base64);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
