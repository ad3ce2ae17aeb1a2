package io.clearmarket.chaincode.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.Answer;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.DomainEvent;
import io.clearmarket.chaincode.api.Records.Receipt;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Request;
import io.clearmarket.chaincode.domain.Asker;
import io.clearmarket.chaincode.domain.Context;
import io.clearmarket.chaincode.domain.Key;
import io.clearmarket.chaincode.domain.Keys;
import io.clearmarket.chaincode.domain.Outcome;
import io.clearmarket.chaincode.domain.View;
import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That a request takes effect once: its receipt is written with its effect and looked for first.
 *
 * @param content SHA-256 of name, a zero byte and the request's RFC 8785 bytes
 */
record Receipts(Request request, Context context, Digest content) {
    static Receipts of(Request request, Context context) {
        byte[] name = CommandName.of(request.getClass()).getBytes(UTF_8);
        byte[] content = Digests.sha256(name, new byte[1], CanonicalJson.bytes(request));
        return new Receipts(request, context, Digest.of(content));
    }

    /** The answer of the first time, or null if there was none. */
    @Nullable
    Effect earlier(View view) {
        Receipt earlier = view.find(key());
        if (earlier == null) {
            return null;
        }
        if (!earlier.content().equals(content)) {
            throw new RequestRefused(
                    RefusalCode.COMMAND_ID_REUSED,
                    "the command id " + earlier.commandId()
                            + " has been used for another content; a new command needs a" + " new id");
        }
        DomainEvent event = Json.MAPPER.readValue(earlier.event(), DomainEvent.class);
        return new Effect(new Answer(event, true), earlier.event(), List.of());
    }

    /** What a decision writes, and the receipt. */
    Effect effect(Outcome.Moved moved) {
        return effect(moved, List.of());
    }

    /** The same of a batch. */
    Effect effect(Outcome.Moved moved, List<DomainEvent.Part> parts) {
        DomainEvent event = event(moved, parts);
        String text = CanonicalJson.text(event);
        Receipt receipt = new Receipt(request.commandId(), asker().party(), content, text);
        List<Outcome.Write<?>> writes = new ArrayList<>(moved.writes());
        writes.add(new Outcome.Write<>(key(), receipt));
        return new Effect(new Answer(event, false), text, writes);
    }

    private DomainEvent event(Outcome.Moved moved, List<DomainEvent.Part> parts) {
        List<Key<?>> keys = new ArrayList<>();
        moved.writes().forEach(write -> keys.add(write.key()));
        keys.add(key());
        List<DomainEvent.Change> changes = keys.stream()
                .sorted(Comparator.comparing(Key::composite))
                .map(key -> new DomainEvent.Change(key.kind(), key.id()))
                .toList();
        return new DomainEvent(
                moved.type(),
                CommandName.of(request.getClass()),
                request.commandId(),
                asker().party(),
                asker().mspId(),
                context.now(),
                moved.orderId(),
                moved.consignmentId(),
                changes,
                parts);
    }

    private Key<Receipt> key() {
        return Keys.receipt(asker().party(), request.commandId());
    }

    private Asker asker() {
        return context.asker();
    }
}
