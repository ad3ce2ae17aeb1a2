package io.clearmarket.gateway.pages;

import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.gateway.pages.DayChart.Series;
import io.clearmarket.gateway.readmodel.DailyConsignments;
import io.clearmarket.gateway.readmodel.DailyConsignments.Standing;
import io.clearmarket.gateway.readmodel.DailyMoney;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Figures of the same days that belong together: drawn, and as one table.
 *
 * @param key of the message that names them
 * @param asset what the money is; absent for what is counted
 */
record Figures(String key, @Nullable Asset asset, List<DayChart> charts) {
    private static final Map<Standing, String> STANDINGS = Map.of(
            Standing.UNPAID, "figures.unpaid",
            Standing.TO_SHIP, "figures.toship",
            Standing.UNDER_WAY, "figures.underway",
            Standing.INSPECTED, "figures.inspected",
            Standing.DISPUTED, "figures.disputed");

    /** What was decided, paid, held and pending of an asset. */
    static Figures money(DailyMoney.OfAsset money, boolean mirrored) {
        List<DailyMoney.Day> days = money.days();
        return new Figures(
                "figures.of",
                money.asset(),
                List.of(
                        new DayChart(
                                "figures.moved",
                                days.stream().map(DailyMoney.Day::day).toList(),
                                List.of(
                                        Series.of(
                                                "figures.decided",
                                                days,
                                                day -> day.decided().units()),
                                        Series.of(
                                                "figures.paid",
                                                days,
                                                day -> day.paid().units())),
                                mirrored),
                        DayChart.line(
                                "figures.held",
                                days,
                                DailyMoney.Day::day,
                                day -> day.held().units(),
                                mirrored),
                        DayChart.line(
                                "figures.pending",
                                days,
                                DailyMoney.Day::day,
                                day -> day.pending().units(),
                                mirrored)));
    }

    /** How many consignments stood where. */
    static Figures standings(List<DailyConsignments.Day> days, boolean mirrored) {
        return new Figures(
                "figures.standings",
                null,
                Stream.of(Standing.values())
                        .map(standing -> DayChart.line(
                                STANDINGS.getOrDefault(standing, ""),
                                days,
                                DailyConsignments.Day::day,
                                day -> BigInteger.valueOf(day.standing().getOrDefault(standing, 0L)),
                                mirrored))
                        .toList());
    }

    /** How many deliveries kept what was promised. */
    static Figures deliveries(List<DailyConsignments.Day> days, boolean mirrored) {
        return new Figures(
                "figures.deliveries",
                null,
                List.of(new DayChart(
                        "figures.delivered",
                        days.stream().map(DailyConsignments.Day::day).toList(),
                        List.of(
                                Series.of("figures.intime", days, day -> BigInteger.valueOf(day.kept())),
                                Series.of("figures.late", days, day -> BigInteger.valueOf(day.late()))),
                        mirrored)));
    }

    /** The days, in order. */
    public List<LocalDate> days() {
        return charts.getFirst().days();
    }

    /** The table's columns. */
    public List<Series> columns() {
        return charts.stream().flatMap(chart -> chart.series().stream()).toList();
    }
}
