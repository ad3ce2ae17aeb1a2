package io.clearmarket.gateway.api;

import static io.clearmarket.gateway.api.ManagedCommands.IDEMPOTENCY_KEY;

import io.clearmarket.chaincode.api.Batch;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.DomainEvent;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.submission.Submissions;
import io.clearmarket.wallet.identity.PartyId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/**
 * Many commands in one transaction. By a managed identity here; a caller who signs on a device prepares the function
 * {@code batch} at /api/v1/commands/prepare, and sees what each command will do before signing the transaction.
 */
@RestController
@RequestMapping(BatchController.PATH)
@Tag(name = "batches", description = "Many commands in one transaction, all or nothing or each by itself")
class BatchController {
    static final String PATH = "/api/v1/batches";

    private final ManagedCommands commands;
    private final Submissions submissions;

    BatchController(ManagedCommands commands, Submissions submissions) {
        this.commands = commands;
        this.submissions = submissions;
    }

    /**
     * What became of one command of a batch.
     *
     * @param status {@code committed}; {@code repeated} if it had taken effect before; {@code refused}
     * @param event what it did; absent if it was refused
     * @param code why it was refused, {@code message} in words; absent otherwise
     */
    record CommandOutcome(
            String status,
            @Nullable DomainEvent event,
            @Nullable String code,
            @Nullable String message) {
        static CommandOutcome of(DomainEvent.Part part) {
            var refusal = part.refusal();
            if (refusal != null) {
                return new CommandOutcome("refused", null, refusal.code().name(), refusal.message());
            }
            return new CommandOutcome(part.repeated() ? "repeated" : "committed", part.event(), null, null);
        }
    }

    /** What became of each command of a batch, in order. */
    record BatchOutcome(String batch, List<CommandOutcome> commands) {}

    @PostMapping
    @Operation(operationId = "batch", summary = "Submits many commands in one transaction and waits for its commit")
    @ApiResponse(responseCode = "200", description = "Committed", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "202", description = "Not known yet; ask at Location", useReturnTypeSchema = true)
    ResponseEntity<CommandAnswer> submit(
            Caller caller,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            @RequestBody ObjectNode body) {
        return commands.submit(caller, Batch.class, body, key, Map.of());
    }

    @GetMapping("/{batchId}")
    @Operation(operationId = "batchOutcome", summary = "What became of each command of one's own batch")
    BatchOutcome outcome(Caller caller, @PathVariable CommandId batchId) {
        List<DomainEvent.Part> parts = submissions
                .effect(party(caller), batchId)
                .map(DomainEvent::parts)
                .filter(found -> !found.isEmpty())
                .orElseThrow(() -> new ApiProblem(
                        HttpStatus.NOT_FOUND,
                        "UNKNOWN_BATCH",
                        "no batch of yours with this id has taken effect",
                        "a batch that is pending is known a moment later; one that was refused left no trace",
                        batchId.value()));
        return new BatchOutcome(
                batchId.value(), parts.stream().map(CommandOutcome::of).toList());
    }

    private PartyId party(Caller caller) {
        return caller.managed() == null
                ? CallerCertificates.party(caller)
                : commands.identityOf(caller).party();
    }
}
