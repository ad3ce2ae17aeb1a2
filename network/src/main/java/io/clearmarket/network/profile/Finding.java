package io.clearmarket.network.profile;

/**
 * One thing that was looked at.
 *
 * @param good whether it is as this version needs it
 * @param seen what there is
 * @param remedy what to do about it; empty where nothing is
 */
public record Finding(boolean good, String seen, String remedy) {
    static Finding good(String seen) {
        return new Finding(true, seen, "");
    }

    static Finding missing(String seen, String remedy) {
        return new Finding(false, seen, remedy);
    }
}
