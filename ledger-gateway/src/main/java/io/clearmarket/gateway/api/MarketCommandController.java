package io.clearmarket.gateway.api;

import static io.clearmarket.gateway.api.ManagedCommands.IDEMPOTENCY_KEY;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.gateway.identity.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Commands by a managed identity that are not about one consignment. An operation's id is the command's name. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "commands by a managed identity", description = "The gateway signs, as the caller's own party")
class MarketCommandController {
    private final ManagedCommands commands;

    MarketCommandController(ManagedCommands commands) {
        this.commands = commands;
    }

    @PostMapping("/orders")
    @Operation(operationId = "placeOrder", summary = "The buyer places an order on terms that both sides signed")
    ResponseEntity<CommandAnswer> placeOrder(
            Caller caller,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            @RequestBody ObjectNode body) {
        return commands.submit(caller, Command.PlaceOrder.class, body, key, Map.of());
    }

    @PostMapping("/offers")
    @Operation(operationId = "publishOffer", summary = "A merchant publishes an offer that terms can cite")
    ResponseEntity<CommandAnswer> publishOffer(
            Caller caller,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            @RequestBody ObjectNode body) {
        return commands.submit(caller, Command.PublishOffer.class, body, key, Map.of());
    }

    @PostMapping("/parties")
    @Operation(operationId = "registerParty", summary = "Registers the caller's certificate as a party")
    ResponseEntity<CommandAnswer> registerParty(
            Caller caller,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            @RequestBody ObjectNode body) {
        return commands.submit(caller, Command.RegisterParty.class, body, key, Map.of());
    }

    @PostMapping("/parties/{party}/accreditations")
    @Operation(operationId = "accreditParty", summary = "An operator vouches for a merchant, a carrier or an arbiter")
    ResponseEntity<CommandAnswer> accreditParty(
            Caller caller,
            @PathVariable String party,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            @RequestBody ObjectNode body) {
        return commands.submit(caller, Command.AccreditParty.class, body, key, Map.of("party", party));
    }

    @PostMapping("/parties/{party}/suspensions")
    @Operation(operationId = "suspendParty", summary = "An operator says that a party may enter no new order")
    ResponseEntity<CommandAnswer> suspendParty(
            Caller caller,
            @PathVariable String party,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            @RequestBody ObjectNode body) {
        return commands.submit(caller, Command.SuspendParty.class, body, key, Map.of("party", party));
    }

    @PostMapping("/parties/{party}/reinstatements")
    @Operation(operationId = "reinstateParty", summary = "An operator takes that back")
    ResponseEntity<CommandAnswer> reinstateParty(
            Caller caller,
            @PathVariable String party,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            @RequestBody ObjectNode body) {
        return commands.submit(caller, Command.ReinstateParty.class, body, key, Map.of("party", party));
    }

    @PostMapping("/market/approvals")
    @Operation(operationId = "approveMarket", summary = "An operator approves a configuration of the market")
    ResponseEntity<CommandAnswer> approveMarket(
            Caller caller,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            @RequestBody ObjectNode body) {
        return commands.submit(caller, Command.ApproveMarket.class, body, key, Map.of());
    }

    @PostMapping("/provenance/events")
    @Operation(operationId = "recordEvent", summary = "Records an EPCIS event under the caller's name")
    ResponseEntity<CommandAnswer> recordEvent(
            Caller caller,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            @RequestBody ObjectNode body) {
        return commands.submit(caller, Command.RecordEvent.class, body, key, Map.of());
    }

    @PostMapping("/provenance/handovers")
    @Operation(operationId = "recordHandOver", summary = "Custody of items passes; both sides have signed")
    ResponseEntity<CommandAnswer> recordHandOver(
            Caller caller,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            @RequestBody ObjectNode body) {
        return commands.submit(caller, Command.RecordHandOver.class, body, key, Map.of());
    }

    @PostMapping("/reviews")
    @Operation(operationId = "recordReview", summary = "The buyer of an accepted line reviews it, once")
    ResponseEntity<CommandAnswer> recordReview(
            Caller caller,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            @RequestBody ObjectNode body) {
        return commands.submit(caller, Command.RecordReview.class, body, key, Map.of());
    }
}
