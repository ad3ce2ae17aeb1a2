package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.readmodel.AsOf;
import io.clearmarket.gateway.readmodel.MoneyAudit.Conservation;
import io.clearmarket.gateway.readmodel.MoneyAudit.Line;
import io.clearmarket.gateway.readmodel.MoneyAudit.Part;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.wallet.json.Json;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code clearmarket conservation}: 0 if all money adds up and, with --recheck, the answer is right. */
@Command(
        name = "conservation",
        mixinStandardHelpOptions = true,
        description =
                "Does all money on the ledger add up? Asks the running system's gateway; \"check\" asks both ledgers.")
final class ConservationCommand implements Callable<Integer> {
    private static final String LINES = "/api/v1/audit/conservation/consignments?limit=" + ReadModel.MAX_LIMIT;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Option(
            names = "--consignments",
            description = "The check of each consignment, newest first, in place of the sums.")
    private boolean consignments;

    @Mixin
    private AskOptions gateway = new AskOptions();

    @Override
    public Integer call() {
        return consignments ? lines() : sums();
    }

    private int sums() {
        ObjectNode answer = gateway.ask("/api/v1/audit/conservation", ObjectNode.class);
        AsOf asOf = Json.MAPPER.treeToValue(answer.remove("asOf"), AsOf.class);
        Conservation said = Json.MAPPER.treeToValue(answer, Conservation.class);
        List<String> wrong = gateway.recheck(again -> again.of(said, asOf));
        if (json) {
            System.out.println(
                    Json.MAPPER.writeValueAsString(Map.of("conservation", said, "asOf", asOf, "recheck", wrong)));
        } else {
            print(said, asOf, System.out);
            gateway.print(wrong, System.out);
        }
        return said.differing().isEmpty() && wrong.isEmpty() ? 0 : 1;
    }

    private int lines() {
        List<Part> parts = new ArrayList<>();
        String next = "";
        while (next != null) {
            Part part = gateway.ask(LINES + next, Part.class);
            parts.add(part);
            next = part.next() == null ? null : "&cursor=" + URLEncoder.encode(part.next(), StandardCharsets.UTF_8);
        }
        List<String> wrong = gateway.recheck(again -> again.of(parts));
        List<Line> all = parts.stream().flatMap(part -> part.items().stream()).toList();
        if (json) {
            System.out.println(Json.MAPPER.writeValueAsString(Map.of("parts", parts, "recheck", wrong)));
        } else {
            AskOptions.print(parts.getLast().asOf(), System.out);
            all.forEach(line -> System.out.printf(
                    "%s deposited %s held %s gross %s buyer %s paid %s and %s%s%n",
                    line.id(),
                    line.deposited(),
                    line.held(),
                    line.gross(),
                    line.buyerShare(),
                    line.paidGross(),
                    line.paidBuyer(),
                    line.breaches().isEmpty() ? "" : " " + line.breaches()));
            gateway.print(wrong, System.out);
        }
        boolean adds = all.stream().allMatch(line -> line.breaches().isEmpty());
        return adds && wrong.isEmpty() ? 0 : 1;
    }

    private static void print(Conservation said, AsOf asOf, PrintStream out) {
        AskOptions.print(asOf, out);
        said.totals().forEach(sums -> {
            out.println();
            out.println(sums.asset() + ", " + sums.consignments() + " consignments");
            out.printf("  %-10s %24s%n", "deposited", sums.deposited());
            out.printf("  %-10s %24s%n", "held", sums.held());
            out.printf("  %-10s %24s%n", "merchants", sums.merchant());
            out.printf("  %-10s %24s%n", "fees", sums.fee());
            out.printf("  %-10s %24s%n", "referrers", sums.referrer());
            out.printf("  %-10s %24s%n", "buyers", sums.buyer());
        });
        out.println();
        said.differing().forEach(line -> out.println(line.id() + ": " + line.breaches()));
        out.println(said.checked() + " consignments, " + said.differing().size() + " differ");
    }
}
