package io.clearmarket.gateway.epcis.bench;

import io.clearmarket.gateway.epcis.warning.CustodyChange;
import io.clearmarket.gateway.epcis.warning.Position;
import io.clearmarket.gateway.epcis.warning.Warning;
import io.clearmarket.wallet.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writes down what happens to one item, as the parties tell it: by their own clocks, at their own places. */
final class StoryWriter {
    /** An honest party's clock is seldom more than some minutes wrong. */
    private static final double CLOCK_SECONDS = 240;

    private static final double MOST_CLOCK_SECONDS = 720;
    private static final String ITEM = "https://id.gs1.org/01/09521234000044/21/generated";

    /** Who bought it in a shop: nobody who tells events. */
    static final String BUYER = "buyer";

    final Random random;
    final List<Entry> entries = new ArrayList<>();
    final List<CustodyChange> custody = new ArrayList<>();
    final Set<Warning.Kind> wrong = EnumSet.noneOf(Warning.Kind.class);
    Instant now = Instant.parse("2026-01-05T08:00:00Z");
    String cheat = "";

    @Nullable
    LocalDate lotExpires;

    private final Map<String, Position> places = new LinkedHashMap<>();
    private int actors;
    private int events;

    StoryWriter(Random random) {
        this.random = random;
        pass(Duration.ZERO, Duration.ofDays(200));
    }

    /**
     * Somebody with a site.
     *
     * @param clock how much it is ahead
     */
    record Actor(String party, City city, String place, Duration clock) {}

    /** Cities far apart and near each other. */
    enum City {
        SAO_PAULO(-23.55, -46.63, -3),
        SANTOS(-23.96, -46.33, -3),
        RECIFE(-8.05, -34.90, -3),
        BOGOTA(4.71, -74.07, -5),
        CHICAGO(41.88, -87.63, -6),
        LONDON(51.51, -0.13, 0),
        ROTTERDAM(51.92, 4.48, 1),
        ANTWERP(51.22, 4.40, 1),
        MILAN(45.46, 9.19, 1),
        LAGOS(6.52, 3.38, 1),
        CAPE_TOWN(-33.92, 18.42, 2),
        DUBAI(25.20, 55.27, 4),
        MUMBAI(19.08, 72.88, 5),
        SHENZHEN(22.54, 114.06, 8),
        SEOUL(37.57, 126.98, 9),
        SYDNEY(-33.87, 151.21, 10);

        private final double latitude;
        private final double longitude;
        private final int offset;

        City(double latitude, double longitude, int offset) {
            this.latitude = latitude;
            this.longitude = longitude;
            this.offset = offset;
        }

        private Position position() {
            return new Position(latitude, longitude);
        }

        double distance(City other) {
            return position().distance(other.position());
        }
    }

    /** An event that may still be changed. */
    static final class Entry {
        final String eventId;
        final Actor by;
        final ObjectNode event;
        Instant happenedAt;
        Instant recordedAt;

        @Nullable
        Instant declaredAt;

        private Entry(String eventId, Actor by, ObjectNode event, Instant happenedAt) {
            this.eventId = eventId;
            this.by = by;
            this.event = event;
            this.happenedAt = happenedAt;
            this.recordedAt = happenedAt.plusSeconds(30);
        }

        boolean is(String step) {
            return event.path("bizStep").asString("").equals(step);
        }
    }

    Actor actor() {
        return actor(pick(City.values()));
    }

    Actor actor(City city) {
        double seconds =
                Math.max(-MOST_CLOCK_SECONDS, Math.min(MOST_CLOCK_SECONDS, random.nextGaussian() * CLOCK_SECONDS));
        String party = "party-" + actors++;
        Position site =
                new Position(city.latitude + random.nextDouble() / 10, city.longitude + random.nextDouble() / 10);
        String place =
                chance(0.2) ? "geo:" + site.latitude() + "," + site.longitude() : "https://example.org/places/" + party;
        places.put(place, site);
        return new Actor(party, city, place, Duration.ofSeconds(Math.round(seconds)));
    }

    /** Somebody at least so many kilometres away. */
    Actor actorFarFrom(City city, double kilometres) {
        while (true) {
            City other = pick(City.values());
            if (other.distance(city) >= kilometres) {
                return actor(other);
            }
        }
    }

    /** Somebody tells now what they do with the item. */
    Entry tell(Actor by, String step, String disposition) {
        return tellAt(by, now, step, disposition);
    }

    Entry tellAt(Actor by, Instant at, String step, String disposition) {
        ObjectNode event = Json.MAPPER.createObjectNode();
        event.put("type", "ObjectEvent");
        event.put("action", step.equals("commissioning") ? "ADD" : "OBSERVE");
        event.put("bizStep", step);
        event.put("disposition", disposition);
        event.putArray("epcList").add(ITEM);
        event.putObject("readPoint").put("id", by.place());
        Entry entry = new Entry("event-" + events++, by, event, at);
        setTime(entry, at);
        entries.add(entry);
        return entry;
    }

    /** Puts an event's time, as its party's clock shows it. */
    void setTime(Entry entry, Instant at) {
        ZoneOffset offset = ZoneOffset.ofHours(entry.by.city().offset);
        Instant shown = at.plus(entry.by.clock());
        entry.event.put(
                "eventTime", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(OffsetDateTime.ofInstant(shown, offset)));
        entry.event.put("eventTimeZoneOffset", offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId());
        entry.happenedAt = at;
        entry.recordedAt = at.plusSeconds(30);
    }

    /** Time passes. */
    void pass(Duration least, Duration most) {
        now = now.plus(between(least, most));
    }

    Duration between(Duration least, Duration most) {
        return least.plusSeconds((long) (random.nextDouble() * most.minus(least).toSeconds()));
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    @SafeVarargs
    final <T> T pick(T... all) {
        return all[random.nextInt(all.length)];
    }

    /** Entries by the time at which they happened. */
    List<Entry> byTime() {
        return entries.stream()
                .sorted(Comparator.comparing((Entry entry) -> entry.happenedAt))
                .toList();
    }

    GeneratedStory finished(Actor maker) {
        List<GeneratedStory.Told> told = entries.stream()
                .sorted(Comparator.comparing((Entry entry) -> entry.recordedAt))
                .map(entry -> new GeneratedStory.Told(
                        entry.eventId, entry.by.party(), entry.event, entry.recordedAt, entry.declaredAt))
                .toList();
        List<CustodyChange> byTime =
                custody.stream().sorted(Comparator.comparing(CustodyChange::at)).toList();
        return new GeneratedStory(told, byTime, places, maker.party(), wrong, cheat, lotExpires);
    }
}
