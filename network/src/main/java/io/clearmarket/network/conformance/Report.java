package io.clearmarket.network.conformance;

import io.clearmarket.wallet.json.Json;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The table of outcomes as they come, or a JSON object a line, and the sums at the end. */
final class Report {
    private final PrintWriter out;
    private final boolean json;
    private final Map<Outcome.Verdict, Integer> counts = new EnumMap<>(Outcome.Verdict.class);

    Report(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    void begin(String network) {
        if (!json) {
            out.println("Network: " + network);
            out.println("ID    CHAINCODE VERDICT    SECONDS  STATEMENT");
            out.flush();
        }
    }

    void add(Outcome outcome) {
        counts.merge(outcome.verdict(), 1, Math::addExact);
        out.println(json ? object(outcome) : line(outcome));
        out.flush();
    }

    private static String line(Outcome outcome) {
        String line = String.format(
                Locale.ROOT,
                "%-5s %-9s %-9s %8.2f  %s",
                outcome.statement().id(),
                outcome.variant().name().toLowerCase(Locale.ROOT),
                word(outcome.verdict()),
                outcome.seconds(),
                outcome.statement().text());
        return outcome.seen().isEmpty() ? line : line + System.lineSeparator() + " ".repeat(36) + outcome.seen();
    }

    private static String object(Outcome outcome) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", outcome.statement().id());
        fields.put("statement", outcome.statement().text());
        fields.put("chaincode", outcome.variant().name().toLowerCase(Locale.ROOT));
        fields.put("verdict", word(outcome.verdict()));
        fields.put("seen", outcome.seen());
        fields.put("seconds", String.format(Locale.ROOT, "%.3f", outcome.seconds()));
        return Json.MAPPER.writeValueAsString(fields);
    }

    private static String word(Outcome.Verdict verdict) {
        return switch (verdict) {
            case HELD -> "held";
            case DIFFERENT -> "DIFFERENT";
            case NOT_RUN -> "not run";
        };
    }

    int differences() {
        return counts.getOrDefault(Outcome.Verdict.DIFFERENT, 0);
    }

    void end() {
        if (!json) {
            out.printf(
                    "%d held, %d different, %d not run%n",
                    counts.getOrDefault(Outcome.Verdict.HELD, 0),
                    differences(),
                    counts.getOrDefault(Outcome.Verdict.NOT_RUN, 0));
            out.flush();
        }
    }
}
