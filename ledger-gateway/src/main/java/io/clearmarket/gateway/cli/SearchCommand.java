package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.readmodel.AsOf;
import io.clearmarket.gateway.readmodel.MoneyAudit.Hit;
import io.clearmarket.wallet.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clearmarket search TEXT}: 0 if something was found and, with --recheck, the answer is right. */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description =
                "What does an id name? Asks the running system's gateway for an order, consignment, party, item, event, "
                        + "transaction, escrow or address: whole, or its beginning from six characters on.")
final class SearchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TEXT", description = "An id, or its beginning.")
    private @Nullable String text;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Mixin
    private AskOptions gateway = new AskOptions();

    private record Found(List<Hit> items, AsOf asOf) {}

    @Override
    public Integer call() {
        String wanted = text;
        if (wanted == null) {
            throw new IllegalStateException("the command line requires TEXT");
        }
        Found found =
                gateway.ask("/api/v1/audit/search?q=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8), Found.class);
        List<String> wrong = gateway.recheck(again -> again.of(wanted, found.items(), found.asOf()));
        if (json) {
            System.out.println(Json.MAPPER.writeValueAsString(
                    Map.of("items", found.items(), "asOf", found.asOf(), "recheck", wrong)));
        } else {
            AskOptions.print(found.asOf(), System.out);
            found.items()
                    .forEach(hit -> System.out.println(
                            hit.kind() + " " + hit.id() + (hit.about() == null ? "" : " (" + hit.about() + ")")));
            if (found.items().isEmpty()) {
                System.out.println("nothing is named \"" + wanted + "\", or begins so");
            }
            gateway.print(wrong, System.out);
        }
        return !found.items().isEmpty() && wrong.isEmpty() ? 0 : 1;
    }
}
