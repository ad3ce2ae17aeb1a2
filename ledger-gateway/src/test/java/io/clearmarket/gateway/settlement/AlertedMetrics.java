package io.clearmarket.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the alert rules of {@code docs/alerts.yml} ask of a gateway's metrics. */
final class AlertedMetrics {
    private AlertedMetrics() {}

    /** @param metrics in Prometheus' text form */
    static void requireIn(String metrics) throws IOException {
        String rules = Files.readString(Path.of(System.getProperty("clearmarket.root"), "docs/alerts.yml"));
        List<String> asked = found("clearmarket_[a-z_]+", rules);
        assertThat(asked).contains("clearmarket_solvency_surplus", "clearmarket_solvency_differences");
        assertThat(asked)
                .allSatisfy(name -> assertThat(metrics.lines())
                        .anyMatch(line -> line.startsWith(name + "{") || line.startsWith(name + " ")));
        assertThat(found("kind=\"[a-z_]+\"", rules))
                .isNotEmpty()
                .allSatisfy(kind -> assertThat(metrics).contains(kind));
        assertThat(metrics.lines().filter(line -> line.startsWith("clearmarket_solvency_differences{")))
                .as("a figure, and not a check that failed")
                .noneMatch(line -> line.endsWith("NaN"));
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }
}
