package io.clearmarket.gateway.readmodel;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.wallet.identity.PartyId;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was decided and paid on each day, and what was held at its end. A day is one of UTC by the ledger's own time. */
public interface DailyMoney {
    /**
     * One day.
     *
     * @param decided to the merchants' side and back to buyers
     * @param paid of what was decided, as seen on the settlement chain
     * @param held at the day's end
     * @param pending decided until the day's end, and not yet seen paid then
     */
    record Day(LocalDate day, Amount decided, Amount paid, Amount held, Amount pending) {}

    /**
     * The days of one settlement asset.
     *
     * @param days each day in order, also those on which nothing happened
     */
    record OfAsset(Asset asset, List<Day> days) {}

    /**
     * The ledger's last days, up to the one of its newest transaction; none if it has none.
     *
     * @param merchant whose consignments; absent for all
     * @param days how many
     */
    List<OfAsset> last(@Nullable PartyId merchant, int days);
}
