package io.clearmarket.gateway.finance;

import io.clearmarket.gateway.finance.Statement.Account;
import io.clearmarket.gateway.finance.Statement.Balance;
import io.clearmarket.gateway.finance.Statement.Evm;
import io.clearmarket.gateway.finance.Statement.InTender;
import io.clearmarket.gateway.finance.Statement.Movement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A statement as CSV (RFC 4180, CRLF, a header line): for each asset an OPENING row, the movements, a CLOSING row. No value
 * begins with a sign that a spreadsheet would take for a formula, but for amounts below zero.
 */
public final class StatementCsv {
    private static final List<String> HEADER = List.of(
            "asset",
            "row",
            "at",
            "order",
            "consignment",
            "command",
            "deposited",
            "gross",
            "fee",
            "referral",
            "merchant",
            "buyer",
            "rate",
            "order_currency",
            "gross_ordered",
            "buyer_ordered",
            "tender",
            "tender_rate",
            "deposited_tendered",
            "gross_tendered",
            "buyer_tendered",
            "evm_transaction",
            "evm_log",
            "gas_paid_by",
            "gas_wei",
            "ledger_transaction",
            "ledger_block",
            "held",
            "receivable",
            "paid");

    private StatementCsv() {}

    public static String of(Statement statement) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        for (Account account : statement.accounts()) {
            rows.add(balance(account, "OPENING", statement.from().toString(), account.opening()));
            account.movements().forEach(movement -> rows.add(movement(account, movement)));
            rows.add(balance(account, "CLOSING", statement.to().toString(), account.closing()));
        }
        return rows.stream()
                .map(row -> row.stream().map(StatementCsv::quoted).collect(Collectors.joining(",")))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static List<String> balance(Account account, String name, String day, Balance balance) {
        List<String> row = new ArrayList<>(List.of(account.asset().caip19(), name, day));
        while (row.size() < HEADER.indexOf("held")) {
            row.add("");
        }
        row.addAll(List.of(
                balance.held().toString(),
                balance.receivable().toString(),
                balance.paid().toString()));
        return row;
    }

    private static List<String> movement(Account account, Movement movement) {
        Evm evm = movement.evm();
        InTender tender = movement.tender();
        return List.of(
                account.asset().caip19(),
                movement.kind().name(),
                movement.at().toString(),
                movement.order().value(),
                movement.consignment().value(),
                movement.command(),
                movement.deposited().toString(),
                movement.gross().toString(),
                movement.fee().toString(),
                movement.referral().toString(),
                movement.merchant().toString(),
                movement.buyer().toString(),
                movement.rate(),
                movement.orderCurrency(),
                movement.grossOrdered().toString(),
                movement.buyerOrdered().toString(),
                tender == null ? "" : tender.unit(),
                tender == null ? "" : tender.rate(),
                tender == null ? "" : tender.deposited().toString(),
                tender == null ? "" : tender.gross().toString(),
                tender == null ? "" : tender.buyer().toString(),
                evm == null ? "" : "0x" + evm.transaction().hex(),
                evm == null ? "" : Long.toString(evm.logIndex()),
                evm == null ? "" : text(evm.gasPaidBy()),
                evm == null ? "" : text(evm.gasWei()),
                movement.transactionId(),
                Long.toString(movement.block()),
                "",
                "",
                "");
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static String quoted(String value) {
        return value.matches("[^\",\r\n]*") ? value : "\"" + value.replace("\"", "\"\"") + "\"";
    }
}
