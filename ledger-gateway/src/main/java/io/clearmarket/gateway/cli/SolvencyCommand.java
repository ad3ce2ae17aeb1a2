package io.clearmarket.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.gateway.finance.Solvency;
import io.clearmarket.wallet.json.Json;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clearmarket solvency}: 0 if the contract has what is owed and, with --recheck, the answer is right. */
@Command(
        name = "solvency",
        mixinStandardHelpOptions = true,
        description = "Does the escrow contract have what the ledger says is owed? Asks the running system's gateway.")
final class SolvencyCommand implements Callable<Integer> {
    @Option(
            names = "--asset",
            converter = Checked.AssetName.class,
            paramLabel = "CAIP19",
            description = "Only this asset, eip155:<chain>/erc20:<address>.")
    private @Nullable Asset asset;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Mixin
    private AskOptions gateway = new AskOptions();

    @Override
    public Integer call() {
        Asset wanted = asset;
        String query = wanted == null ? "" : "?asset=" + URLEncoder.encode(wanted.caip19(), UTF_8);
        Solvency answer = gateway.ask("/api/v1/solvency" + query, Solvency.class);
        List<String> wrong = gateway.recheck(again -> again.of(answer, wanted));
        if (json) {
            System.out.println(Json.MAPPER.writeValueAsString(Map.of("solvency", answer, "recheck", wrong)));
        } else {
            print(answer, System.out);
            gateway.print(wrong, System.out);
        }
        return answer.sound() && wrong.isEmpty() ? 0 : 1;
    }

    static void print(Solvency answer, PrintStream out) {
        AskOptions.print(answer.ledger(), out);
        out.printf(
                "chain    final block %d, %s%n",
                answer.chain().number(), answer.chain().hash());
        answer.assets().forEach(sums -> {
            out.println();
            out.println(sums.asset() + ", " + sums.consignments() + " consignments");
            out.printf("  %-16s %24s%n", "held", sums.held());
            out.printf("  %-16s %24s%n", "pending", sums.pending());
            out.printf("  %-16s %24s%n", "claimable", sums.claimable());
            out.printf("  %-16s %24s%n", "owed (ledger)", sums.owedByLedger());
            out.printf("  %-16s %24s%n", "owed (contract)", sums.owedByContract());
            out.printf("  %-16s %24s%n", "balance", sums.balance());
            out.printf("  %-16s %24s%n", "surplus", sums.surplus());
        });
        out.println();
        answer.differences()
                .forEach(each -> out.println(each.consignment() + ": " + each.what() + ": ledger " + each.ledger()
                        + ", contract " + each.contract() + " (" + each.kind() + ")"));
        out.println(answer.sound() ? "solvent" : "NOT SOUND");
    }
}
