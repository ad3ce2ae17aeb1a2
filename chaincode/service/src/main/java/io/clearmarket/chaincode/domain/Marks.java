package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Deadlines;
import io.clearmarket.chaincode.api.Consignment.Dispute;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Records.Mark;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.chaincode.moves.Timer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The index entries that queries find consignments by. Each is under a key of its own consignment, so nobody waits for anybody. That of the
 * state goes with it; no other is taken away: a query leaves out what is no longer so.
 */
final class Marks {
    private static final Mark MARK = new Mark();

    private Marks() {}

    /** Of a consignment that is new. */
    static List<Outcome.Write<?>> placed(Consignment placed, Terms terms) {
        List<Outcome.Write<?>> marks = new ArrayList<>(due(null, placed.deadlines(), placed.id()));
        marks.addAll(referral(terms));
        marks.add(mark(Keys.inState(placed.state(), placed.id())));
        return marks;
    }

    /**
     * What a decision changes: the state, a timer that it started, the arbiter whom it brings a dispute before. What an earlier version wrote
     * may have no mark at all: it gets every one with its next state.
     */
    static List<Outcome.Write<?>> moved(Consignment before, Consignment after, Terms terms, View view) {
        if (before.state() == after.state()) {
            return changed(before, after, terms);
        }
        Key<Mark> left = Keys.inState(before.state(), before.id());
        List<Outcome.Write<?>> marks = new ArrayList<>();
        if (view.find(left) == null) {
            marks.addAll(referral(terms));
            marks.addAll(changed(null, after, terms));
        } else {
            marks.add(new Outcome.Write<>(left, null));
            marks.addAll(changed(before, after, terms));
        }
        marks.add(mark(Keys.inState(after.state(), after.id())));
        return marks;
    }

    private static List<Outcome.Write<?>> changed(@Nullable Consignment before, Consignment after, Terms terms) {
        List<Outcome.Write<?>> marks =
                new ArrayList<>(due(before == null ? null : before.deadlines(), after.deadlines(), after.id()));
        Dispute dispute = after.dispute();
        if (dispute != null && !Objects.equals(arbiter(before), dispute.arbiter())) {
            marks.add(mark(Keys.arbiterDispute(terms.arbiters().get(dispute.arbiter()), after.id())));
        }
        return marks;
    }

    static List<Outcome.Write<?>> referral(Terms terms) {
        return terms.escrow().referrer().isZero()
                ? List.of()
                : List.of(mark(Keys.referral(terms.escrow().referrer(), terms.consignmentId())));
    }

    private static List<Outcome.Write<?>> due(@Nullable Deadlines before, Deadlines after, ConsignmentId id) {
        List<Outcome.Write<?>> marks = new ArrayList<>();
        for (Timer timer : Timer.values()) {
            Instant end = timer.of(after);
            if (end != null && (before == null || !end.equals(timer.of(before)))) {
                marks.add(mark(Keys.due(timer, end, id)));
            }
        }
        return marks;
    }

    private static @Nullable Integer arbiter(@Nullable Consignment of) {
        Dispute dispute = of == null ? null : of.dispute();
        return dispute == null ? null : dispute.arbiter();
    }

    private static Outcome.Write<?> mark(Key<Mark> key) {
        return new Outcome.Write<>(key, MARK);
    }
}
