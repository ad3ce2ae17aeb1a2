package io.clearmarket.gateway.epcis.bench;

import io.clearmarket.gateway.epcis.bench.StoryWriter.Actor;
import io.clearmarket.gateway.epcis.bench.StoryWriter.Entry;
import io.clearmarket.gateway.epcis.warning.Warning.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What is done to a story that is otherwise honest; and what honest master data and sensors say. */
final class Tampering {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration CLEAR = Duration.ofMinutes(45);
    private static final double COLD = 2;
    private static final double WARM = 8;
    private static final double KELVIN = 273.15;

    private final StoryWriter story;
    private final @Nullable Kind kind;

    private Tampering(StoryWriter story, @Nullable Kind kind) {
        this.story = story;
        this.kind = kind;
    }

    static void apply(StoryWriter story, @Nullable Kind kind, Actor maker, Actor owner) {
        Tampering tampering = new Tampering(story, kind);
        if (kind == Kind.SERIAL_IN_TWO_PLACES) {
            tampering.copy();
        }
        if (kind == null && story.chance(0.05)) {
            tampering.disposedOf(owner);
        } else {
            tampering.expiry();
        }
        tampering.sensors();
        tampering.recalls(maker);
    }

    /** Somebody far away tells of the same serial between two events that belong together. */
    private void copy() {
        List<Entry> entries = story.byTime();
        int[] gaps = IntStream.range(0, entries.size() - 1)
                .filter(i -> isGap(entries.get(i), entries.get(i + 1)))
                .toArray();
        if (gaps.length == 0) {
            return;
        }
        int gap = gaps[story.random.nextInt(gaps.length)];
        Entry before = entries.get(gap);
        Instant from = before.happenedAt.plus(CLEAR);
        Instant to = entries.get(gap + 1).happenedAt.minus(CLEAR);
        Actor copier = story.actorFarFrom(before.by.city(), 100);
        Instant at = from.plus(story.between(Duration.ZERO, Duration.between(from, to)));
        String first = story.pick("stocking", "storing", "inspecting", "commissioning", "receiving", "stocking");
        story.tellAt(copier, at, first, "in_progress");
        boolean sells = story.chance(0.4);
        if (sells) {
            Instant sale = at.plus(story.between(Duration.ofHours(1), Duration.ofDays(3)));
            story.tellAt(copier, sale, "retail_selling", "retail_sold");
        }
        story.wrong.add(Kind.SERIAL_IN_TWO_PLACES);
        story.cheat = "a copy: " + first + " by another after " + before.event.path("bizStep");
        if (sells && soldTwice()) {
            story.wrong.add(Kind.SALE_AFTER_SALE);
        }
    }

    /** True if it was sold, by whomever, while it was with a buyer. */
    private boolean soldTwice() {
        Entry sold = null;
        for (Entry entry : story.byTime()) {
            Entry before = sold;
            if (entry.event.path("disposition").asString("").equals("returned")) {
                sold = null;
            } else if (entry.is("retail_selling")) {
                boolean again = before != null
                        && Duration.between(before.happenedAt, entry.happenedAt).compareTo(CLEAR) > 0
                        && story.custody.stream()
                                .noneMatch(change -> change.from().equals(StoryWriter.BUYER)
                                        && change.at().isAfter(before.happenedAt)
                                        && change.at().isBefore(entry.happenedAt));
                if (again) {
                    return true;
                }
                sold = entry;
            }
        }
        return false;
    }

    private static boolean isGap(Entry before, Entry after) {
        boolean together = before.by.equals(after.by)
                && !after.event.path("disposition").asString("").equals("returned");
        boolean sent = before.is("shipping") && after.is("receiving");
        return (together || sent)
                && Duration.between(before.happenedAt, after.happenedAt).compareTo(CLEAR.multipliedBy(3)) > 0;
    }

    private void expiry() {
        List<Entry> passing = story.byTime().stream()
                .filter(entry -> entry.is("shipping") || entry.is("retail_selling"))
                .filter(entry -> !entry.event.path("disposition").asString("").equals("returned"))
                .toList();
        if (passing.isEmpty() || (kind != Kind.EXPIRED && story.chance(0.4))) {
            return;
        }
        LocalDate last = date(passing.getLast());
        if (kind == Kind.EXPIRED) {
            expires(date(story.pick(passing.toArray(Entry[]::new))).minusDays(1 + story.random.nextInt(60)));
            story.wrong.add(Kind.EXPIRED);
            story.cheat =
                    story.lotExpires == null ? "passed on after its last day" : "passed on after its lot's last day";
        } else {
            // the last day itself is a good one
            expires(last.plusDays(story.chance(0.2) ? 0 : 1 + story.random.nextInt(200)));
        }
    }

    /** It expires on the shelf and goes where it is destroyed. */
    private void disposedOf(Actor owner) {
        LocalDate last = date(story.byTime().getLast());
        expires(last.plusDays(1));
        story.pass(Duration.ofDays(3), Duration.ofDays(20));
        story.tell(owner, "receiving", "returned");
        story.pass(DAY, DAY.multipliedBy(2));
        story.tell(owner, "shipping", "expired");
        Actor destroyer = story.actor(owner.city());
        story.pass(DAY, DAY.multipliedBy(2));
        story.tell(destroyer, "receiving", "expired");
        story.pass(DAY, DAY.multipliedBy(2));
        story.tell(destroyer, "destroying", "destroyed");
    }

    /** Told of the item, or of its lot before there were items. */
    private void expires(LocalDate day) {
        if (story.chance(0.4)) {
            story.lotExpires = day;
            return;
        }
        masterData().put("cbvmda:itemExpirationDate", day.toString());
    }

    private ObjectNode masterData() {
        ObjectNode first = story.entries.getFirst().event;
        return first.path("ilmd") instanceof ObjectNode ilmd ? ilmd : first.putObject("ilmd");
    }

    private static LocalDate date(Entry entry) {
        return OffsetDateTime.parse(entry.event.path("eventTime").asString("")).toLocalDate();
    }

    private void sensors() {
        if (kind != Kind.SENSOR_OUT_OF_RANGE && story.chance(0.5)) {
            return;
        }
        masterData().put("clearmarket:storageTemperatureMin", COLD);
        masterData().put("clearmarket:storageTemperatureMax", WARM);
        List<Entry> later = story.entries.subList(1, story.entries.size());
        for (Entry entry : later) {
            if (story.chance(0.4)) {
                report(entry, COLD + story.random.nextDouble() * (WARM - COLD));
                faultySensor(entry);
            }
        }
        if (kind == Kind.SENSOR_OUT_OF_RANGE) {
            Entry entry = later.get(story.random.nextInt(later.size()));
            double beyond = 0.5 + story.random.nextDouble() * 20;
            if (story.chance(0.2)) {
                report(entry, WARM).put("exception", "ALARM_CONDITION");
            } else {
                report(entry, story.chance(0.6) ? WARM + beyond : COLD - beyond);
            }
            story.wrong.add(Kind.SENSOR_OUT_OF_RANGE);
            story.cheat = "out of its temperatures";
        }
    }

    private ObjectNode report(Entry entry, double celsius) {
        ObjectNode report = entry.event
                .putArray("sensorElementList")
                .addObject()
                .putArray("sensorReport")
                .addObject();
        report.put("type", "Temperature");
        switch (story.random.nextInt(3)) {
            case 0 -> report.put("value", celsius).put("uom", "CEL");
            case 1 -> report.put("value", celsius * 1.8 + 32).put("uom", "FAH");
            default -> report.put("value", celsius + KELVIN).put("uom", "KEL");
        }
        return report;
    }

    /** A sensor that says itself that it is broken, and one that measures something else. */
    private void faultySensor(Entry entry) {
        if (story.chance(0.1)) {
            report(entry, 85).put("exception", "ERROR_CONDITION");
        } else if (story.chance(0.1)) {
            ObjectNode report = report(entry, 5);
            report.put("type", "RelativeHumidity").put("value", 60).put("uom", "P1");
        }
    }

    private void recalls(Actor maker) {
        List<Entry> entries = story.byTime();
        Instant begin = entries.getFirst().happenedAt.plus(DAY);
        Instant end = entries.getLast().happenedAt.plus(DAY.multipliedBy(30));
        Instant at = begin.plus(story.between(Duration.ZERO, Duration.between(begin, end)));
        if (kind == Kind.RECALLED) {
            story.tellAt(maker, at, "holding", "recalled");
            story.wrong.add(Kind.RECALLED);
            story.cheat = "recalled by its maker";
        } else if (story.chance(0.03)) {
            story.tellAt(story.actor(), at, "holding", "recalled");
        } else if (story.chance(0.03)) {
            Entry withdrawn = story.tellAt(maker, at, "holding", "recalled");
            withdrawn.declaredAt = at.plus(story.between(DAY, DAY.multipliedBy(5)));
        }
    }
}
