package io.clearmarket.gateway.epcis.query;

import io.clearmarket.gateway.epcis.EpcisProblem;
import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import io.clearmarket.gateway.epcis.Paged;
import io.clearmarket.gateway.epcis.store.Values;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.provenance.Keepable;
import io.clearmarket.gateway.webhooks.InvalidWebhook;
import io.clearmarket.gateway.webhooks.Receivers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Subscriptions to named queries by webhook (EPCIS 2.0, section 12.6): at once, or as scheduled. */
@RestController
@RequestMapping("/epcis/queries/{name}/subscriptions")
@Tag(name = "EPCIS named queries")
class SubscriptionController {
    private static final int LONGEST_TOKEN = 200;

    private final NamedQueryStore store;
    private final EventQueries queries;
    private final Receivers receivers;

    SubscriptionController(NamedQueryStore store, EventQueries queries, Receivers receivers) {
        this.store = store;
        this.queries = queries;
        this.receivers = receivers;
    }

    @PostMapping
    @Operation(
            summary = "Subscribe to a query",
            description = "dest receives EPCISQueryDocuments; GS1-Signature is the HMAC-SHA-256 of the body under "
                    + "signatureToken, in hexadecimal.")
    @ApiResponse(responseCode = "201", description = "It is at Location", useReturnTypeSchema = true)
    ResponseEntity<Subscription> create(Caller caller, @PathVariable String name, @RequestBody JsonNode body) {
        Keepable.require(body, "");
        NamedQueryController.named(store, name);
        Subscription subscription = subscription(caller, name, body);
        store.add(subscription);
        return ResponseEntity.created(URI.create("/epcis/queries/" + name + "/subscriptions/" + subscription.id()))
                .body(subscription);
    }

    @GetMapping
    @Operation(summary = "Your subscriptions to a query")
    ResponseEntity<List<Subscription>> list(
            Caller caller,
            @PathVariable String name,
            @RequestParam(defaultValue = "30") @Min(1) @Max(Paged.MOST) int perPage,
            @RequestParam(required = false) @Nullable String nextPageToken) {
        NamedQueryController.named(store, name);
        Paged paging = Paged.of(perPage, nextPageToken);
        List<Subscription> found = store.subscriptions(name, caller.account(), paging.offset(), paging.perPage() + 1);
        HttpHeaders headers = new HttpHeaders();
        paging.linkNext(headers, "/epcis/queries/" + name + "/subscriptions", found.size());
        return ResponseEntity.ok().headers(headers).body(paging.page(found));
    }

    @GetMapping("/{id}")
    @Operation(summary = "A subscription of yours")
    Subscription get(Caller caller, @PathVariable String name, @PathVariable String id) {
        return own(caller, name, id);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "End a subscription of yours")
    void delete(Caller caller, @PathVariable String name, @PathVariable String id) {
        store.deleteSubscription(own(caller, name, id).id());
    }

    private Subscription own(Caller caller, String name, String id) {
        return store.subscription(name, id)
                .filter(found -> found.owner().equals(caller.account()))
                .orElseThrow(() -> new EpcisProblem(
                        Kind.NO_SUCH_NAME, "you have no subscription \"" + id + "\" to query \"" + name + "\""));
    }

    private Subscription subscription(Caller caller, String name, JsonNode body) {
        boolean stream = body.path("stream").asBoolean(false);
        JsonNode schedule = body.get("schedule");
        if (stream == (schedule != null)) {
            throw controls("say either \"stream\": true or a schedule");
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Instant due = schedule == null
                ? now
                : Schedule.parse(schedule)
                        .next(now)
                        .orElseThrow(() -> controls("the schedule names no time that ever comes"));
        String token = body.path("signatureToken").asString("");
        if (token.length() > LONGEST_TOKEN) {
            throw controls("signatureToken has at most " + LONGEST_TOKEN + " characters");
        }
        Instant initial = initial(body);
        return new Subscription(
                UUID.randomUUID().toString(),
                name,
                caller.account(),
                destination(body.path("dest").asString("")),
                token,
                stream,
                schedule,
                body.path("reportIfEmpty").asBoolean(false),
                initial,
                now,
                initial == null ? queries.newest() : 0,
                null,
                due,
                0);
    }

    private static @Nullable Instant initial(JsonNode body) {
        if (!body.has("initialRecordTime")) {
            return null;
        }
        return Values.instant(body.path("initialRecordTime").asString(""))
                .orElseThrow(() -> controls("initialRecordTime must be a date and time with an offset"));
    }

    private URI destination(String dest) {
        try {
            URI url = URI.create(dest);
            receivers.require(url);
            return url;
        } catch (InvalidWebhook refused) {
            throw controls("dest: " + refused.getMessage());
        } catch (IllegalArgumentException noUrl) {
            throw controls("dest is no URL");
        }
    }

    private static EpcisProblem controls(String detail) {
        return new EpcisProblem(Kind.SUBSCRIPTION_CONTROLS, detail);
    }
}
