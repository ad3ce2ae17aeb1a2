package io.clearmarket.chaincode.adapter;

import io.clearmarket.chaincode.api.Batch;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.DomainEvent;
import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.domain.Context;
import io.clearmarket.chaincode.domain.Outcome;
import io.clearmarket.chaincode.domain.View;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Many commands in one transaction: they do what they would have done one after another at that time. */
final class Batches {
    private static final String EVENT = "batch.committed";

    private Batches() {}

    static Effect effect(Batch batch, Context context, View view) {
        Receipts receipts = Receipts.of(batch, context);
        Effect earlier = receipts.earlier(view);
        if (earlier != null) {
            return earlier;
        }
        requireSound(batch);
        Overlay overlay = new Overlay(view);
        List<DomainEvent.Part> parts = new ArrayList<>();
        for (int i = 0; i < batch.commands().size(); i++) {
            parts.add(part(batch, i, context, overlay));
        }
        requireOneInEffect(parts);
        return receipts.effect(new Outcome.Moved(EVENT, null, null, overlay.writes()), parts);
    }

    private static void requireSound(Batch batch) {
        int count = batch.commands().size();
        if (count < 1 || count > Batch.MOST) {
            throw new RequestRefused(
                    RefusalCode.INVALID_VALUE,
                    "commands has " + count + " elements; a batch has 1 to " + Batch.MOST + " commands");
        }
    }

    private static DomainEvent.Part part(Batch batch, int index, Context context, Overlay overlay) {
        try {
            Effect effect = Commands.effect(command(batch, index), context, overlay);
            effect.writes().forEach(overlay::put);
            return new DomainEvent.Part(
                    effect.answer().event(), null, effect.answer().repeated());
        } catch (RequestRefused refused) {
            Refusal refusal = numbered(batch, index, refused.refusal());
            return switch (batch.mode()) {
                case ALL_OR_NOTHING -> throw new RequestRefused(refusal);
                case EACH -> new DomainEvent.Part(null, refusal, false);
            };
        }
    }

    private static Command command(Batch batch, int index) {
        Batch.Step step = batch.commands().get(index);
        Class<? extends Command> type = CommandName.types().get(step.name());
        if (type == null) {
            throw new RequestRefused(
                    RefusalCode.UNKNOWN_COMMAND,
                    "there is no command \"" + step.name() + "\"; commands are "
                            + CommandName.types().keySet().stream().sorted().toList());
        }
        Command command = CommandReader.read(type, step.command());
        if (command.commandId().equals(batch.commandId())) {
            throw new RequestRefused(
                    RefusalCode.INVALID_VALUE,
                    "commandId is \"" + command.commandId() + "\", the batch's own; each command has another");
        }
        return command;
    }

    private static Refusal numbered(Batch batch, int index, Refusal refusal) {
        return new Refusal(
                refusal.code(),
                "command " + (index + 1) + " of " + batch.commands().size() + ", "
                        + batch.commands().get(index).name() + ": " + refusal.message());
    }

    /** A batch that does nothing leaves no trace, as a command that is refused. */
    private static void requireOneInEffect(List<DomainEvent.Part> parts) {
        @Nullable Refusal first = parts.getFirst().refusal();
        if (first != null && parts.stream().allMatch(part -> part.refusal() != null)) {
            throw new RequestRefused(first);
        }
    }
}
