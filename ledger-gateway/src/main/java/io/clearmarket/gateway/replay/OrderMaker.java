package io.clearmarket.gateway.replay;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.client.Actor;
import io.clearmarket.gateway.client.MarketClient;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Makes orders of one buyer from one merchant, signed by both and not placed yet: what is to be measured is only how they are placed. */
final class OrderMaker {
    private static final String PRODUCT = "bench";
    private static final Olist.Line LINE = new Olist.Line(1, PRODUCT, "bench-merchant", "SP", 5_000, 1_000);

    private final Actor buyer;
    private final Actor merchant;
    private final TermsWriter terms;
    private final Seed seed;
    private int made;

    /** Enrols and registers both. */
    OrderMaker(MarketClient client, Replay.Setting setting) {
        this.seed = setting.seed();
        Actors actors = new Actors(
                client,
                seed,
                setting.market().ledger(),
                setting.operatorToken(),
                new Onboarding(client, setting.operators()));
        this.buyer = actors.buyer("bench-buyer");
        this.merchant = actors.merchant("bench-merchant");
        client.execute(buyer, actors.registration(buyer));
        this.terms = new TermsWriter(setting.market(), seed, Map.of(PRODUCT, 1));
    }

    Actor buyer() {
        return buyer;
    }

    Actor merchant() {
        return merchant;
    }

    /** So many orders that nobody has made before. */
    List<Command.PlaceOrder> make(int orders) {
        List<Command.PlaceOrder> all = new ArrayList<>();
        for (int i = 0; i < orders; i++) {
            all.add(next());
        }
        return all;
    }

    private Command.PlaceOrder next() {
        OrderId id = new OrderId("bench-" + seed.startedAt().getEpochSecond() + "-" + made++);
        Terms signed = terms.write(id, 1, side(buyer), side(merchant), List.of(LINE));
        return new Command.PlaceOrder(
                new CommandId(id + ":place"),
                id,
                List.of(new SignedTerms(signed, signature(buyer, signed), signature(merchant, signed))));
    }

    private static TermsWriter.Side side(Actor actor) {
        return new TermsWriter.Side(actor.party(), actor.address().address());
    }

    private static String signature(Actor actor, Terms terms) {
        return Base64.getEncoder().encodeToString(actor.identity().sign(terms.canonicalBytes()));
    }
}
