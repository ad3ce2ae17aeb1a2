package io.clearmarket.gateway.readmodel;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.wallet.identity.PartyId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
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
    private final ChangesByDay changes;

    JdbcDailyMoney(JdbcClient database, ChangesByDay changes) {
        this.database = database;
        this.changes = changes;
    }

    /** What stands there: held, and decided without being paid. */
    private record Standing(BigInteger held, BigInteger pending) {
        private static final Standing NOTHING = new Standing(BigInteger.ZERO, BigInteger.ZERO);

        Standing before(Moved that) {
            return new Standing(
                    held.subtract(that.held()), pending.subtract(that.decided().subtract(that.paid())));
        }
    }

    private record Moved(String asset, LocalDate day, BigInteger decided, BigInteger paid, BigInteger held) {}

    @Override
    public List<OfAsset> last(@Nullable PartyId merchant, int days) {
        Optional<LocalDate> newest = changes.newest();
        if (newest.isEmpty()) {
            return List.of();
        }
        LocalDate first = newest.get().minusDays(days - 1L);
        Map<String, Standing> now = now(merchant);
        Map<String, Map<LocalDate, Moved>> moved = new HashMap<>();
        moved(merchant, first)
                .forEach(one -> moved.computeIfAbsent(one.asset(), none -> new HashMap<>())
                        .put(one.day(), one));
        return now.keySet().stream()
                .sorted()
                .map(asset -> new OfAsset(
                        new Asset(asset),
                        backwards(
                                newest.get(),
                                days,
                                now.getOrDefault(asset, Standing.NOTHING),
                                moved.getOrDefault(asset, Map.of()))))
                .toList();
    }

    private static List<Day> backwards(LocalDate newest, int days, Standing now, Map<LocalDate, Moved> moved) {
        List<Day> found = new ArrayList<>();
        Standing standing = now;
        for (int i = 0; i < days; i++) {
            LocalDate day = newest.minusDays(i);
            Moved that = moved.get(day);
            found.add(new Day(
                    day,
                    amount(that == null ? BigInteger.ZERO : that.decided()),
                    amount(that == null ? BigInteger.ZERO : that.paid()),
                    amount(standing.held()),
                    amount(standing.pending())));
            standing = that == null ? standing : standing.before(that);
        }
        return found.reversed();
    }

    /** What a settlement between the parties overtook may make a day's sum negative; it is shown as nothing. */
    private static Amount amount(BigInteger units) {
        return new Amount(units.max(BigInteger.ZERO));
    }

    private Map<String, Standing> now(@Nullable PartyId merchant) {
        Map<String, Standing> now = new HashMap<>();
        database.sql("""
                        select asset, sum(held), sum(gross + to_buyer - paid_gross - paid_buyer)
                        from consignment where :who = '' or merchant = :who group by asset""")
                .param("who", ChangesByDay.who(merchant))
                .query((row, i) -> now.put(
                        row.getString(1), new Standing(whole(row.getBigDecimal(2)), whole(row.getBigDecimal(3)))))
                .list();
        return now;
    }

    /** Each version's money against the one before. */
    private List<Moved> moved(@Nullable PartyId merchant, LocalDate first) {
        return changes.since(first, merchant, """
                        select now ->> 'asset', day,
                               sum(number(now, 'gross') + number(now, 'buyer')
                                   - number(before, 'gross') - number(before, 'buyer')),
                               sum(number(now, 'paidGross') + number(now, 'paidBuyer')
                                   - number(before, 'paidGross') - number(before, 'paidBuyer')),
                               sum(number(now, 'held') - number(before, 'held'))
                        from change
                        group by 1, 2""".replaceAll(
                                "number\\((\\w+), '(\\w+)'\\)", "coalesce(($1 -> 'money' ->> '$2')::numeric, 0)"))
                .query((row, i) -> moved(row))
                .list();
    }

    private static Moved moved(ResultSet row) throws SQLException {
        return new Moved(
                row.getString(1),
                row.getObject(2, LocalDate.class),
                whole(row.getBigDecimal(3)),
                whole(row.getBigDecimal(4)),
                whole(row.getBigDecimal(5)));
    }

    private static BigInteger whole(BigDecimal sum) {
        return sum.toBigIntegerExact();
    }
}
