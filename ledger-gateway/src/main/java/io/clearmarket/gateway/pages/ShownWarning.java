package io.clearmarket.gateway.pages;

import io.clearmarket.gateway.epcis.warning.ItemWarnings;
import io.clearmarket.gateway.epcis.warning.Warning;
import io.clearmarket.gateway.readmodel.ItemEvents;
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
     * @param number its number in the story; absent for an event about something else, such as the recall of a lot
     * @param href where it is told; absent where the number is
     */
    record Shower(
            String name, @Nullable Integer number, @Nullable String href) {}

    /** What is known now of an item; found by its whole story, of which the page shows a part. */
    static List<ShownWarning> of(ItemWarnings warnings, ItemEvents itemEvents, ItemStory story, ItemAddress address) {
        List<ItemWarnings.Found> found = warnings.of(story.epc().uri());
        Map<String, List<String>> names = warnings.ledgerNames(
                found.stream().flatMap(warning -> warning.events().stream()).toList());
        Map<String, Integer> numbers = itemEvents.numbers(
                story.epc(), names.values().stream().flatMap(List::stream).toList());
        return found.stream()
                .map(warning -> new ShownWarning(
                        warning.kind(),
                        warning.events().stream()
                                .map(event ->
                                        shower(names.getOrDefault(event, List.of(event)), numbers, story, address))
                                .toList()))
                .toList();
    }

    private static Shower shower(
            List<String> names, Map<String, Integer> numbers, ItemStory story, ItemAddress address) {
        for (String name : names) {
            Integer number = numbers.get(name);
            if (number != null) {
                return new Shower(name, number, address.event(number, story));
            }
        }
        return new Shower(names.getFirst(), null, null);
    }
}
