package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.finance.Camt053;
import io.clearmarket.gateway.finance.Statement;
import io.clearmarket.gateway.finance.StatementCsv;
import io.clearmarket.wallet.json.Json;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clearmarket statement}: 0 if it could be made and, with --recheck, is right. */
@Command(
        name = "statement",
        mixinStandardHelpOptions = true,
        description =
                "A merchant's statement: opening, movements, closing. Days are UTC by the ledger's time, both included.")
final class StatementCommand implements Callable<Integer> {
    /** How it is printed. */
    enum Format {
        TEXT,
        JSON,
        CSV,
        CAMT053
    }

    @Option(names = "--merchant", required = true, paramLabel = "PARTY", description = "The merchant's party id.")
    private String merchant = "";

    @Option(
            names = "--from",
            converter = Checked.Day.class,
            required = true,
            paramLabel = "DAY",
            description = "First day, such as 2026-11-01.")
    private LocalDate from = LocalDate.EPOCH;

    @Option(
            names = "--to",
            converter = Checked.Day.class,
            required = true,
            paramLabel = "DAY",
            description = "Last day, included.")
    private LocalDate to = LocalDate.EPOCH;

    @Option(
            names = "--format",
            defaultValue = "TEXT",
            description = "text, json, csv or camt053 (ISO 20022 camt.053.001.08). Default: text.")
    private Format format = Format.TEXT;

    @Mixin
    private AskOptions gateway = new AskOptions();

    @Override
    public Integer call() {
        Statement answer =
                gateway.ask("/api/v1/statements?merchant=" + merchant + "&from=" + from + "&to=" + to, Statement.class);
        switch (format) {
            case TEXT -> print(answer, System.out);
            case JSON -> System.out.println(Json.MAPPER.writeValueAsString(answer));
            case CSV -> System.out.print(StatementCsv.of(answer));
            case CAMT053 -> System.out.println(Camt053.of(answer, Instant.now()));
        }
        List<String> wrong = gateway.recheck(again -> again.of(answer));
        gateway.print(wrong, format == Format.TEXT ? System.out : System.err);
        return wrong.isEmpty() ? 0 : 1;
    }

    static void print(Statement answer, PrintStream out) {
        out.printf("merchant %s%n", answer.merchant());
        out.printf(
                "%s to %s, ledger block %d%s%n",
                answer.from(), answer.to(), answer.asOf().block(), answer.complete() ? "" : ", not complete yet");
        answer.accounts().forEach(account -> {
            out.println();
            out.println(account.asset());
            balance(out, "opening", account.opening());
            account.movements()
                    .forEach(movement -> out.printf(
                            "  %s %-8s %-36s %-18s merchant %s fee %s referral %s buyer %s%s%n",
                            movement.at(),
                            movement.kind(),
                            movement.consignment(),
                            movement.command(),
                            movement.merchant(),
                            movement.fee(),
                            movement.referral(),
                            movement.buyer(),
                            movement.evm() == null ? "" : " 0x" + movement.evm().transaction()));
            balance(out, "closing", account.closing());
        });
    }

    private static void balance(PrintStream out, String name, Statement.Balance balance) {
        out.printf(
                "  %-8s held %s receivable %s paid %s%n", name, balance.held(), balance.receivable(), balance.paid());
    }
}
