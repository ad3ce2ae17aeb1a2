package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.gateway.identity.Caller;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Commands about one consignment, by a managed identity; {@link ConsignmentAction} has the list. */
@RestController
class ConsignmentController {
    /** Documented action by action in {@link OpenApiConfiguration}. */
    static final String PATH = "/api/v1/consignments/{consignmentId}/{action}";

    private final ManagedCommands commands;

    ConsignmentController(ManagedCommands commands) {
        this.commands = commands;
    }

    @PostMapping(PATH)
    ResponseEntity<CommandAnswer> act(
            Caller caller,
            @PathVariable ConsignmentId consignmentId,
            @PathVariable String action,
            @RequestHeader(name = ManagedCommands.IDEMPOTENCY_KEY, required = false) @Nullable String key,
            @RequestBody(required = false) @Nullable ObjectNode body) {
        ConsignmentAction known = ConsignmentAction.of(action)
                .orElseThrow(() -> new ApiProblem(
                        HttpStatus.NOT_FOUND,
                        "UNKNOWN_ACTION",
                        "there is no such action",
                        "actions are "
                                + Arrays.stream(ConsignmentAction.values())
                                        .map(ConsignmentAction::segment)
                                        .toList(),
                        action));
        return commands.submit(caller, known.command(), body, key, Map.of("consignmentId", consignmentId.value()));
    }
}
