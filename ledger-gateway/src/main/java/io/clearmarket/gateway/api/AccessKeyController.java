package io.clearmarket.gateway.api;

import io.clearmarket.gateway.identity.AccessKey;
import io.clearmarket.gateway.identity.AccessKeys;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.identity.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The caller's API keys; nobody manages keys with a key. */
@RestController
@RequestMapping(AccessKeyController.PATH)
@Tag(name = "access keys", description = "Bearer tokens for your servers, in place of short-lived ones")
class AccessKeyController {
    static final String PATH = "/api/v1/access-keys";
    private static final int MOST_KEYS = 20;
    private static final int USUAL_DAYS = 90;

    private final AccessKeys keys;

    AccessKeyController(AccessKeys keys) {
        this.keys = keys;
    }

    /**
     * What is wanted.
     *
     * @param label your name for it
     * @param readOnly true for one that may change nothing; absent: false
     * @param scopes names of what it may open, of your own scopes; absent: all of them that a key may have
     * @param days how long it counts, 1 to 366; absent: 90
     */
    record WantedKey(
            @NotBlank @Size(max = 100) String label,
            @Nullable Boolean readOnly,
            @Nullable List<@NotNull String> scopes,
            @Min(1) @Max(366) @Nullable Integer days) {}

    /** A new key; the secret is shown this once. */
    record MadeKey(AccessKey key, String secret) {}

    /** The new secret, shown this once; the former one counts 24 hours more. */
    record KeySecret(String secret) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "makeAccessKey", summary = "Make a key; the answer holds its secret, this once")
    MadeKey make(Caller caller, @Valid @RequestBody WantedKey wanted) {
        int days = wanted.days() == null ? USUAL_DAYS : wanted.days();
        if (keys.list(caller).size() >= MOST_KEYS) {
            throw invalid("there are " + MOST_KEYS + " keys already", "take one back first");
        }
        boolean readOnly = Boolean.TRUE.equals(wanted.readOnly());
        AccessKeys.Made made =
                keys.make(caller, wanted.label(), readOnly, scopes(caller, wanted), Duration.ofDays(days));
        return new MadeKey(made.key(), made.secret());
    }

    @GetMapping
    @Operation(operationId = "accessKeys", summary = "Your keys, without their secrets")
    List<AccessKey> list(Caller caller) {
        return keys.list(caller);
    }

    @PostMapping("/{id}/secret")
    @Operation(
            operationId = "rotateAccessKey",
            summary = "Change a key's secret",
            description = "The answer holds the new one, this once. The former one counts for 24 hours more.")
    KeySecret rotate(Caller caller, @PathVariable UUID id) {
        return new KeySecret(keys.rotate(caller, id).orElseThrow(() -> none(id)));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteAccessKey", summary = "Take a key back, at once")
    void delete(Caller caller, @PathVariable UUID id) {
        if (!keys.delete(caller, id)) {
            throw none(id);
        }
    }

    private static Set<Scope> scopes(Caller caller, WantedKey wanted) {
        if (wanted.scopes() == null) {
            return caller.scopes();
        }
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String name : wanted.scopes()) {
            Scope scope = Scope.named(name)
                    .filter(known -> caller.has(known) && !known.isForPeopleOnly())
                    .orElseThrow(() -> invalid("scopes has " + name, "any of your own: " + mayGive(caller)));
            scopes.add(scope);
        }
        return scopes;
    }

    private static List<String> mayGive(Caller caller) {
        return Scope.ids(caller.scopes().stream()
                .filter(scope -> !scope.isForPeopleOnly())
                .toList());
    }

    private static ApiProblem invalid(String detail, String hint) {
        return new ApiProblem(HttpStatus.BAD_REQUEST, "INVALID_VALUE", detail, hint, null);
    }

    private static ApiProblem none(UUID id) {
        return new ApiProblem(
                HttpStatus.NOT_FOUND, "NOT_FOUND", "you have no key of this id", "list yours", id.toString());
    }
}
