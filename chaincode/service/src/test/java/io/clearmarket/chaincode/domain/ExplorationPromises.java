package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.STRANGER;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment.Goods;
import io.clearmarket.chaincode.domain.Exploration.Step;
import io.clearmarket.chaincode.domain.Exploration.When;
import io.clearmarket.chaincode.moves.LegalMove.Quarrel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What must hold of all ways that things can go. */
final class ExplorationPromises {
    private final Map<Situation, List<Step>> graph;

    ExplorationPromises(Map<Situation, List<Step>> graph) {
        this.graph = graph;
    }

    void check(Situation placed) {
        requireNothingStuck(
                "time and anybody", step -> step.isTimed() && step.when() == When.LATE && step.isBy(STRANGER));
        requireNothingStuck(
                "the chain after the stop date",
                step -> step.command() instanceof Command.RecordReclaim && step.when() == When.STOPPED);
        List<Situation> funded = where(situation -> situation.isFunded()
                && situation.consignment().goods() == Goods.PLACED
                && situation.consignment().money().gross().isZero());
        for (Situation end : reachable(funded, step -> isAlone(step, MERCHANT))) {
            require(
                    end.consignment().money().gross().isZero(),
                    "a merchant alone gets nothing without a delivery or the buyer's word",
                    end);
        }
        requireBuyerAloneGetsNothingBack();
        requireRulingHolds();
        require(
                reachable(List.of(placed), step -> true).size() == graph.size(),
                "all is reached from the start",
                placed);
    }

    /** A delivery is recorded, nothing is disputed, and only the buyer acts. */
    private void requireBuyerAloneGetsNothingBack() {
        List<Situation> delivered = where(situation -> situation.isFunded()
                && situation.quarrel() == Quarrel.NONE
                && situation.consignment().goods() == Goods.DELIVERED
                && situation.consignment().money().buyer().isZero());
        for (Situation end : reachable(delivered, step -> isAlone(step, BUYER))) {
            require(
                    end.consignment().money().buyer().isZero(),
                    "a buyer alone gets nothing back after a recorded delivery",
                    end);
        }
    }

    /** Once ruled, nobody but an appeal changes who gets what; and there is one appeal. */
    private void requireRulingHolds() {
        for (Situation ruled : where(situation -> situation.quarrel() == Quarrel.RULED)) {
            for (Step step : graph.getOrDefault(ruled, List.of())) {
                Quarrel next = step.to().quarrel();
                boolean same = next == Quarrel.RULED;
                boolean appealed = next == Quarrel.APPEALED && step.command() instanceof Command.Appeal;
                require(same || appealed, "from a ruling only an appeal leads back", step);
            }
        }
        for (Situation twice : where(situation -> situation.quarrel() == Quarrel.RULED_AGAIN)) {
            for (Step step : graph.getOrDefault(twice, List.of())) {
                require(step.to().quarrel() == Quarrel.RULED_AGAIN, "there is one appeal", step);
            }
        }
    }

    /** Time's work, the party's own word, an event that it recorded itself, or that event cited. */
    private static boolean isAlone(Step step, Person by) {
        boolean own = step.command() instanceof Command.Versioned || step.command() instanceof Command.RecordEvent;
        return step.isTimed() || (own && step.isBy(by)) || by.id().equals(ExplorationConditions.citedFrom(step));
    }

    private void requireNothingStuck(String by, Predicate<Step> moves) {
        Map<Situation, List<Situation>> before = new HashMap<>();
        graph.values()
                .forEach(steps -> steps.stream()
                        .filter(moves)
                        .forEach(step -> before.computeIfAbsent(step.to(), any -> new ArrayList<>())
                                .add(step.from())));
        Set<Situation> emptied =
                new HashSet<>(where(situation -> situation.held().isZero()));
        Deque<Situation> open = new ArrayDeque<>(emptied);
        while (!open.isEmpty()) {
            for (Situation from : before.getOrDefault(open.remove(), List.of())) {
                if (emptied.add(from)) {
                    open.add(from);
                }
            }
        }
        for (Situation situation : graph.keySet()) {
            require(emptied.contains(situation), by + " empty every escrow", situation);
        }
    }

    private List<Situation> where(Predicate<Situation> wanted) {
        return graph.keySet().stream().filter(wanted).toList();
    }

    private Set<Situation> reachable(Collection<Situation> from, Predicate<Step> moves) {
        Set<Situation> seen = new HashSet<>(from);
        Deque<Situation> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            for (Step step : graph.getOrDefault(open.remove(), List.of())) {
                if (moves.test(step) && seen.add(step.to())) {
                    open.add(step.to());
                }
            }
        }
        return seen;
    }

    private static void require(boolean holds, String promise, Object where) {
        if (!holds) {
            throw new AssertionError(promise + "; broken by " + where);
        }
    }
}
