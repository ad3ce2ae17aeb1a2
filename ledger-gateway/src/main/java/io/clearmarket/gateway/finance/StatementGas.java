package io.clearmarket.gateway.finance;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.chain.EscrowReader;
import io.clearmarket.gateway.chain.GasPaid;
import io.clearmarket.gateway.finance.Statement.Account;
import io.clearmarket.gateway.finance.Statement.Evm;
import io.clearmarket.gateway.finance.Statement.Movement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Adds to a statement who paid for the settlement chain's transactions: the one thing in it that no ledger record tells. */
public final class StatementGas {
    private StatementGas() {}

    /** The same statement with what the node says. */
    public static Statement added(Statement statement, EscrowReader node) {
        Map<Digest, GasPaid> paid = node.gas(statement.accounts().stream()
                .flatMap(account -> account.movements().stream())
                .flatMap(movement -> Stream.ofNullable(movement.evm()))
                .map(Evm::transaction)
                .collect(Collectors.toSet()));
        List<Account> accounts = statement.accounts().stream()
                .map(account -> new Account(
                        account.asset(),
                        account.opening(),
                        account.movements().stream()
                                .map(movement -> added(movement, paid))
                                .toList(),
                        account.closing(),
                        account.totals()))
                .toList();
        return new Statement(
                statement.merchant(),
                statement.from(),
                statement.to(),
                statement.asOf(),
                statement.complete(),
                accounts);
    }

    private static Movement added(Movement movement, Map<Digest, GasPaid> gas) {
        Evm evm = movement.evm();
        if (evm == null) {
            return movement;
        }
        GasPaid paid = gas.get(evm.transaction());
        return paid == null
                ? movement
                : movement.with(new Evm(
                        evm.transaction(), evm.logIndex(), paid.by(), paid.wei().toString()));
    }
}
