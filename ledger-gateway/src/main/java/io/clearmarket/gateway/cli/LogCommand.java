package io.clearmarket.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.gateway.proof.LogExport;
import io.clearmarket.wallet.proof.InvalidProof;
import io.clearmarket.wallet.proof.ProofVerifier;
import io.clearmarket.wallet.proof.TrustPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clearmarket log}. */
@Command(name = "log", mixinStandardHelpOptions = true, description = "The transparency log.")
final class LogCommand {
    private static final int REFUSED = 1;

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = {
                "Saves the log as static files (C2SP tlog-tiles), with its checkpoint, its policy and the verifier page, and checks that they"
                        + " hash to the checkpoint. Each organisation can give them out from an origin of its own; called again,"
                        + " it adds what is new.",
                "\"verify\" reads the folder by --tiles."
            })
    int export(
            @Parameters(paramLabel = "DIR", description = "Where to; made if it is absent.") Path folder,
            @Option(
                            names = "--gateway",
                            converter = Checked.Web.class,
                            paramLabel = "URL",
                            description = "A gateway's address (default: the running system's).")
                    @Nullable
                    URI gateway,
            @Option(
                            names = "--policy",
                            paramLabel = "FILE",
                            description = "Whom to trust, as in \"verify\" (default: this checkout's own system's).")
                    @Nullable
                    Path policy,
            @Option(
                            names = "--data",
                            description = "The system's data folder (default: .clearmarket beside the launcher).")
                    @Nullable
                    Path data)
            throws InterruptedException {
        URI from = gateway == null ? RunningSystem.of(data).gateway() : gateway;
        Path pinned = Main.policy(policy, data);
        try {
            ProofVerifier verifier = new ProofVerifier(TrustPolicy.parse(new String(Main.read(pinned), UTF_8)));
            LogExport.Saved saved = LogExport.run(from, Main.fromUser(folder), verifier);
            System.out.printf(
                    "%d leaves, %d files written; verify.html has SHA-256 %s%n",
                    saved.checkpoint().size(), saved.files(), saved.page().hex());
            return 0;
        } catch (InvalidProof invalid) {
            System.err.println("clearmarket: NOT VERIFIED (" + invalid.check() + "): " + invalid.getMessage());
        } catch (IOException e) {
            System.err.println("clearmarket: the log can't be saved: " + Main.reason(e));
        }
        return REFUSED;
    }
}
