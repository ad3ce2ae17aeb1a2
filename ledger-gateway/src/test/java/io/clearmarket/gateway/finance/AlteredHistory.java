package io.clearmarket.gateway.finance;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.readmodel.MoneyHistory;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A history that tells of other terms, or not of every change.
 *
 * @param agreed what becomes of each consignment's terms
 * @param told which changes it tells of
 */
record AlteredHistory(MoneyHistory all, UnaryOperator<Terms> agreed, Predicate<MoneyHistory.Change> told)
        implements MoneyHistory {
    @Override
    public Optional<Place> reached(Instant instant) {
        return all.reached(instant);
    }

    @Override
    public Map<ConsignmentId, Terms> terms(PartyId merchant) {
        Map<ConsignmentId, Terms> terms = new HashMap<>(all.terms(merchant));
        terms.replaceAll((id, each) -> agreed.apply(each));
        return terms;
    }

    @Override
    public List<Standing> standings(PartyId merchant, Place before) {
        return all.standings(merchant, before);
    }

    @Override
    public List<Change> changes(PartyId merchant, Place from, Place before) {
        return all.changes(merchant, from, before).stream().filter(told).toList();
    }
}
