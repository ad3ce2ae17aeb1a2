package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.client.MarketClient;
import io.clearmarket.gateway.finance.Camt053;
import io.clearmarket.gateway.finance.Statement;
import io.clearmarket.gateway.finance.StatementCsv;
import io.clearmarket.gateway.up.UpState;
import io.clearmarket.wallet.json.Json;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How it is printed. */
    enum Format {
        TEXT,
        JSON,
        CSV,
        CAMT053
    }

    @Option(names = "--merchant", required = true, paramLabel = "PARTY", description = "The merchant's party id.")
    private String merchant = "";

    @Option(names = "--from", required = true, paramLabel = "DAY", description = "First day, such as 2026-11-01.")
    private LocalDate from = LocalDate.EPOCH;

    @Option(names = "--to", required = true, paramLabel = "DAY", description = "Last day, included.")
    private LocalDate to = LocalDate.EPOCH;

    @Option(
            names = "--format",
            defaultValue = "TEXT",
            description = "text, json, csv or camt053 (ISO 20022 camt.053.001.08). Default: text.")
    private Format format = Format.TEXT;

    @Mixin
    private RecheckOptions recheck = new RecheckOptions();

    @Option(
            names = "--data",
            description = "The running system's data folder (default: .clearmarket beside the launcher).")
    private @Nullable Path data;

    @Override
    public Integer call() {
        UpState up = RunningSystem.of(data);
        Statement answer = Json.MAPPER.treeToValue(
                new MarketClient(up.gateway(), PATIENCE)
                        .get(
                                "/api/v1/statements?merchant=" + merchant + "&from=" + from + "&to=" + to,
                                RunningSystem.token(up, "auditor")),
                Statement.class);
        switch (format) {
            case TEXT -> print(answer, System.out);
            case JSON -> System.out.println(Json.MAPPER.writeValueAsString(answer));
            case CSV -> System.out.print(StatementCsv.of(answer));
            case CAMT053 -> System.out.println(Camt053.of(answer, Instant.now()));
        }
        List<String> wrong = recheck.isWanted() ? recheck.run(up, again -> again.of(answer)) : List.of();
        RunningSystem.printRecheck(recheck.isWanted(), wrong, format == Format.TEXT ? System.out : System.err);
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
