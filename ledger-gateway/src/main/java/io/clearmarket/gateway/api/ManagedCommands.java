package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.Request;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.identity.ManagedIdentities;
import io.clearmarket.gateway.identity.ManagedIdentity;
import io.clearmarket.gateway.submission.Outcome;
import io.clearmarket.gateway.submission.Submissions;
import io.clearmarket.wallet.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.ObjectNode;

/** Commands of callers whose identity this gateway manages; it acts as the caller's own party and as no other. */
@Service
public class ManagedCommands {
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final Submissions submissions;
    private final ManagedIdentities identities;

    ManagedCommands(Submissions submissions, ManagedIdentities identities) {
        this.submissions = submissions;
        this.identities = identities;
    }

    /**
     * Submits a command and waits for its commit.
     *
     * @param body the command's JSON; its id and what the path names may be left out
     * @param key the Idempotency-Key: the command's id
     * @param named members that the path names
     */
    ResponseEntity<CommandAnswer> submit(
            Caller caller,
            Class<? extends Request> type,
            @Nullable ObjectNode body,
            @Nullable String key,
            Map<String, String> named) {
        identityOf(caller);
        requireMay(caller, type);
        return CommandAnswer.of(submit(caller, read(type, body, commandId(key), named)));
    }

    /**
     * Submits a command and waits for its commit.
     *
     * @throws ApiProblem where this gateway holds no key for the caller, or it is not for their role in the team
     */
    public Outcome submit(Caller caller, Request command) {
        requireMay(caller, command.getClass());
        return submissions.submit(identityOf(caller).signer(), command);
    }

    private static void requireMay(Caller caller, Class<? extends Request> command) {
        if (!caller.may(command)) {
            throw new ApiProblem(
                    HttpStatus.FORBIDDEN,
                    "NOT_ALLOWED",
                    CommandName.of(command) + " is not for the caller's role in the team, which is " + caller.team(),
                    "another member of the team may do this",
                    null);
        }
    }

    /** The identity that acts for the caller. */
    ManagedIdentity identityOf(Caller caller) {
        String name = caller.managed();
        if (name == null) {
            throw new ApiProblem(
                    HttpStatus.FORBIDDEN,
                    "NO_MANAGED_IDENTITY",
                    "this gateway holds no key for the caller",
                    "sign on your own device: /api/v1/commands/prepare, /endorse and /submit",
                    null);
        }
        ManagedIdentity identity = identities
                .find(name)
                .orElseThrow(() -> new ApiProblem(
                        HttpStatus.FORBIDDEN,
                        "NO_MANAGED_IDENTITY",
                        "this gateway manages no identity of that name",
                        "ask its operator to configure it",
                        name));
        if (caller.party() != null && !identity.party().equals(caller.party())) {
            throw new ApiProblem(
                    HttpStatus.FORBIDDEN,
                    "NOT_YOURS",
                    "identity \"" + name + "\" is party " + identity.party() + ", the caller is party "
                            + caller.party(),
                    "a caller acts for their own party only",
                    null);
        }
        return identity;
    }

    static Request read(
            Class<? extends Request> type, @Nullable ObjectNode body, String commandId, Map<String, String> named) {
        ObjectNode command = body == null ? Json.MAPPER.createObjectNode() : body.deepCopy();
        put(command, "commandId", commandId);
        named.forEach((name, value) -> put(command, name, value));
        return Json.MAPPER.treeToValue(command, type);
    }

    private static void put(ObjectNode command, String name, String value) {
        if (command.has(name) && !command.path(name).asString("").equals(value)) {
            throw new ApiProblem(
                    HttpStatus.BAD_REQUEST,
                    "INVALID_VALUE",
                    name + " in the body differs from that of the path or header",
                    "leave it out of the body, or repeat \"" + value + "\"",
                    command.path(name).toString());
        }
        command.put(name, value);
    }

    /** The header's value, with or without the quotes of a structured field string. */
    static String commandId(@Nullable String key) {
        if (key == null || key.isBlank()) {
            throw new ApiProblem(
                    HttpStatus.BAD_REQUEST,
                    "IDEMPOTENCY_KEY_MISSING",
                    "the header " + IDEMPOTENCY_KEY + " is missing",
                    "send a new id with each new command and the same id when you repeat one",
                    null);
        }
        String bare = key.strip();
        return bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"")
                ? bare.substring(1, bare.length() - 1)
                : bare;
    }
}
