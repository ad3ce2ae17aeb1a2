package io.clearmarket.gateway.epcis.bench;

import io.clearmarket.gateway.epcis.bench.StoryWriter.Actor;
import io.clearmarket.gateway.epcis.bench.StoryWriter.Entry;
import java.time.Duration;
import java.util.List;

/** What goes wrong among honest people: late words, and wrong ones that are taken back. */
final class Noise {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private Noise() {}

    static void apply(StoryWriter story, Actor maker) {
        List<Entry> told = List.copyOf(story.entries);
        for (Entry entry : told) {
            if (story.chance(0.1)) {
                entry.recordedAt = entry.happenedAt.plus(story.between(HOUR, DAY.multipliedBy(3)));
            }
        }
        if (story.chance(0.1)) {
            wrongWord(story, maker, told.get(story.random.nextInt(told.size())));
        }
    }

    /** The party of an event tells something wrong beside it, and declares it to be in error within two days. */
    private static void wrongWord(StoryWriter story, Actor maker, Entry beside) {
        Entry wrong = switch (story.random.nextInt(4)) {
            case 0 -> story.tellAt(beside.by, beside.happenedAt.plusSeconds(60), "retail_selling", "retail_sold");
            case 1 -> story.tellAt(maker, beside.happenedAt.plus(HOUR), "holding", "recalled");
            case 2 -> {
                Actor far = story.actorFarFrom(beside.by.city(), 5_000);
                yield story.tellAt(
                        new Actor(beside.by.party(), far.city(), far.place(), beside.by.clock()),
                        beside.happenedAt.plusSeconds(600),
                        "storing",
                        "in_progress");
            }
            default -> story.tellAt(story.actor(), beside.happenedAt.plus(HOUR), "receiving", "in_progress");
        };
        wrong.declaredAt = wrong.recordedAt.plus(story.between(HOUR, DAY.multipliedBy(2)));
    }
}
