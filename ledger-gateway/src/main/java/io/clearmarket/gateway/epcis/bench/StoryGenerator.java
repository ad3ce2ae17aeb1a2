package io.clearmarket.gateway.epcis.bench;

import io.clearmarket.gateway.epcis.bench.StoryWriter.Actor;
import io.clearmarket.gateway.epcis.bench.StoryWriter.Entry;
import io.clearmarket.gateway.epcis.warning.CustodyChange;
import io.clearmarket.gateway.epcis.warning.Warning.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Stories of items from a seed: made, handed from party to party by road and by air, with or without a carrier's word, inspected, sold,
 * returned, resold. Honest parties' clocks differ, they tell late, and they correct what they told wrongly. A cheating story is such a
 * one with one thing done to it.
 */
final class StoryGenerator {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final double ROAD = 70;
    private static final double AIR = 800;
    private static final double BY_AIR_FROM = 800;
    private static final double SECONDS_AN_HOUR = 3600;
    private static final double FAR = 2_500;

    private final StoryWriter story;
    private final @Nullable Kind kind;
    private final List<Actor> owners = new ArrayList<>();
    private boolean cheated;

    private StoryGenerator(Random random, @Nullable Kind kind) {
        this.story = new StoryWriter(random);
        this.kind = kind;
    }

    /** @param kind what is wrong with it; null for an honest one */
    static GeneratedStory next(Random random, @Nullable Kind kind) {
        StoryGenerator generator = new StoryGenerator(random, kind);
        return generator.life();
    }

    private GeneratedStory life() {
        Actor maker = story.actor();
        owners.add(maker);
        story.tell(maker, "commissioning", "active");
        story.pass(MINUTE, HOUR);
        story.tell(maker, "packing", "in_progress");
        int hops = 1 + story.random.nextInt(3);
        int tampered = story.random.nextInt(hops);
        for (int hop = 0; hop < hops; hop++) {
            stay();
            Actor next = kind == Kind.IMPOSSIBLE_JOURNEY && hop == tampered
                    ? story.actorFarFrom(owners.getLast().city(), FAR)
                    : story.actor();
            handOver(next, hop == tampered);
            story.pass(MINUTE, HOUR);
            story.tell(
                    next,
                    hop == hops - 1 ? "stocking" : "storing",
                    hop == hops - 1 ? "sellable_accessible" : "in_progress");
        }
        stay();
        after();
        Tampering.apply(story, kind, maker, owners.getLast());
        Noise.apply(story, maker);
        return story.finished(maker);
    }

    /** What happens at one place. */
    private void stay() {
        Actor owner = owners.getLast();
        story.pass(HOUR, Duration.ofDays(20));
        if (story.chance(0.4)) {
            story.tell(owner, story.pick("storing", "inspecting", "cycle_counting"), "in_progress");
            story.pass(HOUR, DAY);
        }
        if (story.chance(0.1)) {
            Actor inspector = story.actor(owner.city());
            story.tell(
                    new Actor(inspector.party(), owner.city(), owner.place(), inspector.clock()),
                    "inspecting",
                    "conformant");
            story.pass(HOUR, DAY);
        }
    }

    private void handOver(Actor next, boolean tampered) {
        Actor from = owners.getLast();
        boolean missing = kind == Kind.MISSING_HAND_OVER && tampered && story.chance(0.75);
        boolean tooFast = kind == Kind.IMPOSSIBLE_JOURNEY && tampered;
        if (missing) {
            missingHandOver(from, next);
        } else if (!tooFast && story.chance(0.15)) {
            signedHandOver(from, next);
        } else {
            ship(from, next, tooFast);
        }
        owners.add(next);
    }

    /** Both sign on the ledger, which may come to know of it a day later. */
    private void signedHandOver(Actor from, Actor next) {
        travel(from, next);
        Instant at = story.now.plus(story.between(Duration.ZERO, DAY));
        story.custody.add(new CustodyChange(from.party(), next.party(), at, false));
    }

    private void ship(Actor from, Actor next, boolean tooFast) {
        Entry shipping = story.tell(from, "shipping", "in_transit");
        if (story.chance(0.7)) {
            shipping.event
                    .putArray("destinationList")
                    .addObject()
                    .put("type", "location")
                    .put("destination", next.place());
        }
        boolean carried = story.chance(0.3);
        Actor carrier = story.actor(from.city());
        if (carried) {
            story.pass(Duration.ZERO, HOUR);
            story.tell(carrier, story.pick("loading", "departing"), "in_transit");
        }
        if (tooFast) {
            double share = 0.05 + 0.45 * story.random.nextDouble();
            double hours = from.city().distance(next.city()) / 1000 * share;
            story.now = story.now.plusSeconds((long) (hours * SECONDS_AN_HOUR));
            wrong(Kind.IMPOSSIBLE_JOURNEY, "too fast from " + from.city() + " to " + next.city());
        } else {
            travel(from, next);
        }
        if (carried) {
            Actor there = new Actor(carrier.party(), next.city(), next.place(), carrier.clock());
            story.tell(there, "arriving", "in_transit");
            story.pass(Duration.ZERO, Duration.ofMinutes(10));
            story.tell(there, "unloading", "in_transit");
            story.pass(Duration.ZERO, Duration.ofMinutes(10));
        }
        story.tell(next, "receiving", "in_progress");
    }

    private void missingHandOver(Actor from, Actor next) {
        if (story.chance(0.5)) {
            travel(from, next);
            story.tell(next, "receiving", "in_progress");
            wrong(Kind.MISSING_HAND_OVER, "received, and nobody had sent it");
        } else {
            story.tell(from, "shipping", "in_transit");
            travel(from, next);
            wrong(Kind.MISSING_HAND_OVER, "sent, and told of by somebody who never received it");
        }
    }

    private void travel(Actor from, Actor to) {
        double distance = from.city().distance(to.city());
        double hours = distance > BY_AIR_FROM ? distance / AIR + 3 : distance / ROAD;
        story.now = story.now.plusSeconds((long) (hours * SECONDS_AN_HOUR));
        story.pass(Duration.ofMinutes(5), story.chance(0.1) ? HOUR : Duration.ofDays(2));
    }

    /** Sold, and what may come after a sale. */
    private void after() {
        Actor seller = owners.getLast();
        boolean grey = kind == Kind.MISSING_HAND_OVER && !cheated;
        if (!grey && (kind == Kind.SALE_AFTER_SALE || story.chance(0.8))) {
            sell(seller);
            boolean again = kind == Kind.SALE_AFTER_SALE;
            double next = story.random.nextDouble();
            if (again) {
                sellAgain(seller);
            } else if (next < 0.15) {
                returned(seller);
            } else if (next < 0.25) {
                resold();
            }
        } else if (grey) {
            Actor dealer = story.actorFarFrom(seller.city(), 100);
            story.pass(DAY, Duration.ofDays(10));
            story.tell(dealer, "stocking", "sellable_accessible");
            story.pass(HOUR, DAY);
            sell(dealer);
            wrong(Kind.MISSING_HAND_OVER, "sold by a dealer whom nobody had given it");
        }
    }

    private void sell(Actor seller) {
        story.tell(seller, "retail_selling", "retail_sold");
        if (story.chance(0.05)) {
            // the till tells the same sale twice
            story.now = story.now.plusSeconds(1 + story.random.nextInt(20));
            story.tell(seller, "retail_selling", "retail_sold");
        }
        if (story.chance(0.1)) {
            story.pass(HOUR, DAY);
            story.tell(seller, "collecting", "retail_sold");
        }
    }

    private void returned(Actor seller) {
        story.pass(DAY, Duration.ofDays(14));
        story.tell(seller, "receiving", "returned");
        story.pass(HOUR, DAY);
        if (story.chance(0.3)) {
            Actor maker = owners.getFirst();
            story.tell(seller, "shipping", "returned");
            travel(seller, maker);
            story.tell(maker, "receiving", "returned");
            owners.add(maker);
            return;
        }
        story.tell(seller, "stocking", "sellable_accessible");
        story.pass(DAY, Duration.ofDays(10));
        if (story.chance(0.7)) {
            sell(seller);
        }
    }

    /** The buyer sells it to a dealer; both sign. */
    private void resold() {
        Actor dealer = story.actor();
        story.pass(Duration.ofDays(10), Duration.ofDays(100));
        story.custody.add(new CustodyChange(StoryWriter.BUYER, dealer.party(), story.now, false));
        story.pass(MINUTE, HOUR);
        story.tell(dealer, "accepting", "in_progress");
        story.pass(HOUR, DAY);
        story.tell(dealer, "stocking", "sellable_accessible");
        story.pass(DAY, Duration.ofDays(10));
        sell(dealer);
        owners.add(dealer);
    }

    private void sellAgain(Actor seller) {
        story.pass(HOUR, Duration.ofDays(20));
        if (story.chance(0.5)) {
            story.tell(seller, "retail_selling", "retail_sold");
            wrong(Kind.SALE_AFTER_SALE, "sold twice by one seller");
        } else {
            Actor other = story.actorFarFrom(seller.city(), 100);
            story.pass(Duration.ofDays(2), Duration.ofDays(5));
            story.tell(other, "retail_selling", "retail_sold");
            wrong(Kind.SALE_AFTER_SALE, "sold again by another");
            story.wrong.add(Kind.MISSING_HAND_OVER);
        }
    }

    private void wrong(Kind found, String cheat) {
        story.wrong.add(found);
        story.cheat = cheat;
        cheated = true;
    }
}
