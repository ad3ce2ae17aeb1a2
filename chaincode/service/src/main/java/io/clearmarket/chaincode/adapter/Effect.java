package io.clearmarket.chaincode.adapter;

import io.clearmarket.chaincode.api.Answer;
import io.clearmarket.chaincode.domain.Outcome;
import java.util.List;

/**
 * What a transaction does: its answer and what it writes. A repeated command writes nothing and has no event of its own.
 *
 * @param event the answer's event in its RFC 8785 form, which goes into receipt, event and answer alike
 */
record Effect(Answer answer, String event, List<Outcome.Write<?>> writes) {
    Effect {
        writes = List.copyOf(writes);
    }

    /** The answer in its RFC 8785 form. */
    String answerText() {
        return "{\"event\":" + event + ",\"repeated\":" + answer.repeated() + "}";
    }
}
