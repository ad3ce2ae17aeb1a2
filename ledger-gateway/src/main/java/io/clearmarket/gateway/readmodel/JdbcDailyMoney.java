package io.clearmarket.gateway.readmodel;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.wallet.identity.PartyId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** {@link DailyMoney} from the versions of the consignments that have changed since: what is held now, and backwards from there. */
@Repository
class JdbcDailyMoney implements DailyMoney {
    private final JdbcClient database;
    private final MoneyHistory history;

    JdbcDailyMoney(JdbcClient database, MoneyHistory history) {
        this.database = database;
        this.history = history;
    }

    private record Moved(String asset, LocalDate day, BigInteger decided, BigInteger paid, BigInteger held) {}

    @Override
    public List<OfAsset> last(@Nullable PartyId merchant, int days) {
        Optional<LocalDate> newest = database.sql("select max(at) from domain_event")
                .query((row, i) -> Optional.ofNullable(row.getTimestamp(1))
                        .map(at -> at.toInstant().atZone(ZoneOffset.UTC).toLocalDate()))
                .single();
        if (newest.isEmpty()) {
            return List.of();
        }
        String who = merchant == null ? "" : merchant.value();
        LocalDate first = newest.get().minusDays(days - 1L);
        Map<String, BigInteger> held = held(who);
        Map<String, Map<LocalDate, Moved>> moved = new HashMap<>();
        moved(who, first.atStartOfDay().toInstant(ZoneOffset.UTC))
                .forEach(one -> moved.computeIfAbsent(one.asset(), none -> new HashMap<>())
                        .put(one.day(), one));
        return held.keySet().stream()
                .sorted()
                .map(asset -> new OfAsset(
                        new Asset(asset),
                        backwards(
                                newest.get(),
                                days,
                                held.getOrDefault(asset, BigInteger.ZERO),
                                moved.getOrDefault(asset, Map.of()))))
                .toList();
    }

    private static List<Day> backwards(LocalDate newest, int days, BigInteger heldNow, Map<LocalDate, Moved> moved) {
        List<Day> found = new ArrayList<>();
        BigInteger held = heldNow;
        for (int i = 0; i < days; i++) {
            LocalDate day = newest.minusDays(i);
            Moved that = moved.get(day);
            found.add(new Day(
                    day,
                    new Amount(that == null ? BigInteger.ZERO : that.decided()),
                    new Amount(that == null ? BigInteger.ZERO : that.paid()),
                    new Amount(held)));
            held = that == null ? held : held.subtract(that.held());
        }
        return found.reversed();
    }

    private Map<String, BigInteger> held(String who) {
        Map<String, BigInteger> held = new HashMap<>();
        database.sql("""
                        select asset, sum(held) from consignment where :who = '' or merchant = :who group by asset""")
                .param("who", who)
                .query((row, i) -> held.put(row.getString(1), whole(row.getBigDecimal(2))))
                .list();
        return held;
    }

    /** Each version against the one before, from the first transaction on at which the instant has come; its time is a running maximum. */
    private List<Moved> moved(String who, Instant from) {
        MoneyHistory.Place place = history.reached(from).orElse(MoneyHistory.Place.END);
        return database.sql("""
                        with clock as (
                            select block, tx_index, max(at) over (order by block, tx_index) as at
                            from domain_event where (block, tx_index) >= (:block, :index)),
                        changed as (
                            select distinct v.id from record_version v join consignment c on v.id = array[c.id]
                            where v.kind = 'CONSIGNMENT' and (v.block, v.tx_index) >= (:block, :index)
                              and (:who = '' or c.merchant = :who)),
                        versions as (
                            select v.block, v.tx_index, v.value ->> 'asset' as asset, v.value -> 'money' as now,
                                   lag(v.value -> 'money') over (
                                       partition by v.id order by v.block, v.tx_index, v.write_index) as before
                            from record_version v join changed using (id) where v.kind = 'CONSIGNMENT')
                        select asset, (k.at at time zone 'UTC')::date,
                               sum(number(now, 'gross') + number(now, 'buyer')
                                   - number(before, 'gross') - number(before, 'buyer')),
                               sum(number(now, 'paidGross') + number(now, 'paidBuyer')
                                   - number(before, 'paidGross') - number(before, 'paidBuyer')),
                               sum(number(now, 'held') - number(before, 'held'))
                        from versions join clock k using (block, tx_index)
                        group by 1, 2""".replaceAll("number\\((\\w+), '(\\w+)'\\)", "coalesce(($1 ->> '$2')::numeric, 0)"))
                .param("block", place.block())
                .param("index", place.index())
                .param("who", who)
                .query((row, i) -> moved(row))
                .list();
    }

    /** What a settlement between the parties overtook may make a day's sum negative; it is shown as nothing. */
    private static Moved moved(ResultSet row) throws SQLException {
        return new Moved(
                row.getString(1),
                row.getObject(2, LocalDate.class),
                whole(row.getBigDecimal(3)).max(BigInteger.ZERO),
                whole(row.getBigDecimal(4)).max(BigInteger.ZERO),
                whole(row.getBigDecimal(5)));
    }

    private static BigInteger whole(BigDecimal sum) {
        return sum.toBigIntegerExact();
    }
}
