package io.clearmarket.gateway.pages;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.gateway.readmodel.DailyMoney.Day;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Days of money as a drawing of 600 by 200: what was decided and paid as bars side by side, or what was held as a line. Where the language
 * is written from right to left, so is time.
 *
 * @param days in order
 * @param mirrored true to draw the first day at the right
 */
record DayChart(List<Day> days, boolean mirrored) {
    private static final double WIDTH = 600;
    private static final double HEIGHT = 200;

    DayChart {
        days = List.copyOf(days);
    }

    /** A bar. */
    record Bar(String x, String y, String width, String height) {}

    /** The first day's beginning. */
    public Instant from() {
        return days.getFirst().day().atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** The last day's beginning. */
    public Instant to() {
        return days.getLast().day().atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** The largest amount of a day that is drawn as a bar. */
    public Amount most() {
        return largest(days.stream().flatMap(day -> Stream.of(day.decided(), day.paid())));
    }

    /** The largest amount that was held. */
    public Amount mostHeld() {
        return largest(days.stream().map(Day::held));
    }

    /** What was decided on each day. */
    public List<Bar> decided() {
        return bars(days.stream().map(Day::decided).toList(), 0);
    }

    /** What was paid. */
    public List<Bar> paid() {
        return bars(days.stream().map(Day::paid).toList(), 1);
    }

    /** What was held at each day's end, for SVG's {@code points}. */
    public String held() {
        double slot = WIDTH / days.size();
        return IntStream.range(0, days.size())
                .mapToObj(i -> number(across((i + 0.5) * slot)) + ","
                        + number(HEIGHT - height(days.get(i).held(), mostHeld())))
                .collect(Collectors.joining(" "));
    }

    /** Two bars share a day's four fifths. */
    private List<Bar> bars(List<Amount> amounts, int place) {
        double slot = WIDTH / days.size();
        double width = slot * 0.4;
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < amounts.size(); i++) {
            double height = height(amounts.get(i), most());
            double begin = i * slot + slot * 0.1 + place * width;
            double left = mirrored ? WIDTH - begin - width : begin;
            if (height > 0) {
                bars.add(new Bar(number(left), number(HEIGHT - height), number(width), number(height)));
            }
        }
        return bars;
    }

    private double across(double x) {
        return mirrored ? WIDTH - x : x;
    }

    private static double height(Amount amount, Amount most) {
        return most.isZero()
                ? 0
                : HEIGHT * amount.units().doubleValue() / most.units().doubleValue();
    }

    private static Amount largest(Stream<Amount> amounts) {
        return amounts.max(Amount::compareTo).orElse(Amount.ZERO);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
