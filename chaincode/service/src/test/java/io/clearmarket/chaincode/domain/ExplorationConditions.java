package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Ledgered;
import io.clearmarket.chaincode.api.DeliveryCondition;
import io.clearmarket.chaincode.api.Records.Recorded;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.chaincode.domain.Exploration.Step;
import io.clearmarket.chaincode.moves.LegalMove.Quarrel;
import io.clearmarket.wallet.identity.PartyId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must hold of events: what is said moves nothing, and what is cited decides as docs/delivery-conditions.md says. */
final class ExplorationConditions {
    private ExplorationConditions() {}

    static void require(Step step, Terms terms, Instant now) {
        Consignment from = step.from().consignment();
        Consignment to = step.to().consignment();
        require(!step.isSaid() || from.equals(to), "what is only said changes no consignment", step);
        switch (step.command()) {
            case Command.SettleByEvent c -> {
                DeliveryCondition condition = requireMet(c.condition(), c.eventId(), step, terms, now);
                requireSettled(condition, from.money(), to.money(), step);
                require(
                        from.money().decisions().stream()
                                .noneMatch(decision -> decision.reason().equals("condition " + c.condition())),
                        "a condition decides once",
                        step);
            }
            case Command.FreezeByEvent c -> {
                DeliveryCondition condition = requireMet(c.condition(), c.eventId(), step, terms, now);
                require(condition.effect() == DeliveryCondition.Effect.FREEZE, "a condition that freezes", step);
                require(
                        step.to().quarrel() == Quarrel.OPEN
                                && to.money().held().equals(from.money().held()),
                        "the money is frozen",
                        step);
            }
            default -> {}
        }
    }

    /** Who recorded the event that the step cites, or null if it cites none. */
    static @Nullable PartyId citedFrom(Step step) {
        Recorded cited = switch (step.command()) {
            case Command.SettleByEvent c ->
                ExplorationEvents.recorded(c.eventId(), step.from().told());
            case Command.FreezeByEvent c ->
                ExplorationEvents.recorded(c.eventId(), step.from().told());
            default -> null;
        };
        return cited == null ? null : cited.by();
    }

    private static DeliveryCondition requireMet(int number, String eventId, Step step, Terms terms, Instant now) {
        List<DeliveryCondition> all = terms.deliveryConditions();
        require(number >= 1 && number <= all.size(), "a condition of the terms", step);
        DeliveryCondition condition = all.get(number - 1);
        PartyId by = citedFrom(step);
        require(by != null && condition.witnesses().contains(by), "an event by an agreed witness", step);
        require(!eventId.equals(ExplorationEvents.OTHER.eventId()), "an event that says what was agreed", step);
        require(
                condition.effect() == DeliveryCondition.Effect.REFUND
                        || !eventId.equals(ExplorationEvents.COLD.eventId()),
                "readings in the range, or outside of it, as agreed",
                step);
        require(
                !eventId.equals(ExplorationEvents.ALL.eventId())
                        || !step.from().told().inError(),
                "an event that nobody declared to be in error",
                step);
        require(
                !now.isBefore(Bazaar.START.plusSeconds(condition.standsFor())),
                "an event that has stood as long as agreed",
                step);
        Consignment from = step.from().consignment();
        List<Integer> open = from.items().stream()
                .map(Command.LineItems::line)
                .filter(line -> !from.acceptedLines().contains(line)
                        && !from.refundedLines().contains(line))
                .toList();
        boolean everyItem = eventId.equals(ExplorationEvents.ALL.eventId()) || open.equals(List.of(1));
        require(
                condition.effect() == DeliveryCondition.Effect.RELEASE
                        ? everyItem && !open.isEmpty()
                        : everyItem || open.contains(1),
                "an event about the items of lines that nobody decided yet",
                step);
        return condition;
    }

    private static void requireSettled(DeliveryCondition condition, Ledgered from, Ledgered to, Step step) {
        Amount agreed = new Amount(from.deposited()
                .units()
                .multiply(BigInteger.valueOf(condition.share()))
                .divide(BigInteger.valueOf(10_000)));
        Amount back = agreed.isMoreThan(from.held()) ? from.held() : agreed;
        boolean right = switch (condition.effect()) {
            case RELEASE -> to.held().isZero() && to.buyer().equals(from.buyer());
            case REFUND ->
                to.gross().equals(from.gross())
                        && to.buyer().equals(from.buyer().plus(back));
            case FREEZE -> false;
        };
        require(right, "all to the merchant, or the agreed share back", step);
    }

    private static void require(boolean holds, String promise, Object where) {
        if (!holds) {
            throw new AssertionError(promise + "; broken by " + where);
        }
    }
}
