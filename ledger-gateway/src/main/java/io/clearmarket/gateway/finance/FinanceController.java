package io.clearmarket.gateway.finance;

import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.chain.ChainException;
import io.clearmarket.gateway.config.CodedProblem;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.wallet.identity.PartyId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Pattern;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Solvency for auditors and operators, statements for merchants and them. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Finance", description = "Solvency of the escrow contract, and merchants' statements")
class FinanceController {
    private final ObjectProvider<Solvencies> solvencies;
    private final Statements statements;

    FinanceController(ObjectProvider<Solvencies> solvencies, Statements statements) {
        this.solvencies = solvencies;
        this.statements = statements;
    }

    @GetMapping("/solvency")
    @Operation(
            summary = "Does the contract have what is owed?",
            description =
                    "held + pending + claimable at a block of the ledger against the contract's state and tokens at a "
                            + "final block of the settlement chain. A contract that is ahead waits for its evidence; a ledger that is "
                            + "ahead, or a surplus below zero, is never right.")
    @ApiResponse(responseCode = "200", description = "Per asset", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "There is no settlement chain")
    @ApiResponse(responseCode = "503", description = "The settlement chain does not answer")
    Solvency solvency(@AuthenticationPrincipal Caller caller, @RequestParam(required = false) @Nullable Asset asset) {
        if (!caller.seesAll()) {
            throw CodedProblem.of(
                    HttpStatus.FORBIDDEN,
                    "NOT_ALLOWED",
                    "solvency is for auditors and operators",
                    "ask with a token of one of these roles");
        }
        Solvencies check = solvencies.getIfAvailable();
        if (check == null) {
            throw CodedProblem.of(
                    HttpStatus.NOT_FOUND,
                    "NO_CHAIN",
                    "this gateway has no settlement chain",
                    "set clearmarket.chain.rpc-url");
        }
        try {
            return check.now(asset);
        } catch (ChainException e) {
            throw unavailable(e);
        }
    }

    private static final String FORMATS = "json|csv|camt053";

    /** What a statement looks like. */
    private enum Format {
        JSON,
        CSV,
        CAMT053
    }

    @GetMapping("/statements")
    @Operation(
            summary = "A merchant's statement",
            description =
                    "Days in UTC, both included. A merchant's own, or any for auditors and operators. format: json, csv "
                            + "or camt053 (ISO 20022 camt.053.001.08, whole minor units in XXX).")
    @ApiResponse(
            responseCode = "200",
            description = "As the format asked for",
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = Statement.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                @Content(mediaType = "application/xml", schema = @Schema(type = "string"))
            })
    @ApiResponse(responseCode = "422", description = "An amount has more digits than the format takes")
    @ApiResponse(responseCode = "503", description = "The settlement chain does not answer")
    ResponseEntity<Object> statement(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable PartyId merchant,
            @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate from,
            @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate to,
            @RequestParam(defaultValue = "json") @Pattern(regexp = FORMATS) String format) {
        PartyId party = merchantOf(caller, merchant);
        Format wanted = Format.valueOf(format.toUpperCase(Locale.ROOT));
        try {
            Statement statement = statements.of(party, from, to);
            return switch (wanted) {
                case JSON -> ResponseEntity.ok(statement);
                case CSV -> bytes("text/csv;charset=utf-8", StatementCsv.of(statement));
                case CAMT053 -> bytes("application/xml", Camt053.of(statement, Instant.now()));
            };
        } catch (Camt053.TooLarge e) {
            throw CodedProblem.of(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "AMOUNT_TOO_LARGE",
                    String.valueOf(e.getMessage()),
                    "ask for csv or json");
        } catch (ChainException e) {
            throw unavailable(e);
        }
    }

    private static ResponseEntity<Object> bytes(String type, String text) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(type))
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    private static PartyId merchantOf(Caller caller, @Nullable PartyId asked) {
        PartyId wanted = asked == null ? caller.party() : asked;
        boolean own = caller.is(Role.MERCHANT) && wanted != null && wanted.equals(caller.party());
        if (wanted == null || (!own && !caller.seesAll())) {
            throw CodedProblem.of(
                    HttpStatus.FORBIDDEN,
                    "NOT_ALLOWED",
                    "a statement is for the merchant it is about, auditors and operators",
                    "ask for your own, with a merchant's token");
        }
        return wanted;
    }

    private static ErrorResponseException unavailable(ChainException e) {
        return CodedProblem.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "CHAIN_UNAVAILABLE",
                "the settlement chain's node does not answer as it should: " + e.getMessage(),
                "try again");
    }
}
