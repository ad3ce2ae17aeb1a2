package io.clearmarket.network.embedded.genesis;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Fabric's configuration writes them: {@code 2s}, {@code 1m30s}, {@code 250ms}. */
public final class GoDuration {
    private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|us|ns|h|m|s)");
    private static final Pattern WHOLE = Pattern.compile("(" + PART.pattern() + ")+");

    private GoDuration() {}

    /** @throws IllegalArgumentException if it is not one; fractions are not understood */
    public static Duration parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is no duration such as 2s, 1m30s or 250ms");
        }
        Duration sum = Duration.ZERO;
        Matcher parts = PART.matcher(text);
        while (parts.find()) {
            long amount = Long.parseLong(parts.group(1));
            sum = sum.plus(
                    switch (parts.group(2)) {
                        case "h" -> Duration.ofHours(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "ms" -> Duration.ofMillis(amount);
                        case "us" -> Duration.ofNanos(Math.multiplyExact(amount, 1000L));
                        default -> Duration.ofNanos(amount);
                    });
        }
        return sum;
    }

    /** In whole seconds, else in milliseconds. */
    public static String format(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
