package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Refuse.ifAbsent;
import static io.clearmarket.chaincode.domain.Refuse.unless;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Command.LineItems;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Ledgered;
import io.clearmarket.chaincode.api.DeliveryCondition;
import io.clearmarket.chaincode.api.DeliveryCondition.Effect;
import io.clearmarket.chaincode.api.DeliveryCondition.Expected;
import io.clearmarket.chaincode.api.DeliveryCondition.Range;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.EpcisRecord.Measured;
import io.clearmarket.chaincode.api.Records.Recorded;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Terms;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Events about the goods that buyer and merchant agreed to let decide: cited by anybody, evaluated here. */
final class DeliveryConditions {
    private DeliveryConditions() {}

    /** A condition for money is met: all to the merchant, or a share back to the buyer; each condition once. */
    static Outcome settle(Command.SettleByEvent command, Subject subject) {
        DeliveryCondition condition =
                agreed(command.condition(), EnumSet.of(Effect.RELEASE, Effect.REFUND), subject.terms());
        String reason = "condition " + command.condition();
        Ledgered money = subject.consignment().money();
        unless(
                money.decisions().stream()
                        .noneMatch(decision -> decision.reason().equals(reason)),
                RefusalCode.CONDITION_APPLIED,
                () -> reason + " has decided already; it does so once");
        requireMet(condition, command.eventId(), subject);
        return condition.effect() == Effect.RELEASE
                ? Releasing.allToMerchant(subject, reason, "consignment.released")
                : back(reason, condition.share(), subject);
    }

    /** A condition that freezes is met: a dispute opens, whose reason is the hash of the event's id. */
    static Outcome freeze(Command.FreezeByEvent command, Subject subject) {
        DeliveryCondition condition = agreed(command.condition(), EnumSet.of(Effect.FREEZE), subject.terms());
        requireMet(condition, command.eventId(), subject);
        Digest reason = Digest.sha256(command.eventId());
        return Disputes.opened(subject, reason, "consignment.disputed");
    }

    /** The share is of what was deposited, so that what was released or given back before does not change it. */
    private static Outcome back(String reason, int share, Subject subject) {
        Ledgered money = subject.consignment().money();
        Amount agreed = money.deposited().basisPoints(share);
        Amount amount = agreed.isMoreThan(money.held()) ? money.held() : agreed;
        return subject.moved("consignment.refunded", subject.next().money(subject.decide(reason, Amount.ZERO, amount)));
    }

    private static DeliveryCondition agreed(int number, Set<Effect> effects, Terms terms) {
        List<DeliveryCondition> all = terms.deliveryConditions();
        DeliveryCondition condition = number >= 1 && number <= all.size() ? all.get(number - 1) : null;
        return ifAbsent(
                condition != null && effects.contains(condition.effect()) ? condition : null,
                RefusalCode.UNKNOWN_CONDITION,
                () -> "the terms have " + all.size() + " conditions, and none with the number " + number
                        + " does one of " + effects);
    }

    private static void requireMet(DeliveryCondition condition, String eventId, Subject subject) {
        Recorded recorded = ifAbsent(
                subject.view().find(Keys.event(eventId)),
                RefusalCode.UNKNOWN_RECORD,
                () -> "there is no event " + eventId);
        unless(
                condition.witnesses().contains(recorded.by()),
                RefusalCode.WRONG_PARTY,
                () -> "event " + eventId + " was recorded by party " + recorded.by() + "; agreed witnesses are "
                        + condition.witnesses());
        unless(
                subject.view().find(Keys.eventError(eventId)) == null,
                RefusalCode.EVENT_IN_ERROR,
                () -> "event " + eventId + " was declared to be in error; one that corrects it may be cited");
        requireFits(condition, recorded.event(), subject);
        Instant stands = recorded.recordedAt().plusSeconds(condition.standsFor());
        unless(
                !subject.now().isBefore(stands),
                RefusalCode.TOO_EARLY,
                () -> "event " + eventId + " has to stand uncorrected until " + stands + "; it is " + subject.now());
    }

    /** It says what was agreed, about these goods, and of a time after the order. */
    private static void requireFits(DeliveryCondition condition, EpcisRecord event, Subject subject) {
        Expected expected = condition.expected();
        boolean said = isSaid(expected.bizStep(), event.bizStep())
                && isSaid(expected.disposition(), event.disposition())
                && (isSaid(expected.place(), event.readPoint()) || isSaid(expected.place(), event.bizLocation()))
                && isMeasured(expected.range(), event.measured());
        Instant quoted = subject.terms().quote().at();
        unless(
                said && !event.eventTime().isBefore(quoted) && isAboutGoods(condition, event, subject),
                RefusalCode.CONDITION_NOT_MET,
                () -> "event " + event.eventId() + " does not say " + expected + " of "
                        + (condition.effect() == Effect.RELEASE ? "all items" : "an item")
                        + " that nobody decided yet, at a time after " + quoted);
    }

    private static boolean isSaid(@Nullable String expected, @Nullable String said) {
        return expected == null || Objects.equals(expected, said);
    }

    /** Readings in another unit than the agreed one say nothing: units are not converted here. */
    private static boolean isMeasured(@Nullable Range range, @Nullable List<Measured> measured) {
        if (range == null) {
            return true;
        }
        List<Measured> readings = (measured == null ? List.<Measured>of() : measured)
                .stream()
                        .filter(reading -> reading.type().equals(range.type())
                                && reading.unit().equals(range.unit()))
                        .toList();
        boolean within = readings.stream()
                .allMatch(reading -> (range.least() == null || reading.least() >= range.least())
                        && (range.greatest() == null || reading.greatest() <= range.greatest()));
        return !readings.isEmpty() && within == range.kept();
    }

    /** All that is still open must have come; one thing that went wrong is enough. */
    private static boolean isAboutGoods(DeliveryCondition condition, EpcisRecord event, Subject subject) {
        Consignment now = subject.consignment();
        List<Integer> open = Lines.undecided(subject);
        List<String> items = now.items().stream()
                .filter(line -> open.contains(line.line()))
                .map(LineItems::epcs)
                .flatMap(List::stream)
                .toList();
        Set<String> told = new HashSet<>(event.epcs());
        return condition.effect() == Effect.RELEASE
                ? !items.isEmpty() && told.containsAll(items)
                : items.stream().anyMatch(told::contains);
    }
}
