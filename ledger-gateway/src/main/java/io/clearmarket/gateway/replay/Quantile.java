package io.clearmarket.gateway.replay;

import java.util.List;

/** Of measured values. */
final class Quantile {
    private Quantile() {}

    /** The least value that so many of them do not exceed; zero of none. */
    static double of(List<Double> sorted, double part) {
        return sorted.isEmpty() ? 0 : sorted.get(Math.max(0, (int) Math.ceil(part * sorted.size()) - 1));
    }

    /**
     * Its standard error, whatever the values are distributed like: half the distance between the values that are one standard deviation of a binomial
     * distribution off in rank (David and Nagaraja, Order Statistics, section 7.1); of values that do not depend on each other.
     */
    static double error(List<Double> sorted, double part) {
        if (sorted.isEmpty()) {
            return 0;
        }
        double off = Math.sqrt(part * (1 - part) / sorted.size());
        return (of(sorted, Math.min(1, part + off)) - of(sorted, Math.max(0, part - off))) / 2;
    }
}
