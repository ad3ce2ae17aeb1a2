package io.clearmarket.chaincode.adapter;

import static io.clearmarket.chaincode.adapter.Asking.refusalOf;
import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.SaleOffer;
import io.clearmarket.chaincode.domain.Bazaar;
import io.clearmarket.chaincode.domain.SaleOfferBuilder;
import io.clearmarket.chaincode.domain.TermsBuilder;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** The refusals of published offers and of lines that cite them. */
final class SaleOfferRefusals {
    private SaleOfferRefusals() {}

    static Map<RefusalCode, Supplier<Refusal>> cases() {
        Map<RefusalCode, Supplier<Refusal>> cases = new EnumMap<>(RefusalCode.class);
        SaleOffer offer = SaleOfferBuilder.valid();
        cases.put(RefusalCode.UNKNOWN_SALE_OFFER, () -> {
            Bazaar bazaar = Bazaar.opened();
            return refusalOf(bazaar, bazaar.order(TermsBuilder.citing(offer, 1)), BUYER);
        });
        cases.put(RefusalCode.SALE_OFFER_EXISTS, () -> {
            Bazaar bazaar = published(offer);
            return refusalOf(bazaar, new Command.PublishOffer(bazaar.id(), offer), MERCHANT);
        });
        cases.put(RefusalCode.SALE_OFFER_EXPIRED, () -> ordered(SaleOfferBuilder.over(), 1));
        cases.put(RefusalCode.SALE_OFFER_EXHAUSTED, () -> ordered(offer, offer.uses() + 1));
        cases.put(RefusalCode.SALE_OFFER_DIFFERS, () -> ordered(SaleOfferBuilder.cheaper(), 1));
        return cases;
    }

    private static Refusal ordered(SaleOffer offer, int use) {
        Bazaar bazaar = published(offer);
        return refusalOf(bazaar, bazaar.order(TermsBuilder.citing(offer, use)), BUYER);
    }

    private static Bazaar published(SaleOffer offer) {
        Bazaar bazaar = Bazaar.opened();
        bazaar.does(new Command.PublishOffer(bazaar.id(), offer), MERCHANT);
        return bazaar;
    }
}
