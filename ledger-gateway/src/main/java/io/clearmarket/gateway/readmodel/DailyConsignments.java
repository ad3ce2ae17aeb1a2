package io.clearmarket.gateway.readmodel;

import io.clearmarket.wallet.identity.PartyId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many consignments stood where at each day's end, and how promises of delivery were kept. Days as of {@link DailyMoney}. */
public interface DailyConsignments {
    /** Where an open consignment stands; what is closed stands nowhere. A disputed one is only disputed. */
    enum Standing {
        /** Placed, and no deposit is recorded. */
        UNPAID,
        /** Paid, and not handed to a carrier. */
        TO_SHIP,
        /** With a carrier, to the buyer or back. */
        UNDER_WAY,
        /** With the buyer, who looks at it, or back with the merchant. */
        INSPECTED,
        DISPUTED
    }

    /**
     * One day.
     *
     * @param standing consignments at the day's end; each standing has its number
     * @param kept delivered on that day within the time that both sides agreed on
     * @param late delivered on that day after it
     */
    record Day(LocalDate day, Map<Standing, Long> standing, long kept, long late) {}

    /**
     * The ledger's last days, up to the one of its newest transaction; none if it has none.
     *
     * @param merchant whose consignments; absent for all
     * @param days how many
     */
    List<Day> last(@Nullable PartyId merchant, int days);
}
