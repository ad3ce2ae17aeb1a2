package io.clearmarket.gateway.finance;

import static java.time.ZoneOffset.UTC;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Consignment.Ledgered;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.finance.Statement.Account;
import io.clearmarket.gateway.finance.Statement.Balance;
import io.clearmarket.gateway.finance.Statement.Kind;
import io.clearmarket.gateway.finance.Statement.Movement;
import io.clearmarket.gateway.finance.Statement.Totals;
import io.clearmarket.gateway.readmodel.AsOf;
import io.clearmarket.gateway.readmodel.MoneyHistory;
import io.clearmarket.gateway.readmodel.MoneyHistory.Place;
import io.clearmarket.gateway.readmodel.MoneyHistory.Standing;
import io.clearmarket.wallet.identity.PartyId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes a merchant's statement from the history of the ledger, whoever tells that. */
public final class StatementMaker {
    private final MoneyHistory history;
    private final AsOf asOf;

    /** @param asOf the block that the history ends with */
    public StatementMaker(MoneyHistory history, AsOf asOf) {
        this.history = history;
        this.asOf = asOf;
    }

    /**
     * @param from first day, UTC
     * @param to last day, included
     */
    public Statement of(PartyId merchant, LocalDate from, LocalDate to) {
        Place begin = place(from);
        Place end = place(to.plusDays(1));
        Map<ConsignmentId, Terms> terms = history.terms(merchant);
        Map<String, Balance> opening = balances(history.standings(merchant, begin), terms);
        Map<String, Balance> closing = balances(history.standings(merchant, end), terms);
        Map<String, List<Movement>> movements = history.changes(merchant, begin, end).stream()
                .flatMap(change -> Movements.of(change, of(terms, change.id())).stream())
                .collect(Collectors.groupingBy(
                        movement -> of(terms, movement.consignment()).asset().caip19(),
                        TreeMap::new,
                        Collectors.toList()));
        List<Account> accounts = new TreeSet<>(closing.keySet())
                .stream()
                        .map(asset -> account(
                                new Asset(asset),
                                opening.getOrDefault(asset, Balance.NOTHING),
                                movements.getOrDefault(asset, List.of()),
                                Objects.requireNonNull(closing.get(asset))))
                        .toList();
        return new Statement(merchant, from, to, asOf, !end.equals(Place.END), accounts);
    }

    private Place place(LocalDate day) {
        return history.reached(day.atStartOfDay(UTC).toInstant()).orElse(Place.END);
    }

    private static Account account(Asset asset, Balance opening, List<Movement> movements, Balance closing) {
        Totals totals = totals(movements);
        Delta held = totals.deposited().minus(totals.gross()).minus(totals.buyer());
        requireTie(asset, "held", opening.held(), held, closing.held());
        requireTie(
                asset,
                "receivable",
                opening.receivable(),
                totals.merchant().minus(totals.paid()),
                closing.receivable());
        requireTie(asset, "paid", opening.paid(), totals.paid(), closing.paid());
        return new Account(asset, opening, movements, closing, totals);
    }

    /** The closing balance is read from the records and not added up, so that a lost movement can't hide. */
    private static void requireTie(Asset asset, String what, Amount opening, Delta moved, Amount closing) {
        if (!Delta.of(opening).plus(moved).equals(Delta.of(closing))) {
            throw new IllegalStateException("statement in " + asset + ": " + what + " opened with " + opening
                    + ", moved by " + moved + " and closed with " + closing);
        }
    }

    private static Totals totals(List<Movement> movements) {
        return new Totals(
                sum(movements, Kind.DEPOSIT, Movement::deposited),
                sum(movements, Kind.DECISION, Movement::gross),
                sum(movements, Kind.DECISION, Movement::fee),
                sum(movements, Kind.DECISION, Movement::referral),
                sum(movements, Kind.DECISION, Movement::merchant),
                sum(movements, Kind.DECISION, Movement::buyer),
                sum(movements, Kind.PAYOUT, Movement::merchant));
    }

    private static Delta sum(List<Movement> movements, Kind kind, Function<Movement, Delta> member) {
        return movements.stream()
                .filter(movement -> movement.kind() == kind)
                .map(member)
                .reduce(Delta.ZERO, Delta::plus);
    }

    private static Map<String, Balance> balances(List<Standing> standings, Map<ConsignmentId, Terms> terms) {
        Map<String, Balance> balances = new TreeMap<>();
        for (Standing standing : standings) {
            Terms agreed = of(terms, standing.id());
            Ledgered money = standing.money();
            Amount paid = Movements.paidToMerchant(agreed, money.paidGross());
            balances.merge(
                    agreed.asset().caip19(),
                    new Balance(money.held(), money.merchant().minus(paid), paid),
                    StatementMaker::plus);
        }
        return balances;
    }

    private static Balance plus(Balance a, Balance b) {
        return new Balance(
                a.held().plus(b.held()),
                a.receivable().plus(b.receivable()),
                a.paid().plus(b.paid()));
    }

    private static Terms of(Map<ConsignmentId, Terms> terms, ConsignmentId id) {
        Terms found = terms.get(id);
        if (found == null) {
            throw new IllegalStateException("no terms of consignment " + id);
        }
        return found;
    }
}
