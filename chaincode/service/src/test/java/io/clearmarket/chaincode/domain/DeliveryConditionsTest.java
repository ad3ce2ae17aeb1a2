package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.CARRIER;
import static io.clearmarket.chaincode.domain.Bazaar.ID;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.STRANGER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Ledgered;
import io.clearmarket.chaincode.api.DeliveryCondition;
import io.clearmarket.chaincode.api.DeliveryCondition.Effect;
import io.clearmarket.chaincode.api.DeliveryCondition.Expected;
import io.clearmarket.chaincode.api.DeliveryCondition.Range;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.EpcisRecord.Measured;
import io.clearmarket.chaincode.api.Limits;
import io.clearmarket.chaincode.api.Records.Recorded;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeliveryConditionsTest {
    /** An event by the carrier that meets every condition of {@link #placed}. */
    static final String EVENT = "ni:///sha-256;" + "c".repeat(64) + "?ver=CBV2.0";

    private static final String DOOR = "https://id.gs1.org/414/9521321000010";
    private static final List<String> ALL = Facts.epcs(Facts.items());
    private static final List<String> ONE = List.of(Facts.items().get(1).epcs().getFirst());
    private static final long SHARE = 1_500;

    /** An order that waits for its deposit: an event may release a tenth back, or freeze; such an event is on the ledger. */
    static Bazaar placed() {
        Bazaar bazaar = Bazaar.opened();
        Expected moved = new Expected("arriving", null, null);
        List<PartyId> carrier = List.of(CARRIER.id());
        bazaar.does(
                bazaar.order(TermsBuilder.valid()
                        .with(
                                new DeliveryCondition(Effect.REFUND, 1_000, carrier, moved, 0),
                                new DeliveryCondition(Effect.FREEZE, 0, carrier, moved, 0))),
                BUYER);
        EpcisRecord event = event(EVENT, "arriving", null, null, Bazaar.START, ALL);
        bazaar.ledger.put(
                Keys.event(EVENT),
                new Recorded(event, CARRIER.id(), CARRIER.asker().mspId(), Bazaar.START));
        return bazaar;
    }

    /** What decides: the table in docs/delivery-conditions.md, row by row. */
    @Test
    void an_event_decides_exactly_as_the_table_says() {
        for (Effect effect : Effect.values()) {
            decides(effect, event("arriving", "in_transit", DOOR, ALL), CARRIER, null);
            decides(effect, event("arriving", "in_transit", DOOR, ALL), MERCHANT, RefusalCode.WRONG_PARTY);
            decides(effect, event("departing", "in_transit", DOOR, ALL), CARRIER, RefusalCode.CONDITION_NOT_MET);
            decides(effect, event("arriving", "damaged", DOOR, ALL), CARRIER, RefusalCode.CONDITION_NOT_MET);
            decides(effect, event("arriving", "in_transit", DOOR + "/1", ALL), CARRIER, RefusalCode.CONDITION_NOT_MET);
            decides(effect, event("arriving", "in_transit", null, ALL), CARRIER, RefusalCode.CONDITION_NOT_MET);
            decides(
                    effect,
                    event("arriving", "in_transit", DOOR, ONE),
                    CARRIER,
                    effect == Effect.RELEASE ? RefusalCode.CONDITION_NOT_MET : null);
            decides(
                    effect,
                    event("arriving", "in_transit", DOOR, List.of(Facts.epc(99))),
                    CARRIER,
                    RefusalCode.CONDITION_NOT_MET);
            EpcisRecord early = event(id(1), "arriving", "in_transit", DOOR, Bazaar.START.minusSeconds(1), ALL);
            decides(effect, early, CARRIER, RefusalCode.CONDITION_NOT_MET);
        }
    }

    private static void decides(Effect effect, EpcisRecord event, Person by, @Nullable RefusalCode refused) {
        decides(condition(effect, 0), event, by, refused);
    }

    private static void decides(
            DeliveryCondition condition, EpcisRecord event, Person by, @Nullable RefusalCode refused) {
        Effect effect = condition.effect();
        Bazaar bazaar = shipped(condition);
        record(bazaar, event, by);
        if (refused != null) {
            bazaar.refuses(refused, cites(bazaar, effect, event.eventId()), STRANGER);
            return;
        }
        bazaar.does(cites(bazaar, effect, event.eventId()), STRANGER);
        Consignment after = bazaar.consignment();
        Amount total = Amount.of(Bazaar.total());
        Ledgered money = after.money();
        assertThat(money.gross()).isEqualTo(effect == Effect.RELEASE ? total : Amount.ZERO);
        assertThat(money.buyer()).isEqualTo(effect == Effect.REFUND ? total.basisPoints((int) SHARE) : Amount.ZERO);
        assertThat(money.held().plus(money.gross()).plus(money.buyer())).isEqualTo(total);
        assertThat(after.dispute() != null).isEqualTo(effect == Effect.FREEZE);
        assertThat(after.closed()).isEqualTo(effect == Effect.RELEASE);
    }

    /** The readings' part of that table. */
    @Test
    void a_reading_decides_exactly_as_the_table_says() {
        Range kept = new Range("Temperature", "CEL", 2_000L, 8_000L, true);
        measures(kept, true, degrees(2_000, 8_000));
        measures(kept, true, degrees(5_000, 5_000));
        measures(kept, false, degrees(1_999, 8_000));
        measures(kept, false, degrees(2_000, 8_001));
        measures(kept, false, degrees(5_000, 5_000), degrees(9_000, 9_000));
        measures(kept, false);
        measures(kept, false, new Measured("Temperature", "FAH", 5_000, 5_000));
        measures(kept, false, new Measured("RelativeHumidity", "CEL", 5_000, 5_000));
        measures(kept, true, degrees(5_000, 5_000), new Measured("RelativeHumidity", "P1", 99_000, 99_000));
        Range broken = new Range("Temperature", "CEL", 2_000L, 8_000L, false);
        measures(broken, false, degrees(2_000, 8_000));
        measures(broken, true, degrees(1_999, 8_000));
        measures(broken, true, degrees(2_000, 8_001));
        measures(broken, true, degrees(5_000, 5_000), degrees(9_000, 9_000));
        measures(broken, false);
        measures(broken, false, new Measured("Temperature", "FAH", 90_000, 90_000));
        Range noLess = new Range("Temperature", "CEL", -18_000L, null, true);
        measures(noLess, true, degrees(-18_000, 99_000));
        measures(noLess, false, degrees(-18_001, 99_000));
        Range noMore = new Range("Temperature", "CEL", null, -18_000L, true);
        measures(noMore, true, degrees(-99_000, -18_000));
        measures(noMore, false, degrees(-99_000, -17_999));
    }

    private static Measured degrees(long least, long greatest) {
        return new Measured("Temperature", "CEL", least, greatest);
    }

    private static void measures(Range range, boolean met, Measured... readings) {
        for (Effect effect : Effect.values()) {
            DeliveryCondition condition = new DeliveryCondition(
                    effect,
                    effect == Effect.REFUND ? (int) SHARE : 0,
                    List.of(CARRIER.id()),
                    new Expected("sensor_reporting", null, null, range),
                    0);
            EpcisRecord event = event("sensor_reporting", null, null, ALL);
            decides(
                    condition,
                    readings.length == 0 ? event : event.measuring(readings),
                    CARRIER,
                    met ? null : RefusalCode.CONDITION_NOT_MET);
        }
    }

    @Test
    void a_reading_that_was_corrected_decides_nothing_and_the_right_one_does() {
        for (Effect effect : Effect.values()) {
            Bazaar bazaar = shipped(new DeliveryCondition(
                    effect,
                    effect == Effect.REFUND ? (int) SHARE : 0,
                    List.of(CARRIER.id()),
                    new Expected(null, null, null, new Range("Temperature", "CEL", null, 8_000L, false)),
                    3_600));
            EpcisRecord wrong = event(id(1), "sensor_reporting", null, null, bazaar.now, ALL)
                    .measuring(degrees(80_000, 80_000));
            record(bazaar, wrong, CARRIER);
            bazaar.refuses(RefusalCode.TOO_EARLY, cites(bazaar, effect, wrong.eventId()), STRANGER);
            bazaar.later(Duration.ofHours(1));
            EpcisRecord right = event(id(2), "sensor_reporting", null, null, bazaar.now, ALL)
                    .measuring(degrees(8_000, 8_000));
            record(bazaar, right, CARRIER);
            bazaar.does(
                    new Command.RecordEvent(bazaar.id(), Facts.inError(wrong, bazaar.now, right.eventId())), CARRIER);
            bazaar.refuses(RefusalCode.EVENT_IN_ERROR, cites(bazaar, effect, wrong.eventId()), STRANGER);
            bazaar.later(Duration.ofHours(1));
            bazaar.refuses(RefusalCode.CONDITION_NOT_MET, cites(bazaar, effect, right.eventId()), STRANGER);
            EpcisRecord warm = event(id(3), "sensor_reporting", null, null, bazaar.now, ALL)
                    .measuring(degrees(8_000, 9_000));
            record(bazaar, warm, CARRIER);
            bazaar.later(Duration.ofHours(1));
            bazaar.does(cites(bazaar, effect, warm.eventId()), STRANGER);
        }
    }

    @Test
    void a_corrected_event_decides_nothing_and_the_one_that_corrects_it_does() {
        for (Effect effect : Effect.values()) {
            Bazaar bazaar = shipped(condition(effect, 3_600));
            EpcisRecord wrong = event(id(1), "arriving", "in_transit", DOOR, bazaar.now, ALL);
            record(bazaar, wrong, CARRIER);
            bazaar.refuses(RefusalCode.TOO_EARLY, cites(bazaar, effect, wrong.eventId()), STRANGER);
            bazaar.later(Duration.ofSeconds(3_599));
            bazaar.refuses(RefusalCode.TOO_EARLY, cites(bazaar, effect, wrong.eventId()), STRANGER);
            bazaar.does(new Command.RecordEvent(bazaar.id(), Facts.inError(wrong, bazaar.now)), CARRIER);
            bazaar.later(Duration.ofSeconds(1));
            bazaar.refuses(RefusalCode.EVENT_IN_ERROR, cites(bazaar, effect, wrong.eventId()), STRANGER);
            EpcisRecord right = event(id(2), "arriving", "in_transit", DOOR, bazaar.now, ALL);
            record(bazaar, right, CARRIER);
            bazaar.refuses(RefusalCode.TOO_EARLY, cites(bazaar, effect, right.eventId()), STRANGER);
            bazaar.later(Duration.ofHours(1));
            bazaar.does(cites(bazaar, effect, right.eventId()), STRANGER);
        }
    }

    @Test
    void a_correction_that_comes_after_the_decision_moves_no_money_again() {
        Bazaar bazaar = shipped(condition(Effect.REFUND, 0));
        EpcisRecord wrong = event(id(1), "arriving", "in_transit", DOOR, bazaar.now, ALL);
        record(bazaar, wrong, CARRIER);
        bazaar.does(cites(bazaar, Effect.REFUND, wrong.eventId()), STRANGER);
        Ledgered decided = bazaar.consignment().money();
        bazaar.does(new Command.RecordEvent(bazaar.id(), Facts.inError(wrong, bazaar.now)), CARRIER);
        EpcisRecord right = event(id(2), "arriving", "in_transit", DOOR, bazaar.now, ALL);
        record(bazaar, right, CARRIER);
        bazaar.refuses(RefusalCode.CONDITION_APPLIED, cites(bazaar, Effect.REFUND, right.eventId()), STRANGER);
        assertThat(bazaar.consignment().money()).isEqualTo(decided);
    }

    @Test
    void no_more_goes_back_than_is_held_and_a_share_is_of_the_deposit() {
        Bazaar bazaar = shipped(condition(Effect.REFUND, 0));
        long left = Bazaar.total() / 10;
        bazaar.does(bazaar.accept(Bazaar.amount(Bazaar.total() - left)), BUYER);
        EpcisRecord event = event(id(1), "arriving", "in_transit", DOOR, bazaar.now, ALL);
        record(bazaar, event, CARRIER);
        bazaar.does(cites(bazaar, Effect.REFUND, event.eventId()), STRANGER);
        assertThat(bazaar.consignment().money().buyer()).isEqualTo(Amount.of(left));
        assertThat(bazaar.consignment().closed()).isTrue();
    }

    @Test
    void items_of_lines_that_are_decided_already_need_not_arrive_and_prove_nothing() {
        Bazaar bazaar = shipped(condition(Effect.RELEASE, 0));
        bazaar.does(bazaar.refund(Bazaar.lines(1)), MERCHANT);
        EpcisRecord other = event(
                id(1),
                "arriving",
                "in_transit",
                DOOR,
                bazaar.now,
                Facts.items().getFirst().epcs());
        record(bazaar, other, CARRIER);
        bazaar.refuses(RefusalCode.CONDITION_NOT_MET, cites(bazaar, Effect.RELEASE, other.eventId()), STRANGER);
        EpcisRecord rest = event(id(2), "arriving", "in_transit", DOOR, bazaar.now, ONE);
        record(bazaar, rest, CARRIER);
        bazaar.does(cites(bazaar, Effect.RELEASE, rest.eventId()), STRANGER);
        assertThat(bazaar.consignment().acceptedLines()).containsExactly(2);
    }

    @Test
    void what_is_cited_must_be_there() {
        Bazaar bazaar = shipped(condition(Effect.RELEASE, 0));
        bazaar.refuses(RefusalCode.UNKNOWN_RECORD, cites(bazaar, Effect.RELEASE, id(1)), STRANGER);
        bazaar.refuses(RefusalCode.UNKNOWN_CONDITION, cites(bazaar, Effect.FREEZE, id(1)), STRANGER);
        for (int number : List.of(0, 2)) {
            bazaar.refuses(
                    RefusalCode.UNKNOWN_CONDITION, new Command.SettleByEvent(bazaar.id(), ID, number, id(1)), STRANGER);
        }
        Bazaar without = Bazaar.opened().shipped();
        without.refuses(RefusalCode.UNKNOWN_CONDITION, new Command.SettleByEvent(without.id(), ID, 1, id(1)), STRANGER);
    }

    @Test
    void conditions_that_are_not_sound_are_no_terms() {
        DeliveryCondition sound = condition(Effect.REFUND, 60);
        Expected expected = sound.expected();
        List<PartyId> carrier = List.of(CARRIER.id());
        for (DeliveryCondition broken : List.of(
                new DeliveryCondition(Effect.REFUND, 0, carrier, expected, 0),
                new DeliveryCondition(Effect.REFUND, 10_001, carrier, expected, 0),
                new DeliveryCondition(Effect.RELEASE, 1, carrier, expected, 0),
                new DeliveryCondition(Effect.FREEZE, 1, carrier, expected, 0),
                new DeliveryCondition(Effect.RELEASE, 0, carrier, expected, -1),
                new DeliveryCondition(Effect.RELEASE, 0, carrier, expected, Limits.TEN_YEARS + 1),
                new DeliveryCondition(Effect.RELEASE, 0, List.of(), expected, 0),
                new DeliveryCondition(Effect.RELEASE, 0, List.of(CARRIER.id(), CARRIER.id()), expected, 0),
                new DeliveryCondition(Effect.RELEASE, 0, List.of(MERCHANT.id()), expected, 0),
                new DeliveryCondition(Effect.REFUND, 1, List.of(CARRIER.id(), BUYER.id()), expected, 0),
                new DeliveryCondition(Effect.RELEASE, 0, carrier, new Expected(null, null, null), 0),
                new DeliveryCondition(Effect.RELEASE, 0, carrier, new Expected("Arriving!", null, null), 0),
                new DeliveryCondition(Effect.RELEASE, 0, carrier, new Expected(null, "Broken!", null), 0),
                new DeliveryCondition(Effect.RELEASE, 0, carrier, new Expected(null, null, "at home"), 0),
                measuring(new Range("temperature", "CEL", 0L, null, true)),
                measuring(new Range("Temperature", "degrees", 0L, null, true)),
                measuring(new Range("Temperature", "CEL", null, null, true)),
                measuring(new Range("Temperature", "CEL", 1L, 0L, true)),
                measuring(new Range("Temperature", "CEL", -Limits.READING - 1, 0L, true)),
                measuring(new Range("Temperature", "CEL", 0L, Limits.READING + 1, true)))) {
            refusedTerms(broken);
            refusedTerms(sound, broken);
        }
        refusedTerms();
        refusedTerms(Collections.nCopies(11, sound).toArray(DeliveryCondition[]::new));
    }

    @Test
    void terms_without_conditions_are_the_bytes_that_they_were() {
        String bytes = new String(TermsBuilder.valid().build().canonicalBytes(), UTF_8);
        assertThat(bytes).doesNotContain("conditions");
        assertThat(new String(
                        TermsBuilder.valid()
                                .with(condition(Effect.FREEZE, 0))
                                .build()
                                .canonicalBytes(),
                        UTF_8))
                .contains("\"conditions\":[{\"effect\":\"FREEZE\"");
    }

    private static DeliveryCondition measuring(Range range) {
        return new DeliveryCondition(Effect.FREEZE, 0, List.of(CARRIER.id()), new Expected(null, null, null, range), 0);
    }

    private static void refusedTerms(DeliveryCondition... conditions) {
        Bazaar bazaar = Bazaar.opened();
        bazaar.refuses(
                RefusalCode.TERMS_BAD_CONDITIONS,
                bazaar.order(TermsBuilder.valid().with(conditions)),
                BUYER);
    }

    static DeliveryCondition condition(Effect effect, long standsFor) {
        return new DeliveryCondition(
                effect,
                effect == Effect.REFUND ? (int) SHARE : 0,
                List.of(CARRIER.id(), Bazaar.ARBITER.id()),
                new Expected("arriving", "in_transit", DOOR),
                standsFor);
    }

    static Bazaar shipped(DeliveryCondition condition) {
        Bazaar bazaar = Bazaar.opened();
        bazaar.does(bazaar.order(TermsBuilder.valid().with(condition)), BUYER);
        bazaar.does(bazaar.deposit(), STRANGER);
        bazaar.does(bazaar.ship(), MERCHANT);
        return bazaar;
    }

    static EpcisRecord event(String step, @Nullable String disposition, @Nullable String place, List<String> epcs) {
        return event(id(1), step, disposition, place, Bazaar.START, epcs);
    }

    private static EpcisRecord event(
            String id,
            String step,
            @Nullable String disposition,
            @Nullable String place,
            Instant time,
            List<String> epcs) {
        return new EpcisRecord(id, "ObjectEvent", "OBSERVE", step, disposition, time, epcs, place, null, Digest.ZERO);
    }

    static void record(Bazaar bazaar, EpcisRecord event, Person by) {
        bazaar.does(new Command.RecordEvent(bazaar.id(), event), by);
    }

    static Command cites(Bazaar bazaar, Effect effect, String eventId) {
        return effect == Effect.FREEZE
                ? new Command.FreezeByEvent(bazaar.id(), ID, 1, eventId)
                : new Command.SettleByEvent(bazaar.id(), ID, 1, eventId);
    }

    private static String id(int number) {
        return "ni:///sha-256;" + Objects.toString(number).repeat(64) + "?ver=CBV2.0";
    }
}
