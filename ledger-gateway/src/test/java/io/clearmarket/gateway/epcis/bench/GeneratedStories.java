package io.clearmarket.gateway.epcis.bench;

import io.clearmarket.gateway.epcis.warning.Warning.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.node.ObjectNode;

/** What the parties of generated stories tell, for tests that ask about events and not about stories. */
public final class GeneratedStories {
    private GeneratedStories() {}

    /**
     * The events of an honest story, and of one of each kind of cheating.
     *
     * @param seed of their chance
     */
    public static List<ObjectNode> events(long seed) {
        Random random = new Random(seed);
        List<ObjectNode> events = new ArrayList<>();
        StoryGenerator.next(random, null).told().forEach(told -> events.add(told.event()));
        for (Kind kind : Kind.values()) {
            StoryGenerator.next(random, kind).told().forEach(told -> events.add(told.event()));
        }
        return events;
    }
}
