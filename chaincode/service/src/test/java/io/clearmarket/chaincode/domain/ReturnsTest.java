package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.CARRIER;
import static io.clearmarket.chaincode.domain.Bazaar.ID;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.STRANGER;
import static io.clearmarket.chaincode.domain.Bazaar.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment.Goods;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Records.Item;
import io.clearmarket.chaincode.api.RefusalCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReturnsTest {
    @Test
    void a_return_that_the_merchant_does_not_contest_is_refunded() {
        Bazaar bazaar = Bazaar.opened().returned();
        assertThat(custodian(bazaar, 1)).isEqualTo(MERCHANT.id());
        bazaar.later(Duration.ofHours(73));
        bazaar.does(new Command.RefundReturned(bazaar.id(), ID), STRANGER);
        assertThat(bazaar.consignment().money().buyer()).isEqualTo(Amount.of(Bazaar.total()));
        assertThat(bazaar.consignment().refundedLines()).containsExactly(1, 2);
        assertThat(bazaar.consignment().closed()).isTrue();
    }

    @Test
    void what_the_buyer_kept_and_accepted_does_not_go_back() {
        Bazaar bazaar = Bazaar.opened().returnRequested();
        bazaar.does(bazaar.accept(lines(1)), BUYER);
        bazaar.refuses(
                RefusalCode.WRONG_ITEMS,
                new Command.PickUpReturn(
                        bazaar.id(), ID, bazaar.version(), bazaar.event("returning", Facts.epcs(Facts.items()))),
                CARRIER);
        List<String> second = Facts.epcs(Facts.items().subList(1, 2));
        bazaar.does(
                new Command.PickUpReturn(bazaar.id(), ID, bazaar.version(), bazaar.event("returning", second)),
                CARRIER);
        assertThat(custodian(bazaar, 1)).isEqualTo(BUYER.id());
        assertThat(custodian(bazaar, 3)).isEqualTo(CARRIER.id());
        bazaar.does(
                new Command.DeliverReturn(bazaar.id(), ID, bazaar.version(), bazaar.event("receiving", second)),
                CARRIER);
        assertThat(custodian(bazaar, 3)).isEqualTo(MERCHANT.id());
    }

    @Test
    void a_return_that_nobody_picks_up_lapses_to_the_merchant() {
        Bazaar bazaar = Bazaar.opened().returnRequested().later(Duration.ofHours(169));
        bazaar.does(new Command.ReturnLapsed(bazaar.id(), ID), STRANGER);
        assertThat(bazaar.consignment().money().gross()).isEqualTo(Amount.of(Bazaar.total()));
    }

    @Test
    void a_return_that_does_not_arrive_is_disputed_and_falls_to_the_buyer_by_default() {
        Bazaar bazaar = Bazaar.opened().returnShipped().later(Duration.ofHours(241));
        bazaar.does(new Command.OpenReturnLost(bazaar.id(), ID), STRANGER);
        bazaar.later(Duration.ofHours(169));
        bazaar.does(new Command.ReplaceArbiter(bazaar.id(), ID), STRANGER);
        bazaar.later(Duration.ofHours(169));
        bazaar.does(new Command.DefaultSplit(bazaar.id(), ID), STRANGER);
        assertThat(bazaar.consignment().money().buyer()).isEqualTo(Amount.of(Bazaar.total()));
    }

    @Test
    void a_contested_return_still_arrives_but_starts_no_timer() {
        Bazaar bazaar = Bazaar.opened().returnShipped().later(Duration.ofHours(241));
        bazaar.does(new Command.OpenReturnLost(bazaar.id(), ID), STRANGER);
        bazaar.does(
                new Command.DeliverReturn(
                        bazaar.id(), ID, bazaar.version(), bazaar.event("receiving", Facts.epcs(Facts.items()))),
                CARRIER);
        assertThat(bazaar.consignment().goods()).isEqualTo(Goods.RETURNED);
        assertThat(bazaar.consignment().deadlines().returnInspectUntil()).isNull();
        assertThat(bazaar.consignment().deadlines().arbiterBy()).isNotNull();
    }

    @Test
    void only_what_the_buyer_still_has_can_be_picked_up() {
        Bazaar bazaar = Bazaar.opened().returnRequested();
        bazaar.ledger.put(Keys.item(Facts.epc(1)), new Item(Facts.epc(1), STRANGER.id(), ID, bazaar.now));
        bazaar.refuses(
                RefusalCode.ITEM_NOT_IN_CUSTODY,
                new Command.PickUpReturn(
                        bazaar.id(), ID, bazaar.version(), bazaar.event("returning", Facts.epcs(Facts.items()))),
                CARRIER);
    }

    @Test
    void neither_side_brings_the_goods_back_itself() {
        Bazaar bazaar = Bazaar.opened().delivered();
        bazaar.refuses(
                RefusalCode.WRONG_ROLE,
                new Command.RequestReturn(bazaar.id(), ID, bazaar.version(), BUYER.id(), Digest.ZERO),
                BUYER);
    }

    private static Object custodian(Bazaar bazaar, int serial) {
        Item item = bazaar.ledger.get(Keys.item(Facts.epc(serial)));
        return item.custodian();
    }
}
