package io.clearmarket.gateway.epcis.warning;

import io.clearmarket.gateway.epcis.warning.Warning.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Follows an item from hand to hand. Where somebody tells of it who did not get it from who had it, and that one goes on telling of it
 * as if nothing had happened, there are two of it; else it was not handed over.
 */
final class Chain {
    private final List<ItemEvent> told;
    private final Links links;
    private final List<ItemEvent> chain = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();
    private final Set<String> copiers = new HashSet<>();

    /** @param told an item's events in their order */
    Chain(List<ItemEvent> told, Links links) {
        this.told = told.stream().filter(event -> !event.isStatement()).toList();
        this.links = links;
        follow();
    }

    /** The events of the item itself, those of its copies left out. */
    List<ItemEvent> events() {
        return chain;
    }

    List<Warning> warnings() {
        return warnings;
    }

    private void follow() {
        int next = 0;
        while (next < told.size()) {
            ItemEvent event = told.get(next);
            if (chain.isEmpty()) {
                chain.add(event);
            } else if (!isWitness(event)) {
                next = step(next);
            }
            next++;
        }
    }

    /** Takes the next event into the chain, or one further on if this one is a copy's; where it is. */
    private int step(int next) {
        ItemEvent last = chain.getLast();
        ItemEvent event = told.get(next);
        boolean fits = links.linked(last, event) && !isBornAgain(event);
        if (!fits && copiers.contains(event.party())) {
            return next;
        }
        int other = fits ? alsoAtItsDestination(next) : sameItemFurtherOn(next);
        if (fits && other < 0) {
            chain.add(event);
            return next;
        }
        if (other >= 0) {
            copied(last, event, told.get(other));
            chain.add(told.get(other));
            return other;
        }
        if (isBornAgain(event)) {
            copied(last, event, event);
        } else {
            warnings.add(Warning.of(Kind.MISSING_HAND_OVER, last, event));
        }
        chain.add(event);
        return next;
    }

    private void copied(ItemEvent before, ItemEvent strange, ItemEvent after) {
        if (copiers.add(strange.party())) {
            warnings.add(Warning.of(Kind.SERIAL_IN_TWO_PLACES, before, strange, after));
        }
    }

    private boolean isBornAgain(ItemEvent event) {
        return event.begins() && chain.stream().anyMatch(earlier -> earlier.begins() && !earlier.sameParty(event));
    }

    /** Somebody who looked at it where it was, such as an inspector. */
    private boolean isWitness(ItemEvent event) {
        ItemEvent last = chain.getLast();
        return !event.sameParty(last)
                && !event.place().isEmpty()
                && event.place().equals(last.place())
                && !event.gives()
                && !event.takes()
                && !event.sells()
                && !event.begins();
    }

    /** The next event by somebody else that follows from the chain's last, if the item did not come back by it; else -1. */
    private int sameItemFurtherOn(int strange) {
        ItemEvent last = chain.getLast();
        String stranger = told.get(strange).party();
        boolean sentOn = false;
        for (int i = strange; i < told.size(); i++) {
            ItemEvent event = told.get(i);
            boolean cameBack = sentOn && event.takes();
            if (!event.party().equals(stranger) && links.linked(last, event) && !cameBack && !isBornAgain(event)) {
                return i;
            }
            sentOn |= event.gives();
        }
        return -1;
    }

    /** Where something is received at another place than it was sent to, the event by which it is received there too; else -1. */
    private int alsoAtItsDestination(int received) {
        String destination = chain.getLast().destination();
        ItemEvent first = told.get(received);
        if (destination.isEmpty()
                || !first.takes()
                || first.gives()
                || first.place().equals(destination)) {
            return -1;
        }
        for (int i = received + 1; i < told.size(); i++) {
            ItemEvent event = told.get(i);
            if (event.gives()) {
                return -1;
            }
            if (event.takes() && event.place().equals(destination) && !event.sameParty(first)) {
                return i;
            }
        }
        return -1;
    }
}
