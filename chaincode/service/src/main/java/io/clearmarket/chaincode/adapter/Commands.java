package io.clearmarket.chaincode.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.Answer;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.DomainEvent;
import io.clearmarket.chaincode.api.Records.Receipt;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.domain.Asker;
import io.clearmarket.chaincode.domain.Context;
import io.clearmarket.chaincode.domain.Key;
import io.clearmarket.chaincode.domain.Keys;
import io.clearmarket.chaincode.domain.Outcome;
import io.clearmarket.chaincode.domain.Rules;
import io.clearmarket.chaincode.domain.View;
import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** From an invocation to its effect: guard, parse, receipt, decide, event. */
final class Commands {
    private final ClockGuard guard;
    private final Askers askers = new Askers();

    Commands(ClockGuard guard) {
        this.guard = guard;
    }

    /** Throws {@link RequestRefused} for whatever is refused, by this class or by the rules. */
    Effect run(Invocation invocation, View view) {
        Class<? extends Command> type = type(invocation.function());
        if (invocation.arguments().size() != 1) {
            throw new RequestRefused(
                    RefusalCode.WRONG_ARGUMENTS,
                    "a command has one argument, its JSON; there are "
                            + invocation.arguments().size());
        }
        guard.require(invocation.timestamp());
        Command command =
                CommandReader.read(type, invocation.arguments().getFirst().toByteArray());
        Asker asker = askers.of(invocation.creator());
        Digest content = content(command);
        Receipt earlier = view.find(Keys.receipt(asker.party(), command.commandId()));
        if (earlier != null) {
            return repeated(earlier, content);
        }
        // milliseconds are what every reader of the ledger can keep
        Context context = new Context(asker, invocation.timestamp().truncatedTo(ChronoUnit.MILLIS));
        return switch (Rules.decide(command, view, context)) {
            case Outcome.Refused refused -> throw new RequestRefused(refused.refusal());
            case Outcome.Moved moved -> moved(command, content, moved, context);
        };
    }

    private static Class<? extends Command> type(String function) {
        Class<? extends Command> type = CommandName.types().get(function);
        if (type == null) {
            throw new RequestRefused(
                    RefusalCode.UNKNOWN_COMMAND,
                    "there is no command or query of this name; commands are "
                            + CommandName.types().keySet().stream().sorted().toList());
        }
        return type;
    }

    private static Effect repeated(Receipt earlier, Digest content) {
        if (!earlier.content().equals(content)) {
            throw new RequestRefused(
                    RefusalCode.COMMAND_ID_REUSED,
                    "the command id " + earlier.commandId()
                            + " has been used for another content; a new command needs a" + " new id");
        }
        DomainEvent event = Json.MAPPER.readValue(earlier.event(), DomainEvent.class);
        return new Effect(new Answer(event, true), List.of());
    }

    private static Effect moved(Command command, Digest content, Outcome.Moved moved, Context context) {
        Asker asker = context.asker();
        Key<Receipt> key = Keys.receipt(asker.party(), command.commandId());
        List<Key<?>> keys = new ArrayList<>();
        moved.writes().forEach(write -> keys.add(write.key()));
        keys.add(key);
        DomainEvent event = event(command, moved, keys, asker, context.now());
        Receipt receipt =
                new Receipt(command.commandId(), asker.party(), content, new String(CanonicalJson.bytes(event), UTF_8));
        List<Outcome.Write<?>> writes = new ArrayList<>(moved.writes());
        writes.add(new Outcome.Write<>(key, receipt));
        return new Effect(new Answer(event, false), writes);
    }

    private static DomainEvent event(
            Command command, Outcome.Moved moved, List<Key<?>> keys, Asker asker, Instant now) {
        List<DomainEvent.Change> changes = keys.stream()
                .sorted(Comparator.comparing(Key::composite))
                .map(key -> new DomainEvent.Change(key.kind(), key.id()))
                .toList();
        return new DomainEvent(
                moved.type(),
                CommandName.of(command.getClass()),
                command.commandId(),
                asker.party(),
                asker.mspId(),
                now,
                moved.orderId(),
                moved.consignmentId(),
                changes);
    }

    private static Digest content(Command command) {
        byte[] name = CommandName.of(command.getClass()).getBytes(UTF_8);
        return Digest.of(Digests.sha256(name, new byte[1], CanonicalJson.bytes(command)));
    }
}
