package io.clearmarket.gateway.epcis.bench;

import io.clearmarket.gateway.epcis.warning.CustodyChange;
import io.clearmarket.gateway.epcis.warning.EventReader;
import io.clearmarket.gateway.epcis.warning.Expiry;
import io.clearmarket.gateway.epcis.warning.ItemEvent;
import io.clearmarket.gateway.epcis.warning.Recall;
import io.clearmarket.gateway.epcis.warning.Story;
import io.clearmarket.gateway.epcis.warning.Warning;
import io.clearmarket.gateway.epcis.warning.Warning.Kind;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How many of the wrong things in generated stories are found, and how many found things are wrong. */
public final class WarningBench {
    private static final double ENOUGH_RECALL = 0.95;
    private static final double ENOUGH_PRECISION = 0.90;

    private final Map<Kind, Count> counts = new EnumMap<>(Kind.class);
    private final Map<String, Integer> missed = new TreeMap<>();
    private final Map<String, Integer> wrongly = new TreeMap<>();
    private int honest;
    private int honestWarned;
    private int withdrawn;

    private WarningBench() {
        for (Kind kind : Kind.values()) {
            counts.put(kind, new Count(0, 0, 0));
        }
    }

    /**
     * Of one kind.
     *
     * @param due stories with this wrong
     * @param found of those, with the warning
     * @param warned stories with the warning, rightly or not
     */
    public record Count(int due, int found, int warned) {
        /** Share of what is wrong that is found. */
        public double recall() {
            return due == 0 ? 1 : (double) found / due;
        }

        /** Share of warnings that are right. */
        public double precision() {
            return warned == 0 ? 1 : (double) found / warned;
        }

        private Count plus(boolean isDue, boolean isWarned) {
            return new Count(due + (isDue ? 1 : 0), found + (isDue && isWarned ? 1 : 0), warned + (isWarned ? 1 : 0));
        }
    }

    /**
     * What was measured.
     *
     * @param honestWarned honest stories with any warning in the end
     * @param withdrawn honest stories with a warning that a late or corrected event took away again
     * @param missed what was done in stories whose warning is missing, and how often
     * @param wrongly what was done in stories that are warned of for something else, and how often
     */
    public record Figures(
            long seed,
            int stories,
            Map<Kind, Count> kinds,
            int honest,
            int honestWarned,
            int withdrawn,
            Map<String, Integer> missed,
            Map<String, Integer> wrongly) {
        /** True if every kind reaches recall 0.95 at precision 0.90. */
        public boolean isEnough() {
            return kinds.values().stream()
                    .allMatch(count -> count.recall() >= ENOUGH_RECALL && count.precision() >= ENOUGH_PRECISION);
        }

        /** The figures for people. */
        public void print(PrintStream out) {
            out.printf(Locale.ROOT, "%d stories from seed %d, %d of them honest%n", stories, seed, honest);
            out.printf(Locale.ROOT, "%-22s %7s %7s %7s %8s %9s%n", "", "due", "found", "warned", "recall", "precision");
            kinds.forEach((kind, count) -> out.printf(
                    Locale.ROOT,
                    "%-22s %7d %7d %7d %8.3f %9.3f%n",
                    kind,
                    count.due(),
                    count.found(),
                    count.warned(),
                    count.recall(),
                    count.precision()));
            out.printf(Locale.ROOT, "honest stories with a warning in the end: %d%n", honestWarned);
            out.printf(
                    Locale.ROOT,
                    "honest stories with one for a time, until the late or corrected word came: %d%n",
                    withdrawn);
            missed.forEach((cheat, times) -> out.printf(Locale.ROOT, "not found %d times: %s%n", times, cheat));
            wrongly.forEach((cheat, times) -> out.printf(Locale.ROOT, "wrongly found %d times: %s%n", times, cheat));
        }
    }

    /** @param stories half of them honest, the others of each kind in turn */
    public static Figures run(long seed, int stories) {
        WarningBench bench = new WarningBench();
        Random random = new Random(seed);
        Kind[] kinds = Kind.values();
        for (int i = 0; i < stories; i++) {
            boolean cheats = i % 2 == 1;
            bench.judge(StoryGenerator.next(random, cheats ? kinds[i / 2 % kinds.length] : null));
        }
        return new Figures(
                seed,
                stories,
                bench.counts,
                bench.honest,
                bench.honestWarned,
                bench.withdrawn,
                bench.missed,
                bench.wrongly);
    }

    private void judge(GeneratedStory story) {
        Told judged = new Told(story);
        Set<Kind> found = judged.found(Instant.MAX);
        for (Kind kind : Kind.values()) {
            boolean due = story.wrong().contains(kind);
            boolean warned = found.contains(kind);
            counts.computeIfPresent(kind, (k, count) -> count.plus(due, warned));
            if (due != warned) {
                (due ? missed : wrongly).merge(kind + ": " + story.cheat(), 1, Integer::sum);
            }
        }
        if (story.wrong().isEmpty()) {
            honest++;
            honestWarned += found.isEmpty() ? 0 : 1;
            withdrawn += found.isEmpty() && judged.warnedForATime() ? 1 : 0;
        }
    }

    /** A story's events as the rules see them. */
    private static final class Told {
        private final GeneratedStory story;
        private final Map<String, ItemEvent> events = new HashMap<>();

        Told(GeneratedStory story) {
            this.story = story;
            EventReader reader =
                    new EventReader(place -> Optional.ofNullable(story.places().get(place)));
            story.told()
                    .forEach(told ->
                            events.put(told.eventId(), reader.read(told.eventId(), told.party(), told.event())));
        }

        /** As it would have been found while the events came in. */
        boolean warnedForATime() {
            return story.told().stream()
                    .anyMatch(told -> !found(told.recordedAt()).isEmpty());
        }

        Set<Kind> found(Instant at) {
            List<ItemEvent> known = story.told().stream()
                    .filter(told -> told.holdsAt(at))
                    .map(told -> Objects.requireNonNull(events.get(told.eventId())))
                    .toList();
            List<Recall> recalls = known.stream()
                    .filter(event -> event.disposition().equals("recalled"))
                    .map(event -> new Recall(event.eventId(), event.time(), event.party(), Set.of(story.maker())))
                    .toList();
            List<CustodyChange> custody = story.custody().stream()
                    .filter(change -> !change.at().isAfter(at))
                    .toList();
            LocalDate lotExpires = story.lotExpires();
            Expiry inherited = lotExpires == null ? null : new Expiry("lot", lotExpires);
            return Story.warnings(known, custody, recalls, inherited).stream()
                    .map(Warning::kind)
                    .collect(Collectors.toSet());
        }
    }
}
