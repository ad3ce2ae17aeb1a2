package io.clearmarket.gateway.api;

import io.clearmarket.gateway.readmodel.Answer;
import io.clearmarket.gateway.readmodel.AsOf;
import io.clearmarket.gateway.readmodel.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next the {@code cursor} that asks for the part that follows; absent at the end
 */
record Listed<T>(List<T> items, @Nullable String next, AsOf asOf) {
    static <T> Listed<T> of(Answer<Page<T>> answer) {
        return new Listed<>(answer.value().items(), answer.value().next(), answer.asOf());
    }

    static <T> Listed<T> all(Answer<List<T>> answer) {
        return new Listed<>(answer.value(), null, answer.asOf());
    }
}
