package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.CARRIER;
import static io.clearmarket.chaincode.domain.Bazaar.ID;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.SECOND_MERCHANT;
import static io.clearmarket.chaincode.domain.Facts.epc;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.HandOver;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.wallet.identity.PartyId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
    private static final Person BUYERS_NEW_KEY = Person.of("PlatformMSP", Role.BUYER);
    private static final Person NEWEST_KEY = Person.of("PlatformMSP", Role.BUYER);
    private final Bazaar bazaar = Bazaar.opened();

    @Test
    void shipping_and_delivering_pass_custody_and_record_their_events() {
        bazaar.delivered();
        assertThat(custodian(1)).isEqualTo(BUYER.id());
        assertThat(bazaar.ledger.get(Keys.item(epc(1))).consignmentId()).isEqualTo(ID);
    }

    @Test
    void a_commissioned_item_is_with_its_merchant_and_nobody_elses_to_ship() {
        bazaar.does(
                new Command.RecordEvent(bazaar.id(), bazaar.event("commissioning", List.of(epc(1)))), SECOND_MERCHANT);
        bazaar.funded();
        bazaar.refuses(RefusalCode.ITEM_NOT_IN_CUSTODY, bazaar.ship(), MERCHANT);
        bazaar.does(handOver(SECOND_MERCHANT, MERCHANT, 1), MERCHANT);
        bazaar.does(bazaar.ship(), MERCHANT);
        assertThat(custodian(1)).isEqualTo(CARRIER.id());
    }

    @Test
    void a_hand_over_needs_both_sides_and_counts_once() {
        bazaar.delivered();
        Command.RecordHandOver handOver = handOver(BUYER, MERCHANT, 1);
        bazaar.does(handOver, MERCHANT);
        assertThat(custodian(1)).isEqualTo(MERCHANT.id());
        bazaar.does(handOver(MERCHANT, BUYER, 2), BUYER);
        bazaar.refuses(
                RefusalCode.HAND_OVER_EXISTS,
                new Command.RecordHandOver(bazaar.id(), handOver.handOver(), handOver.counterSignature()),
                MERCHANT);
    }

    @Test
    void a_new_key_hands_on_what_the_old_one_had_and_the_old_one_does_no_more() {
        bazaar.delivered();
        bazaar.does(bazaar.registration(BUYERS_NEW_KEY), BUYERS_NEW_KEY);
        bazaar.does(new Command.ChangeKey(bazaar.id(), BUYERS_NEW_KEY.id()), BUYER);
        bazaar.refuses(RefusalCode.ITEM_NOT_IN_CUSTODY, handOver(BUYERS_NEW_KEY, MERCHANT, 1), MERCHANT);
        bazaar.later(PartyChanges.WAITING.plusSeconds(31));
        bazaar.does(new Command.CompleteChange(bazaar.id(), BUYER.id()), BUYERS_NEW_KEY);
        bazaar.refuses(RefusalCode.PARTY_REPLACED, handOver(BUYER, MERCHANT, 2), MERCHANT);
        bazaar.does(handOver(BUYERS_NEW_KEY, MERCHANT, 3), MERCHANT);
        assertThat(custodian(1)).isEqualTo(MERCHANT.id());
    }

    @Test
    void a_key_after_the_next_has_what_the_first_had_and_the_first_has_nothing_of_its() {
        bazaar.delivered();
        succeeded(BUYER, BUYERS_NEW_KEY);
        succeeded(BUYERS_NEW_KEY, NEWEST_KEY);
        assertThat(Parties.isOrSucceeds(NEWEST_KEY.id(), BUYER.id(), bazaar.ledger))
                .isTrue();
        assertThat(Parties.isOrSucceeds(BUYER.id(), NEWEST_KEY.id(), bazaar.ledger))
                .isFalse();
        bazaar.does(handOver(NEWEST_KEY, MERCHANT, 1), MERCHANT);
        assertThat(custodian(1)).isEqualTo(MERCHANT.id());
    }

    @Test
    void a_refusal_does_not_say_who_has_the_item() {
        bazaar.delivered();
        Command.RecordHandOver handOver = handOver(SECOND_MERCHANT, MERCHANT, 1);
        Outcome.Refused refused = (Outcome.Refused) bazaar.decide(handOver, MERCHANT);
        assertThat(refused.refusal().code()).isEqualTo(RefusalCode.ITEM_NOT_IN_CUSTODY);
        assertThat(refused.refusal().message())
                .contains(epc(1), SECOND_MERCHANT.id().value())
                .doesNotContain(BUYER.id().value());
    }

    private void succeeded(Person old, Person next) {
        bazaar.does(bazaar.registration(next), next);
        bazaar.does(new Command.ChangeKey(bazaar.id(), next.id()), old);
        bazaar.later(PartyChanges.WAITING.plusSeconds(31));
        bazaar.does(new Command.CompleteChange(bazaar.id(), old.id()), next);
    }

    @Test
    void a_returned_item_can_be_sold_again_only_when_its_consignment_is_closed() {
        bazaar.delivered();
        bazaar.does(handOver(BUYER, MERCHANT, 1), MERCHANT);
        Custody.requireShippable(MERCHANT.id(), ID, epc(1), bazaar.ledger);
        ConsignmentId other = ConsignmentId.of(Bazaar.ORDER, 2);
        assertThat(refusalOf(() -> Custody.requireShippable(MERCHANT.id(), other, epc(1), bazaar.ledger)))
                .isEqualTo(RefusalCode.ITEM_IN_OPEN_CONSIGNMENT);
        bazaar.does(bazaar.refund(Command.Part.ALL), MERCHANT);
        Custody.requireShippable(MERCHANT.id(), other, epc(1), bazaar.ledger);
    }

    @Test
    void lines_given_back_before_shipping_are_not_shipped() {
        bazaar.funded();
        bazaar.does(bazaar.refund(Bazaar.lines(1)), MERCHANT);
        bazaar.refuses(RefusalCode.WRONG_ITEMS, bazaar.ship(), MERCHANT);
        bazaar.does(bazaar.ship(Facts.items().subList(1, 2)), MERCHANT);
    }

    @Test
    void items_are_commissioned_by_merchants_and_named_once() {
        bazaar.refuses(
                RefusalCode.WRONG_ROLE,
                new Command.RecordEvent(bazaar.id(), bazaar.event("commissioning", List.of(epc(1)))),
                CARRIER);
        bazaar.refuses(
                RefusalCode.WRONG_ITEMS,
                new Command.RecordEvent(bazaar.id(), bazaar.event("inspecting", List.of(epc(1), epc(1)))),
                MERCHANT);
        bazaar.funded();
        List<Command.LineItems> twice = List.of(Facts.items().getFirst(), new Command.LineItems(2, List.of(epc(1))));
        bazaar.refuses(RefusalCode.WRONG_ITEMS, bazaar.ship(twice), MERCHANT);
    }

    @Test
    void a_declaration_of_an_error_names_few_corrections() {
        String[] many =
                IntStream.rangeClosed(0, 20).mapToObj(i -> "urn:uuid:" + i).toArray(String[]::new);
        EpcisRecord event = bazaar.event("inspecting", List.of(epc(1)));
        bazaar.refuses(
                RefusalCode.INVALID_VALUE,
                new Command.RecordEvent(bazaar.id(), Facts.inError(event, bazaar.now, many)),
                MERCHANT);
    }

    @Test
    void an_event_about_a_class_or_a_place_names_no_item() {
        bazaar.does(new Command.RecordEvent(bazaar.id(), bazaar.event("inspecting", List.of())), MERCHANT);
    }

    @Test
    void an_error_is_declared_once_by_who_recorded_the_event_and_the_event_stays() {
        EpcisRecord event = bazaar.event("inspecting", List.of(epc(1)));
        bazaar.does(new Command.RecordEvent(bazaar.id(), event), MERCHANT);
        EpcisRecord declared = Facts.inError(event, bazaar.now, "urn:uuid:right");
        bazaar.refuses(RefusalCode.WRONG_PARTY, new Command.RecordEvent(bazaar.id(), declared), SECOND_MERCHANT);
        Outcome.Moved moved = bazaar.does(new Command.RecordEvent(bazaar.id(), declared), MERCHANT);
        assertThat(moved.type()).isEqualTo("event.declared_in_error");
        assertThat(moved.writes()).hasSize(2);
        assertThat(bazaar.ledger.find(Keys.eventError(event.eventId()))).isNotNull();
        assertThat(bazaar.ledger.get(Keys.event(event.eventId())).event()).isEqualTo(event);
        bazaar.refuses(RefusalCode.EVENT_EXISTS, new Command.RecordEvent(bazaar.id(), declared), MERCHANT);
        bazaar.does(
                new Command.RecordEvent(bazaar.id(), Facts.inError(event, bazaar.now, "urn:uuid:righter")), MERCHANT);
    }

    @Test
    void an_unknown_event_declared_in_error_is_recorded_and_brings_nothing_into_being() {
        EpcisRecord event = Facts.inError(bazaar.event("commissioning", List.of(epc(1))), bazaar.now, "urn:uuid:right");
        bazaar.does(new Command.RecordEvent(bazaar.id(), event), MERCHANT);
        assertThat(bazaar.ledger.get(Keys.event(event.eventId())).event()).isEqualTo(event.withoutDeclaration());
        assertThat(bazaar.ledger.find(Keys.item(epc(1)))).isNull();
    }

    @Test
    void goods_do_not_move_by_an_event_in_error() {
        bazaar.funded();
        Command.Ship ship = bazaar.ship();
        bazaar.refuses(
                RefusalCode.INVALID_VALUE,
                new Command.Ship(
                        ship.commandId(),
                        ship.consignmentId(),
                        ship.version(),
                        ship.items(),
                        ship.carrier(),
                        Facts.inError(ship.event(), bazaar.now, "urn:uuid:right")),
                MERCHANT);
    }

    private Command.RecordHandOver handOver(Person from, Person to, int nonce) {
        HandOver handOver = new HandOver(
                Bazaar.LEDGER, List.of(epc(1)), from.id(), to.id(), bazaar.now, Digest.sha256(new byte[] {(byte) nonce
                }));
        return new Command.RecordHandOver(bazaar.id(), handOver, from.sign(handOver.canonicalBytes()));
    }

    private PartyId custodian(int serial) {
        return bazaar.ledger.get(Keys.item(epc(serial))).custodian();
    }

    private static RefusalCode refusalOf(Runnable rule) {
        try {
            rule.run();
        } catch (Refuse refused) {
            return refused.refusal().code();
        }
        throw new AssertionError("not refused");
    }
}
