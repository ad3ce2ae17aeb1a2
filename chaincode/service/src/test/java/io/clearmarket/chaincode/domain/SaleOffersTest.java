package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.SECOND_MERCHANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.SaleOffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SaleOffersTest {
    private final SaleOffer offer = SaleOfferBuilder.valid();
    private final Bazaar bazaar = Bazaar.opened();

    @Test
    void the_discounted_price_is_rounded_down() {
        assertThat(offer.discounted()).isEqualTo(Amount.of(1_000));
        assertThat(SaleOfferBuilder.cheaper().discounted()).isEqualTo(Amount.of(999));
    }

    @Test
    void each_use_counts_once_and_another_is_free() {
        publish();
        place("order-0001", 1);
        bazaar.refuses(RefusalCode.SALE_OFFER_EXHAUSTED, order("order-0002", 1), BUYER);
        place("order-0002", 2);
    }

    @Test
    void buyers_of_one_offer_write_no_key_in_common() {
        publish();
        var first = bazaar.copy().does(order("order-0001", 1), BUYER);
        var second = bazaar.copy().does(order("order-0002", 2), BUYER);
        assertThat(first.writes()).anyMatch(write -> write.key().kind() == RecordKind.OFFERUSE);
        assertThat(keys(first)).doesNotContainAnyElementsOf(keys(second));
    }

    private static List<String> keys(Outcome.Moved moved) {
        return moved.writes().stream().map(write -> write.key().composite()).toList();
    }

    @Test
    void nobody_publishes_in_a_merchants_name() {
        bazaar.refuses(RefusalCode.WRONG_PARTY, new Command.PublishOffer(bazaar.id(), offer), SECOND_MERCHANT);
        bazaar.refuses(RefusalCode.WRONG_ROLE, new Command.PublishOffer(bazaar.id(), offer), BUYER);
    }

    private void publish() {
        bazaar.does(new Command.PublishOffer(bazaar.id(), offer), MERCHANT);
    }

    private void place(String id, int use) {
        bazaar.does(order(id, use), BUYER);
    }

    private Command order(String id, int use) {
        OrderId order = new OrderId(id);
        return new Command.PlaceOrder(
                bazaar.id(),
                order,
                List.of(TermsBuilder.citing(offer, use).of(order).signed()));
    }
}
