package io.clearmarket.gateway.replay;

import java.util.List;

/** Of measured values. */
final class Quantile {
    private Quantile() {}

    /** The least value that so many of them do not exceed; zero of none. */
    static double of(List<Double> sorted, double part) {
        return sorted.isEmpty() ? 0 : sorted.get(Math.max(0, (int) Math.ceil(part * sorted.size()) - 1));
    }
}
