package io.clearmarket.gateway.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.readmodel.EventPosition;
import io.clearmarket.gateway.webhooks.Delivery;
import io.clearmarket.gateway.webhooks.InvalidWebhook;
import io.clearmarket.gateway.webhooks.Webhook;
import io.clearmarket.gateway.webhooks.Webhooks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The caller's webhooks (Standard Webhooks). */
@RestController
@RequestMapping("/api/v1/webhooks")
@Tag(name = "Webhooks", description = "Signed messages about events, by the Standard Webhooks specification")
class WebhookController {
    private static final int LOG = 100;

    private final Webhooks webhooks;

    WebhookController(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    /**
     * What a caller wants.
     *
     * @param types event types; absent or empty for all
     * @param active false pauses it; absent means true
     */
    record Wish(
            @Schema(format = "uri") String url,
            @Size(max = 50) @Nullable List<@Pattern(regexp = "[a-z_]{1,40}\\.[a-z_]{1,40}") String> types,
            @Nullable Boolean active) {
        URI address() {
            try {
                return URI.create(url);
            } catch (IllegalArgumentException e) {
                throw new InvalidWebhook("url is no URL");
            }
        }

        List<String> wanted() {
            return types == null ? List.of() : types;
        }
    }

    /** A new webhook; the secret is shown this once. */
    record Made(@JsonUnwrapped Webhook webhook, String secret) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Make a webhook", description = "The answer holds its secret, this once.")
    Made create(Caller caller, @Valid @RequestBody Wish wish) {
        Webhooks.Created created = webhooks.create(caller, wish.address(), wish.wanted());
        return new Made(created.webhook(), created.secret());
    }

    @GetMapping
    @Operation(summary = "Your webhooks")
    List<Webhook> list(Caller caller) {
        return webhooks.list(caller);
    }

    @GetMapping("/{id}")
    @Operation(summary = "A webhook")
    Webhook get(Caller caller, @PathVariable UUID id) {
        return webhooks.find(caller, id).orElseThrow(() -> none(id));
    }

    @PutMapping("/{id}")
    @Operation(summary = "Change a webhook", description = "Where it sends what, and whether.")
    Webhook change(Caller caller, @PathVariable UUID id, @Valid @RequestBody Wish wish) {
        boolean active = wish.active() == null || wish.active();
        return webhooks.change(caller, id, wish.address(), wish.wanted(), active)
                .orElseThrow(() -> none(id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Delete a webhook", description = "With its log.")
    void delete(Caller caller, @PathVariable UUID id) {
        if (!webhooks.delete(caller, id)) {
            throw none(id);
        }
    }

    @GetMapping("/{id}/deliveries")
    @Operation(summary = "What was sent", description = "The newest 100 deliveries with every attempt.")
    List<Delivery> deliveries(Caller caller, @PathVariable UUID id) {
        Webhook own = webhooks.find(caller, id).orElseThrow(() -> none(id));
        return webhooks.deliveries(caller, own.id(), LOG);
    }

    /** The new secret, shown this once. */
    record Secret(String secret) {}

    @PostMapping("/{id}/secret")
    @Operation(
            summary = "Change the secret",
            description = "The answer holds the new one, this once. For 24 hours messages carry a signature by each.")
    Secret rotate(Caller caller, @PathVariable UUID id) {
        return new Secret(webhooks.rotateSecret(caller, id).orElseThrow(() -> none(id)));
    }

    @PostMapping("/{id}/deliveries/{eventId}/resend")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Send a message again", description = "The same bytes, delivered before or not.")
    void resend(Caller caller, @PathVariable UUID id, @PathVariable EventPosition eventId) {
        if (!webhooks.resend(caller, id, eventId)) {
            throw new ApiProblem(
                    HttpStatus.NOT_FOUND,
                    "NOT_FOUND",
                    "no webhook of yours with this id has a message of this event",
                    "GET /api/v1/webhooks/" + id + "/deliveries lists its messages",
                    eventId.toString());
        }
    }

    private static ApiProblem none(UUID id) {
        return new ApiProblem(
                HttpStatus.NOT_FOUND, "NOT_FOUND", "you have no webhook of this id", "list yours", id.toString());
    }
}
