package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.DeliveryCondition;
import io.clearmarket.chaincode.api.DeliveryCondition.Effect;
import io.clearmarket.chaincode.api.DeliveryCondition.Expected;
import io.clearmarket.chaincode.api.DeliveryCondition.Range;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.Limits;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.wallet.identity.PartyId;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether conditions may stand in terms. */
final class ConditionsCheck {
    private ConditionsCheck() {}

    static void require(Terms terms) {
        List<DeliveryCondition> conditions = terms.conditions();
        if (conditions == null) {
            return;
        }
        unless(
                !conditions.isEmpty() && conditions.size() <= Limits.CONDITIONS,
                "there are " + conditions.size() + "; there must be 1 to " + Limits.CONDITIONS
                        + ", or the member is absent");
        for (int i = 0; i < conditions.size(); i++) {
            require(conditions.get(i), "condition " + (i + 1), terms);
        }
    }

    private static void require(DeliveryCondition condition, String name, Terms terms) {
        boolean gives = condition.effect() == Effect.REFUND;
        unless(
                gives ? condition.share() >= 1 && condition.share() <= Limits.ALL_BPS : condition.share() == 0,
                name + "'s share is " + condition.share() + "; it must be 1 to " + Limits.ALL_BPS
                        + " basis points for REFUND, and 0 otherwise");
        unless(
                condition.standsFor() >= 0 && condition.standsFor() <= Limits.TEN_YEARS,
                name + "'s event stands for " + condition.standsFor() + " seconds; it must be 0 to "
                        + Limits.TEN_YEARS);
        requireWitnesses(condition, name, terms);
        requireExpected(condition.expected(), name);
    }

    /** Nobody's own word alone brings them money. */
    private static void requireWitnesses(DeliveryCondition condition, String name, Terms terms) {
        List<PartyId> witnesses = condition.witnesses();
        unless(
                !witnesses.isEmpty()
                        && witnesses.size() <= Limits.WITNESSES
                        && new HashSet<>(witnesses).size() == witnesses.size(),
                name + " names " + witnesses.size() + " witnesses; it must name 1 to " + Limits.WITNESSES
                        + ", each once");
        unless(
                !(condition.effect() == Effect.RELEASE && witnesses.contains(terms.merchant()))
                        && !(condition.effect() == Effect.REFUND && witnesses.contains(terms.buyer())),
                name + " would give money to a side at its own word");
    }

    private static void requireExpected(Expected expected, String name) {
        unless(
                expected.bizStep() != null
                        || expected.disposition() != null
                        || expected.place() != null
                        || expected.range() != null,
                name + " expects nothing of an event; it must expect a step, a disposition, a place or a range");
        unless(
                matches(expected.bizStep(), EpcisRecord.WORD)
                        && matches(expected.disposition(), EpcisRecord.WORD)
                        && matches(expected.place(), EpcisRecord.LOCATION),
                name + " expects what no event says: " + expected);
        Range range = expected.range();
        if (range != null) {
            requireRange(range, name);
        }
    }

    private static void requireRange(Range range, String name) {
        Long least = range.least();
        Long greatest = range.greatest();
        unless(
                matches(range.type(), EpcisRecord.MEASUREMENT)
                        && matches(range.unit(), EpcisRecord.UNIT)
                        && (least != null || greatest != null)
                        && (least == null || greatest == null || least <= greatest)
                        && isReading(least)
                        && isReading(greatest),
                name + " expects a range that is none: " + range);
    }

    private static boolean isReading(@Nullable Long value) {
        return value == null || Math.abs(value) <= Limits.READING;
    }

    private static boolean matches(@Nullable String value, String pattern) {
        return value == null || value.matches(pattern);
    }

    private static void unless(boolean right, String message) {
        Refuse.unless(right, RefusalCode.TERMS_BAD_CONDITIONS, () -> message);
    }
}
