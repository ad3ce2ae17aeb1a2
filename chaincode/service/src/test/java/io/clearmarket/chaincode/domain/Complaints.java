package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.ID;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.STRANGER;
import static io.clearmarket.chaincode.domain.Bazaar.SUBSTITUTE;
import static io.clearmarket.chaincode.domain.Bazaar.total;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Dispute;
import io.clearmarket.chaincode.moves.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * What users of other marketplaces complained about, played on these rules: everything that answers it is tried.
 *
 * @param name the complaint
 */
public record Complaints(String name) implements Callable<Boolean> {
    private static final Duration A_LONG_TIME = Duration.ofDays(11);

    /** True if there is nothing to complain about. */
    @Override
    public Boolean call() {
        return switch (name) {
            case "openbazaar-go#973" -> isEmptiedByTime(Bazaar.opened().disputed());
            case "openbazaar-go#1039" -> isEmptiedByTime(Bazaar.opened().returned());
            case "openbazaar-desktop#1412 buyer" ->
                isEmptiedByTime(Bazaar.opened().delivered());
            case "openbazaar-desktop#1412 merchant" ->
                isEmptiedByTime(Bazaar.opened().funded());
            case "openbazaar-desktop#1519" -> saysOneClock(Bazaar.opened().delivered());
            case "OpenBazaar-Client#1003" -> substituteRules(Bazaar.opened().disputed());
            case "openbazaar-go#438" -> isAgreedWithoutArbiter(Bazaar.opened().disputed());
            case "dokan#2234" -> isNotPaidBeforeTheDelay(Bazaar.opened().delivered());
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Everybody falls silent; anybody calls what is due. */
    private static boolean isEmptiedByTime(Bazaar bazaar) {
        for (int round = 0; round < 5; round++) {
            bazaar.later(A_LONG_TIME);
            for (Command due : List.of(
                    new Command.RefundUnshipped(bazaar.id(), ID),
                    new Command.ReleaseInspected(bazaar.id(), ID),
                    new Command.RefundReturned(bazaar.id(), ID),
                    new Command.ReplaceArbiter(bazaar.id(), ID),
                    new Command.DefaultSplit(bazaar.id(), ID))) {
                attempt(bazaar, due, STRANGER);
            }
        }
        return bazaar.consignment().money().held().isZero();
    }

    /** One deadline runs, and who comes early is told the very instant. */
    private static boolean saysOneClock(Bazaar bazaar) {
        List<Timer> running = Arrays.stream(Timer.values())
                .filter(timer -> timer.of(bazaar.consignment().deadlines()) != null)
                .toList();
        String legalFrom =
                bazaar.now.plusSeconds(168 * Bazaar.HOUR).plusSeconds(30).toString();
        return running.equals(List.of(Timer.INSPECT_UNTIL))
                && bazaar.decide(new Command.ReleaseInspected(bazaar.id(), ID), BUYER)
                        instanceof Outcome.Refused refused
                && refused.refusal().message().contains(legalFrom);
    }

    private static boolean substituteRules(Bazaar bazaar) {
        bazaar.later(A_LONG_TIME);
        attempt(bazaar, new Command.ReplaceArbiter(bazaar.id(), ID), STRANGER);
        attempt(bazaar, bazaar.rule(total(), 0), SUBSTITUTE);
        Dispute dispute = bazaar.consignment().dispute();
        return dispute != null && dispute.status() == Dispute.Status.RULED;
    }

    private static boolean isAgreedWithoutArbiter(Bazaar bazaar) {
        attempt(
                bazaar,
                new Command.OfferSplit(bazaar.id(), ID, bazaar.version(), Amount.of(total()), Amount.ZERO),
                MERCHANT);
        Dispute dispute = bazaar.consignment().dispute();
        if (dispute != null) {
            for (Consignment.Offer offer : dispute.offers()) {
                attempt(bazaar, new Command.AcceptOffer(bazaar.id(), ID, bazaar.version(), offer.digest(ID)), BUYER);
            }
        }
        return bazaar.consignment().closed();
    }

    private static boolean isNotPaidBeforeTheDelay(Bazaar bazaar) {
        bazaar.later(Duration.ofDays(7).plusSeconds(29));
        attempt(bazaar, new Command.ReleaseInspected(bazaar.id(), ID), MERCHANT);
        return bazaar.consignment().money().gross().isZero();
    }

    private static void attempt(Bazaar bazaar, Command command, Person by) {
        if (bazaar.decide(command, by) instanceof Outcome.Moved moved) {
            moved.writes().forEach(bazaar.ledger::put);
        }
    }
}
