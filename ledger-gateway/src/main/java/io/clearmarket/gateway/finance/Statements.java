package io.clearmarket.gateway.finance;

import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.gateway.readmodel.InvalidQuery;
import io.clearmarket.gateway.readmodel.MoneyHistory;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.wallet.identity.PartyId;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/** Merchants' statements from the read model, in one snapshot of it. */
@Service
public class Statements {
    private static final int LONGEST_DAYS = 366;

    private final ReadModel readModel;
    private final MoneyHistory history;
    private final ObjectProvider<EscrowChain> chain;

    Statements(ReadModel readModel, MoneyHistory history, ObjectProvider<EscrowChain> chain) {
        this.readModel = readModel;
        this.history = history;
        this.chain = chain;
    }

    /**
     * @param from first day, UTC
     * @param to last day, included; at most a leap year after the first
     * @throws InvalidQuery if the days are the wrong way round or too many
     * @throws io.clearmarket.gateway.chain.ChainException if the chain's node, asked who paid gas, is away
     */
    public Statement of(PartyId merchant, LocalDate from, LocalDate to) {
        if (to.isBefore(from) || to.isAfter(from.plusDays(LONGEST_DAYS - 1L))) {
            throw new InvalidQuery("to", to.toString(), "from " + from + " to at most " + LONGEST_DAYS + " days on");
        }
        Statement made = readModel
                .answer(() -> new StatementMaker(history, readModel.asOf()).of(merchant, from, to))
                .value();
        return Optional.ofNullable(chain.getIfAvailable())
                .map(node -> StatementGas.added(made, node))
                .orElse(made);
    }
}
