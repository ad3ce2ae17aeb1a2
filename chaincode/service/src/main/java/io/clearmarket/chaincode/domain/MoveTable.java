package io.clearmarket.chaincode.domain;

import java.util.List;
import java.util.stream.Stream;

/** The rows of the table, one subject after another. */
final class MoveTable {
    private MoveTable() {}

    static List<LegalMove> rows() {
        return Stream.of(
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
    }
}
