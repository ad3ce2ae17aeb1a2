package io.clearmarket.chaincode.moves;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rows of the table, one subject after another. */
public final class MoveTable {
    private static final List<LegalMove> ROWS = Stream.of(
                    TradeMoves.deposit(),
                    TradeMoves.service(),
                    TradeMoves.beforeShipping(),
                    TradeMoves.onTheWay(),
                    TradeMoves.partiesWord(),
                    TradeMoves.conditions(),
                    ReturnMoves.returns(),
                    DisputeMoves.disputes(),
                    DisputeMoves.agreement(),
                    DisputeMoves.arbitration(),
                    TradeMoves.afterwards())
            .flatMap(List::stream)
            .toList();

    private MoveTable() {}

    /** Every row; a command may have several. */
    public static List<LegalMove> rows() {
        return ROWS;
    }

    /** The commands that the table lets a party give now. */
    public static Set<Class<? extends Command.OfConsignment>> legal(
            PartyId asker, Consignment now, Terms terms, Instant at) {
        return ROWS.stream()
                .filter(row -> row.isLegal(asker, now, terms, at))
                .map(LegalMove::command)
                .collect(Collectors.toUnmodifiableSet());
    }
}
