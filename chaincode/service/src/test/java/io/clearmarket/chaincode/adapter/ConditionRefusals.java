package io.clearmarket.chaincode.adapter;

import static io.clearmarket.chaincode.adapter.Asking.refusalOf;
import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.CARRIER;
import static io.clearmarket.chaincode.domain.Bazaar.STRANGER;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.domain.Bazaar;
import io.clearmarket.chaincode.domain.SampleConditions;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** The refusals of conditions in terms, and of events that are cited for them. */
final class ConditionRefusals {
    private ConditionRefusals() {}

    static Map<RefusalCode, Supplier<Refusal>> cases() {
        Map<RefusalCode, Supplier<Refusal>> cases = new EnumMap<>(RefusalCode.class);
        cases.put(RefusalCode.TERMS_BAD_CONDITIONS, () -> {
            Bazaar bazaar = Bazaar.opened();
            return refusalOf(bazaar, SampleConditions.unsound(bazaar), BUYER);
        });
        cases.put(RefusalCode.UNKNOWN_CONDITION, () -> {
            Bazaar bazaar = SampleConditions.shipped();
            return refusalOf(bazaar, SampleConditions.cites(bazaar, 2), STRANGER);
        });
        cases.put(RefusalCode.CONDITION_NOT_MET, () -> {
            Bazaar bazaar = SampleConditions.shipped();
            bazaar.does(SampleConditions.event(bazaar, "departing"), CARRIER);
            return refusalOf(bazaar, SampleConditions.cites(bazaar, 1), STRANGER);
        });
        cases.put(RefusalCode.CONDITION_APPLIED, () -> {
            Bazaar bazaar = SampleConditions.shipped();
            bazaar.does(SampleConditions.event(bazaar, "arriving"), CARRIER);
            bazaar.does(SampleConditions.cites(bazaar, 1), STRANGER);
            return refusalOf(bazaar, SampleConditions.cites(bazaar, 1), STRANGER);
        });
        cases.put(RefusalCode.EVENT_IN_ERROR, () -> {
            Bazaar bazaar = SampleConditions.shipped();
            Command.RecordEvent event = SampleConditions.event(bazaar, "arriving");
            bazaar.does(event, CARRIER);
            bazaar.does(SampleConditions.inError(bazaar, event), CARRIER);
            return refusalOf(bazaar, SampleConditions.cites(bazaar, 1), STRANGER);
        });
        return cases;
    }
}
