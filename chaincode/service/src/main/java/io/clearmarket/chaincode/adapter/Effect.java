package io.clearmarket.chaincode.adapter;

import io.clearmarket.chaincode.api.Answer;
import io.clearmarket.chaincode.domain.Outcome;
import java.util.List;

/**
 * What a transaction does: its answer and what it writes. A repeated command writes nothing and has no event of its own.
 */
record Effect(Answer answer, List<Outcome.Write<?>> writes) {
    Effect {
        writes = List.copyOf(writes);
    }
}
