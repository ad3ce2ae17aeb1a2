package io.clearmarket.gateway.pages;

import io.clearmarket.gateway.epcis.warning.ItemWarnings;
import io.clearmarket.gateway.epcis.warning.Warning;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with an item's story, as its page tells it.
 *
 * @param events what shows it, in the order of their times
 */
record ShownWarning(Warning.Kind kind, List<Shower> events) {
    ShownWarning {
        events = List.copyOf(events);
    }

    /**
     * An event that shows it.
     *
     * @param name its name on the ledger
     * @param number its place in the story, from 1; absent for an event about something else, such as the recall of a lot
     */
    record Shower(String name, @Nullable Integer number) {}

    /** What is known now of an item whose story has these steps. */
    static List<ShownWarning> of(ItemWarnings warnings, ItemStory story) {
        List<ItemWarnings.Found> found = warnings.of(story.epc().uri());
        Map<String, List<String>> names = warnings.ledgerNames(
                found.stream().flatMap(warning -> warning.events().stream()).toList());
        List<String> steps = story.steps().stream().map(ItemStory.Step::eventId).toList();
        return found.stream()
                .map(warning -> new ShownWarning(
                        warning.kind(),
                        warning.events().stream()
                                .map(event -> shower(names.getOrDefault(event, List.of(event)), steps))
                                .toList()))
                .toList();
    }

    private static Shower shower(List<String> names, List<String> steps) {
        for (int i = 0; i < steps.size(); i++) {
            if (names.contains(steps.get(i))) {
                return new Shower(steps.get(i), i + 1);
            }
        }
        return new Shower(names.getFirst(), null);
    }
}
