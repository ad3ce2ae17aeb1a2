package io.clearmarket.gateway.pages.console;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.gateway.privacy.PrivateField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command that was put together from a form, and what goes with it.
 *
 * @param meaning arguments of the sentence that says what it means: amounts and numbers
 * @param items the items that it names
 * @param document what the command names by its hash, kept when it is sent; absent where there is none or it is kept already
 * @param field a text that the command commits to, likewise
 */
record Draft(
        Command command,
        List<Object> meaning,
        List<String> items,
        @Nullable Brought document,
        @Nullable PrivateField field) {
    /** A document that is not kept yet. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
    record Brought(byte[] bytes, String mediaType) {}

    static Draft of(Command command, Amount... meaning) {
        return new Draft(command, List.of((Object[]) meaning), List.of(), null, null);
    }

    static Draft of(Command command, @Nullable Brought document, Amount... meaning) {
        return new Draft(command, List.of((Object[]) meaning), List.of(), document, null);
    }
}
