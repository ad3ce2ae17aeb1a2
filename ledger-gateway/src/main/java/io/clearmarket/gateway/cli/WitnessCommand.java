package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.proof.witness.WitnessConfig;
import io.clearmarket.gateway.proof.witness.WitnessProcess;
import io.clearmarket.wallet.WalletException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code clearmarket witness}. */
@Command(
        name = "witness",
        mixinStandardHelpOptions = true,
        description = {
            "Runs one organisation's witness beside its peer: derives the log from that peer's blocks, cosigns checkpoints that are the"
                    + " same, and gives out the log and the verifier page. Ctrl-C ends it.",
            "docs/proof.md says what the configuration holds."
        })
final class WitnessCommand implements Callable<Integer> {
    private static final int REFUSED = 1;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Its configuration, a JSON file.")
    private Path config = Path.of("");

    @Override
    public Integer call() throws InterruptedException {
        try (WitnessProcess running = WitnessProcess.start(WitnessConfig.read(Main.fromUser(config)))) {
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "end"));
            Thread.currentThread().join();
            return 0;
        } catch (IOException | IllegalStateException | IllegalArgumentException | WalletException e) {
            System.err.println("clearmarket witness: " + e.getMessage());
            return REFUSED;
        }
    }
}
