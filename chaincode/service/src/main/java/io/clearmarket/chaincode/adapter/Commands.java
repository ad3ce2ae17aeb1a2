package io.clearmarket.chaincode.adapter;

import io.clearmarket.chaincode.api.Batch;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Request;
import io.clearmarket.chaincode.domain.Context;
import io.clearmarket.chaincode.domain.Outcome;
import io.clearmarket.chaincode.domain.Rules;
import io.clearmarket.chaincode.domain.View;
import java.time.temporal.ChronoUnit;

/** From an invocation to its effect: guard, parse, receipt, decide, event. */
final class Commands {
    private final ClockGuard guard;
    private final Askers askers = new Askers();

    Commands(ClockGuard guard) {
        this.guard = guard;
    }

    /** Throws {@link RequestRefused} for whatever is refused, by this class or by the rules. */
    Effect run(Invocation invocation, View view) {
        Class<? extends Request> type = type(invocation.function());
        if (invocation.arguments().size() != 1) {
            throw new RequestRefused(
                    RefusalCode.WRONG_ARGUMENTS,
                    "a command has one argument, its JSON; there are "
                            + invocation.arguments().size());
        }
        guard.require(invocation.timestamp());
        Request request =
                CommandReader.read(type, invocation.arguments().getFirst().toByteArray());
        // milliseconds are what every reader of the ledger can keep
        Context context = new Context(
                askers.of(invocation.creator()), invocation.timestamp().truncatedTo(ChronoUnit.MILLIS));
        return switch (request) {
            case Command command -> effect(command, context, view);
            case Batch batch -> Batches.effect(batch, context, view);
        };
    }

    /** What one command does, unless it has been done. */
    static Effect effect(Command command, Context context, View view) {
        Receipts receipts = Receipts.of(command, context);
        Effect earlier = receipts.earlier(view);
        if (earlier != null) {
            return earlier;
        }
        return switch (Rules.decide(command, view, context)) {
            case Outcome.Refused refused -> throw new RequestRefused(refused.refusal());
            case Outcome.Moved moved -> receipts.effect(moved);
        };
    }

    private static Class<? extends Request> type(String function) {
        Class<? extends Request> type = CommandName.requestTypes().get(function);
        if (type == null) {
            throw new RequestRefused(
                    RefusalCode.UNKNOWN_COMMAND,
                    "there is no command or query of this name; commands are "
                            + CommandName.requestTypes().keySet().stream()
                                    .sorted()
                                    .toList());
        }
        return type;
    }
}
