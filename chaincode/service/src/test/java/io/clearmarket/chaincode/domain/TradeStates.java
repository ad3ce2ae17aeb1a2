package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.AUDIT;
import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.HOUR;
import static io.clearmarket.chaincode.domain.Bazaar.ID;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.PLATFORM;
import static io.clearmarket.chaincode.domain.Bazaar.STRANGER;
import static io.clearmarket.chaincode.domain.Bazaar.SUBSTITUTE;
import static io.clearmarket.chaincode.domain.Bazaar.amount;
import static io.clearmarket.chaincode.domain.Bazaar.lines;
import static io.clearmarket.chaincode.domain.Bazaar.total;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.SaleOffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Every state that an order comes into, by its name, and the way there from an opened bazaar. */
public final class TradeStates {
    /** Longer than any timer. */
    private static final Duration TOO_LONG = Duration.ofDays(11);

    public static final Map<String, UnaryOperator<Bazaar>> ALL = all();

    private TradeStates() {}

    private static Map<String, UnaryOperator<Bazaar>> all() {
        Map<String, UnaryOperator<Bazaar>> all = new LinkedHashMap<>();
        onTheWay(all);
        returnsAndCases(all);
        disputes(all);
        ends(all);
        return all;
    }

    private static void onTheWay(Map<String, UnaryOperator<Bazaar>> all) {
        SaleOffer offer = SaleOfferBuilder.valid();
        all.put("placed", Bazaar::placed);
        all.put("offer used", b -> {
            b.does(new Command.PublishOffer(b.id(), offer), MERCHANT);
            b.does(b.order(TermsBuilder.citing(offer, 1)), BUYER);
            return b;
        });
        all.put("funded", Bazaar::funded);
        all.put("partly refunded", b -> then(b.funded(), x -> x.refund(amount(7)), MERCHANT));
        all.put("merchant suspended", b -> {
            b.funded();
            b.does(new Command.SuspendParty(b.id(), MERCHANT.id(), Digest.ZERO), AUDIT);
            return then(b, x -> new Command.SuspendParty(x.id(), MERCHANT.id(), Digest.ZERO), PLATFORM);
        });
        all.put("shipped", Bazaar::shipped);
        all.put("delivered", Bazaar::delivered);
        all.put("partly accepted", b -> then(b.delivered(), x -> x.accept(lines(1)), BUYER));
    }

    private static void returnsAndCases(Map<String, UnaryOperator<Bazaar>> all) {
        all.put("return requested", Bazaar::returnRequested);
        all.put("return shipped", Bazaar::returnShipped);
        all.put("returned", Bazaar::returned);
        all.put("case open", b -> asked(b.funded()));
        all.put(
                "case answered",
                b -> then(asked(b.funded()), x -> new Command.AnswerCase(x.id(), ID, 1, Digest.ZERO), MERCHANT));
    }

    private static void disputes(Map<String, UnaryOperator<Bazaar>> all) {
        all.put(
                "disputed on the way",
                b -> then(
                        b.shipped(), x -> new Command.OpenDispute(x.id(), ID, x.version(), Digest.ZERO, null), BUYER));
        all.put("disputed after delivery", Bazaar::disputed);
        all.put(
                "disputed return",
                b -> then(
                        b.returned(), x -> new Command.ContestReturn(x.id(), ID, x.version(), Digest.ZERO), MERCHANT));
        all.put("lost", b -> then(b.shipped().later(TOO_LONG), x -> new Command.OpenLost(x.id(), ID), STRANGER));
        all.put(
                "return lost",
                b -> then(b.returnShipped().later(TOO_LONG), x -> new Command.OpenReturnLost(x.id(), ID), STRANGER));
        all.put("split offered", b -> offered(b.disputed()));
        all.put(
                "arbiter replaced",
                b -> then(b.disputed().later(TOO_LONG), x -> new Command.ReplaceArbiter(x.id(), ID), STRANGER));
        all.put("ruled", TradeStates::ruled);
        all.put("appealed", b -> appealed(ruled(b)));
        all.put("ruled again", b -> then(appealed(ruled(b)), x -> x.rule(0, total()), SUBSTITUTE));
    }

    private static void ends(Map<String, UnaryOperator<Bazaar>> all) {
        all.put("cancelled", b -> then(b.placed(), x -> new Command.Cancel(x.id(), ID, x.version()), BUYER));
        all.put("expired", TradeStates::expired);
        all.put("late deposit", b -> then(expired(b), Bazaar::deposit, STRANGER));
        all.put("accepted", TradeStates::accepted);
        all.put("refunded", b -> then(b.funded(), x -> new Command.CancelFunded(x.id(), ID, x.version()), MERCHANT));
        all.put(
                "settled by agreement",
                b -> then(
                        offered(b.disputed()),
                        x -> new Command.AcceptOffer(x.id(), ID, x.version(), proposed(x)),
                        BUYER));
        all.put("ruling final", b -> then(ruled(b).later(TOO_LONG), x -> new Command.Finalise(x.id(), ID), STRANGER));
        all.put("paid and reviewed", b -> {
            then(accepted(b), x -> x.paid(total(), 0), STRANGER);
            return then(b, x -> new Command.RecordReview(x.id(), ID, 1, 5, Digest.ZERO), BUYER);
        });
        all.put(
                "reclaimed",
                b -> then(b.shipped().later(Duration.ofDays(400)), x -> x.reclaimed(0, total()), STRANGER));
    }

    private static Bazaar then(Bazaar bazaar, Function<Bazaar, Command> command, Person by) {
        bazaar.does(command.apply(bazaar), by);
        return bazaar;
    }

    private static Bazaar asked(Bazaar bazaar) {
        return then(
                bazaar, b -> new Command.OpenCase(b.id(), ID, 1, Command.CaseKind.COMPLAINT, Digest.ZERO, HOUR), BUYER);
    }

    private static Bazaar offered(Bazaar bazaar) {
        return then(
                bazaar,
                b -> new Command.OfferSplit(b.id(), ID, b.version(), Amount.of(total() - 9), Amount.of(9)),
                MERCHANT);
    }

    private static Digest proposed(Bazaar bazaar) {
        return Objects.requireNonNull(bazaar.consignment().dispute())
                .offers()
                .getFirst()
                .digest(ID);
    }

    private static Bazaar ruled(Bazaar bazaar) {
        return bazaar.ruled(total() - 11, 11);
    }

    private static Bazaar appealed(Bazaar bazaar) {
        return then(bazaar, b -> new Command.Appeal(b.id(), ID, b.version(), Digest.ZERO), BUYER);
    }

    private static Bazaar expired(Bazaar bazaar) {
        return then(bazaar.placed().later(TOO_LONG), b -> new Command.ExpireUnpaid(b.id(), ID), STRANGER);
    }

    private static Bazaar accepted(Bazaar bazaar) {
        return then(bazaar.delivered(), b -> b.accept(Command.Part.ALL), BUYER);
    }
}
