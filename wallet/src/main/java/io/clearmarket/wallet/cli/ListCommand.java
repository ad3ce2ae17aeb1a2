package io.clearmarket.wallet.cli;

import io.clearmarket.wallet.json.Json;
import io.clearmarket.wallet.store.WalletEntry;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "list", description = "Show every key's name, kind, organisation and public id.")
final class ListCommand extends WalletAction {
    @Option(names = "--json", description = "As a JSON array.")
    private boolean json;

    @Override
    void act() {
        List<WalletEntry> entries = wallet().store().list();
        if (json) {
            out().println(Json.MAPPER.writeValueAsString(entries));
        } else if (entries.isEmpty()) {
            err().println("no keys in " + wallet().folder() + "; \"wallet create NAME\" makes one");
        } else {
            entries.forEach(entry -> out().printf(
                            "%-20s %-10s %-14s %s%n",
                            entry.name(),
                            entry.kind().label(),
                            entry.mspId() == null ? "-" : entry.mspId(),
                            entry.publicId()));
        }
    }
}
