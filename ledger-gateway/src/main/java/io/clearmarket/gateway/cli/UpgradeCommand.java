package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.up.ChaincodeUpgrade;
import io.clearmarket.gateway.up.UpException;
import io.clearmarket.gateway.up.UpState;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code clearmarket chaincode upgrade}. */
@Command(
        name = "upgrade",
        mixinStandardHelpOptions = true,
        description =
                "Brings another version of the chaincode onto the running system's network: installs it on every peer, "
                        + "has every organisation approve it, commits it. The old version serves until then.")
final class UpgradeCommand implements Callable<Integer> {
    @Option(names = "--to", required = true, paramLabel = "V", description = "Its version, such as 1.1.")
    private String version = "";

    @Option(names = "--jar", paramLabel = "JAR", description = "Its jar (default: the one that runs).")
    private @Nullable Path jar;

    @Option(names = "--policy", paramLabel = "TEXT", description = "Its endorsement policy (default: as it is).")
    private @Nullable String policy;

    @Option(
            names = "--data",
            description = "The running system's data folder (default: .clearmarket beside the launcher).")
    private @Nullable Path data;

    @Override
    public Integer call() {
        Path folder = Main.data(data);
        UpState up = UpState.ofRunning(folder)
                .orElseThrow(() -> new UpException("no system is up on " + folder + "; \"clearmarket up\" starts one"));
        Path brought = jar == null ? null : Main.fromUser(jar);
        System.out.println(ChaincodeUpgrade.ask(folder, up, version, brought, policy));
        return 0;
    }
}
