package io.clearmarket.gateway.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.clearmarket.gateway.readmodel.Answer;
import io.clearmarket.gateway.readmodel.AsOf;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/** A record's own members and, beside them, the block at which they are true. */
record Answered<T>(@JsonUnwrapped T value, AsOf asOf) {
    static <T> Answered<T> of(Answer<T> answer) {
        return new Answered<>(answer.value(), answer.asOf());
    }

    /** The value, or 404: also where there is one that the caller may not see. */
    static <T> Answered<T> found(Answer<Optional<T>> answer, String what, String id) {
        return new Answered<>(
                answer.value()
                        .orElseThrow(() -> new ApiProblem(
                                HttpStatus.NOT_FOUND,
                                "NOT_FOUND",
                                "there is no " + what + " of this id that you may see",
                                "take an id from a list of yours",
                                id)),
                answer.asOf());
    }
}
