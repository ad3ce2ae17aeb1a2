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
import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.hyperledger.fabric.shim.ChaincodeStub;

/** Runs a command: guard, parse, receipt, decide, store, one event. */
final class Commands {
    private final ClockGuard guard;
    private final Askers askers = new Askers();

    Commands(ClockGuard guard) {
        this.guard = guard;
    }

    /** The answer; {@link RequestRefused} and refused outcomes leave nothing written. */
    Answer run(Class<? extends Command> type, List<byte[]> arguments, ChaincodeStub stub) {
        if (arguments.size() != 1) {
            throw new RequestRefused(
                    RefusalCode.WRONG_ARGUMENTS, "a command has one argument, its JSON; there are " + arguments.size());
        }
        guard.require(stub.getTxTimestamp());
        Command command = CommandReader.read(type, arguments.getFirst());
        Asker asker = askers.of(stub.getCreator());
        WorldState state = new WorldState(stub);
        Key<Receipt> key = Keys.receipt(asker.party(), command.commandId());
        Digest content = content(command);
        Receipt earlier = state.find(key);
        if (earlier != null) {
            return repeated(earlier, content);
        }
        // milliseconds are what every reader of the ledger can keep
        Instant now = stub.getTxTimestamp().truncatedTo(ChronoUnit.MILLIS);
        return switch (Rules.decide(command, state, new Context(asker, now))) {
            case Outcome.Refused refused ->
                throw new RequestRefused(
                        refused.refusal().code(), refused.refusal().message());
            case Outcome.Moved moved -> {
                DomainEvent event = event(command, moved, key, asker, now, state);
                store(moved, new Receipt(command.commandId(), asker.party(), content, json(event)), key, state);
                stub.setEvent(event.type(), CanonicalJson.bytes(event));
                yield new Answer(event, false);
            }
        };
    }

    private static Answer repeated(Receipt earlier, Digest content) {
        if (!earlier.content().equals(content)) {
            throw new RequestRefused(
                    RefusalCode.COMMAND_ID_REUSED,
                    "the command id " + earlier.commandId()
                            + " has been used for another content; a new command needs a" + " new id");
        }
        return new Answer(Json.MAPPER.readValue(earlier.event(), DomainEvent.class), true);
    }

    private static void store(Outcome.Moved moved, Receipt receipt, Key<Receipt> key, WorldState state) {
        moved.writes().forEach(state::put);
        state.put(new Outcome.Write<>(key, receipt));
    }

    private static DomainEvent event(
            Command command, Outcome.Moved moved, Key<Receipt> receipt, Asker asker, Instant now, WorldState state) {
        List<DomainEvent.Change> changes = Stream.concat(
                        moved.writes().stream().map(Outcome.Write::key), Stream.of(receipt))
                .sorted(Comparator.comparing(state::composite))
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

    private static String json(DomainEvent event) {
        return new String(CanonicalJson.bytes(event), UTF_8);
    }
}
