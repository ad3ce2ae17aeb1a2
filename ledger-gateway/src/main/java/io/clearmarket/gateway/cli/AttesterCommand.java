package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.attester.AttesterProcess;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code clearmarket attester}. */
@Command(
        name = "attester",
        mixinStandardHelpOptions = true,
        description = {
            "Runs one organisation's attester beside its peer: reads that peer's blocks and its own node of the settlement "
                    + "chain, and signs what it finds there for the gateways that its configuration names. Ctrl-C ends it.",
            "docs/attesters.md says what the configuration holds."
        })
final class AttesterCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Its configuration, a JSON file.")
    private Path config = Path.of("");

    @Override
    public Integer call() throws InterruptedException {
        AttesterProcess.main(new String[] {Main.fromUser(config).toString()});
        Thread.currentThread().join();
        return 0;
    }
}
