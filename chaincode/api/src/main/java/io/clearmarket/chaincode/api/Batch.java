package io.clearmarket.chaincode.api;

import io.clearmarket.wallet.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Several commands of one signer in one transaction, carried out in their order; each sees what those before it did. Every
 * command keeps its own id: it takes effect once, by itself or in whichever batch.
 *
 * @param commands 1 to {@link #MOST}
 */
public record Batch(
        CommandId commandId,
        Mode mode,
        @Count(least = 1, most = Batch.MOST) List<Step> commands) implements Request {
    /** The name of the transaction. */
    public static final String NAME = "batch";

    /** The most commands that a batch holds. */
    public static final int MOST = 100;

    public Batch {
        commands = List.copyOf(commands);
    }

    /** What becomes of the others when a command is refused. */
    public enum Mode {
        /** The batch is refused with the first refusal; nothing is written. */
        ALL_OR_NOTHING,
        /** Each by itself: they take effect. If none does, the batch is refused with the first refusal. */
        EACH
    }

    /**
     * One command.
     *
     * @param name as {@link CommandName} gives it
     * @param command its JSON
     */
    public record Step(String name, JsonNode command) {
        /** A command as a step. */
        public static Step of(Command command) {
            return new Step(CommandName.of(command.getClass()), Json.MAPPER.valueToTree(command));
        }
    }
}
