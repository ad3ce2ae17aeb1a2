package io.clearmarket.gateway.pages;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Figures of days as a drawing of 600 by 200: one series as a line, or two as bars side by side. Where the language is written from right to
 * left, so is time.
 *
 * @param key of the message that names it
 * @param series one or two, of one scale
 * @param mirrored true to draw the first day at the right
 */
record DayChart(String key, List<LocalDate> days, List<Series> series, boolean mirrored) {
    private static final double WIDTH = 600;
    private static final double HEIGHT = 200;

    DayChart {
        days = List.copyOf(days);
        series = List.copyOf(series);
    }

    /**
     * One figure of each day.
     *
     * @param key of the message that names it
     * @param values in the order of the days, none below zero
     */
    record Series(String key, List<BigInteger> values) {
        /** One figure of each. */
        static <T> Series of(String key, List<T> days, Function<T, BigInteger> figure) {
            return new Series(key, days.stream().map(figure).toList());
        }

        /** What it is called where no language is spoken. */
        public String name() {
            return "day-" + key.substring(key.lastIndexOf('.') + 1);
        }
    }

    /** A bar. */
    record Bar(String x, String y, String width, String height) {}

    /** A line with what stands there each day. */
    static <T> DayChart line(
            String key, List<T> days, Function<T, LocalDate> day, Function<T, BigInteger> figure, boolean mirrored) {
        return new DayChart(key, days.stream().map(day).toList(), List.of(Series.of(key, days, figure)), mirrored);
    }

    /** The first day. */
    public LocalDate from() {
        return days.getFirst();
    }

    /** The last day. */
    public LocalDate to() {
        return days.getLast();
    }

    /** The largest figure. */
    public BigInteger most() {
        return series.stream()
                .flatMap(one -> one.values().stream())
                .max(BigInteger::compareTo)
                .orElse(BigInteger.ZERO);
    }

    /** True for a line. */
    public boolean isLine() {
        return series.size() == 1;
    }

    /** For SVG's {@code points}. */
    public String line() {
        double slot = WIDTH / days.size();
        List<BigInteger> values = series.getFirst().values();
        return IntStream.range(0, days.size())
                .mapToObj(i -> {
                    double x = (i + 0.5) * slot;
                    return number(mirrored ? WIDTH - x : x) + "," + number(HEIGHT - height(values.get(i)));
                })
                .collect(Collectors.joining(" "));
    }

    /**
     * The bars of a series; two share a day's four fifths.
     *
     * @param place of the series, from 0
     */
    public List<Bar> bars(int place) {
        double slot = WIDTH / days.size();
        double width = slot * 0.4;
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < days.size(); i++) {
            double height = height(series.get(place).values().get(i));
            double begin = i * slot + slot * 0.1 + place * width;
            double left = mirrored ? WIDTH - begin - width : begin;
            if (height > 0) {
                bars.add(new Bar(number(left), number(HEIGHT - height), number(width), number(height)));
            }
        }
        return bars;
    }

    private double height(BigInteger value) {
        BigInteger most = most();
        return most.signum() == 0 ? 0 : HEIGHT * value.doubleValue() / most.doubleValue();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
