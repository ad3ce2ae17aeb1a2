package io.clearmarket.gateway.submission;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.InvalidValue;
import io.clearmarket.chaincode.api.Request;
import io.clearmarket.gateway.fabric.TransactionContent;
import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A command, or a batch of them, as it goes to the chaincode.
 *
 * @param commandId the signer's id for it
 * @param function its name
 * @param json its RFC 8785 JSON
 * @param content SHA-256 of the JSON
 */
record WireCommand(CommandId commandId, String function, String json, Digest content) {
    /** @throws InvalidValue if the command has no canonical form: a number that a double doesn't hold */
    static WireCommand of(Request command) {
        return of(command.commandId(), CommandName.of(command.getClass()), canonical(command));
    }

    /**
     * The command that a transaction carries, in the words of who signed it. Its form is the chaincode's to judge; here its id counts, and what it is to be told
     * apart by.
     *
     * @throws SubmissionFailure if it carries none
     */
    static WireCommand of(TransactionContent transaction) {
        if (!CommandName.requestTypes().containsKey(transaction.function())
                || transaction.arguments().size() != 1) {
            throw malformed("it calls \"" + transaction.function() + "\", which is no command", null);
        }
        try {
            JsonNode command = Json.MAPPER.readTree(transaction.arguments().getFirst());
            return of(
                    new CommandId(command.path("commandId").asString("")),
                    transaction.function(),
                    CanonicalJson.bytes(command));
        } catch (JacksonException | IllegalArgumentException e) {
            throw malformed("its command is unreadable: " + e.getMessage(), e);
        }
    }

    private static WireCommand of(CommandId id, String function, byte[] canonical) {
        return new WireCommand(id, function, new String(canonical, UTF_8), Digest.of(Digests.sha256(canonical)));
    }

    private static byte[] canonical(Request command) {
        try {
            return CanonicalJson.bytes(command);
        } catch (IllegalArgumentException e) {
            throw new InvalidValue(
                    "a number of " + CommandName.of(command.getClass()),
                    String.valueOf(e.getMessage()),
                    "one that a double holds exactly");
        }
    }

    List<String> arguments() {
        return List.of(json);
    }

    private static SubmissionFailure malformed(String why, @Nullable Throwable cause) {
        return new SubmissionFailure(
                SubmissionFailure.Kind.MALFORMED_TRANSACTION, "not a transaction of this market: " + why, cause);
    }
}
