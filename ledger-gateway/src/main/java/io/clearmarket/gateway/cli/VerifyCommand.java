package io.clearmarket.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.gateway.proof.LogComparison;
import io.clearmarket.gateway.proof.LogTiles;
import io.clearmarket.gateway.proof.SeenCheckpoint;
import io.clearmarket.wallet.proof.InvalidProof;
import io.clearmarket.wallet.proof.ProofVerifier;
import io.clearmarket.wallet.proof.TrustPolicy;
import io.clearmarket.wallet.proof.VerifiedProof;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clearmarket verify FILE [OTHER]}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Verifies a proof file against a pinned trust policy, without any network.",
            "With OTHER, or --against: and that both were made from one log that only grew. Two people, or one at two times, who were"
                    + " shown different logs find out so; both signed notes are printed, as evidence to show to others."
        },
        footer =
                "Exit code 0: authentic, and of one log. 1: not, with the check that failed; or not shown to be of one log.")
final class VerifyCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "A .clearmarket-proof file.")
    private @Nullable Path file;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "OTHER",
            description = "Another proof file, of any record, to compare the logs of both.")
    private @Nullable Path other;

    @Option(
            names = "--against",
            paramLabel = "CHECKPOINT",
            description = "A checkpoint (C2SP signed note) or proof file that you have seen before, to compare with.")
    private @Nullable Path against;

    @Option(
            names = "--tiles",
            paramLabel = "URL|DIR",
            description =
                    "The log's tiles, where they are served (https://.../log) or in a folder; needed to compare two"
                            + " checkpoints of different sizes. They are checked, not trusted.")
    private @Nullable String tiles;

    @Option(
            names = "--page",
            paramLabel = "HTML",
            description = "With the proof of the market's record: that this saved verifier page is the one that the"
                    + " organisations agreed on.")
    private @Nullable Path page;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description =
                    "Whom to trust, a C2SP tlog-policy that you got from a hand that you trust, never from whom gave"
                            + " you the proof (default: this checkout's own system's).")
    private @Nullable Path policy;

    @Option(names = "--data", description = "The system's data folder (default: .clearmarket beside the launcher).")
    private @Nullable Path data;

    @Override
    public Integer call() {
        if (file == null) {
            throw new IllegalStateException("the command line requires FILE");
        }
        Path proof = Main.fromUser(file);
        Path pinned = Main.policy(policy, data);
        try {
            TrustPolicy trusted = TrustPolicy.parse(new String(Main.read(pinned), UTF_8));
            ProofVerifier verifier = new ProofVerifier(trusted);
            byte[] file = Main.read(proof);
            VerifiedProof verified = verifier.verify(file);
            print(verified, pinned, System.out);
            boolean agreed = page == null || AgreedPage.report(Main.fromUser(page), verified);
            return compared(verifier, SeenCheckpoint.of(file)) && agreed ? 0 : 1;
        } catch (InvalidProof invalid) {
            System.err.println("clearmarket: NOT VERIFIED (" + invalid.check() + "): " + invalid.getMessage());
        } catch (IOException e) {
            System.err.println("clearmarket: can't be read: " + Main.reason(e));
        }
        return 1;
    }

    /** True if all that it was to be compared with is of one log. */
    private boolean compared(ProofVerifier verifier, SeenCheckpoint seen) throws IOException {
        boolean one = true;
        for (Path each : Stream.of(other, against).filter(Objects::nonNull).toList()) {
            byte[] file = Main.read(Main.fromUser(each));
            SeenCheckpoint before = SeenCheckpoint.of(file);
            if (file[0] == '{') {
                verifier.verify(file);
            } else {
                verifier.verify(before.checkpoint(), before.note());
            }
            one &= report(LogComparison.of(seen.checkpoint(), before.checkpoint(), tiles()), seen, before);
        }
        return one;
    }

    private @Nullable LogTiles tiles() {
        if (tiles == null) {
            return null;
        }
        return tiles.matches("https?://.+")
                ? LogTiles.served(URI.create(tiles))
                : LogTiles.saved(Main.fromUser(Path.of(tiles)));
    }

    private static boolean report(LogComparison found, SeenCheckpoint seen, SeenCheckpoint before) {
        return switch (found) {
            case LogComparison.Continues same -> {
                System.out.printf(
                        "ONE LOG: the checkpoints of %d and of %d leaves are of one log that only grew.%n",
                        before.checkpoint().size(), seen.checkpoint().size());
                yield true;
            }
            case LogComparison.Forked forked -> {
                System.err.println("clearmarket: FORKED LOG: " + forked.reason()
                        + ". Each of these was signed and cosigned; together they show that two histories were told:");
                System.err.println();
                System.err.println(before.note().encoded());
                System.err.println(seen.note().encoded());
                yield false;
            }
            case LogComparison.Unknown unknown -> {
                System.err.println("clearmarket: NOT COMPARED: " + unknown.reason());
                yield false;
            }
        };
    }

    private static void print(VerifiedProof verified, Path policy, PrintStream out) {
        out.println("AUTHENTIC: this record is on the ledger as shown.");
        out.println("  record       " + verified.leaf().namespace() + " "
                + verified.leaf().key().replace('\0', ' ').strip());
        out.println("  written      block " + verified.leaf().block() + ", transaction "
                + verified.leaf().transactionId());
        out.println("  signed by    certificate with SHA-256 " + verified.leaf().creator());
        out.println("  log          " + verified.checkpoint().origin() + ", "
                + verified.checkpoint().size() + " leaves");
        verified.witnesses().forEach((name, time) -> out.printf("  witnessed    %s at %s%n", name, time));
        verified.disclosures().forEach(field -> out.printf("  disclosed    %s = %s%n", field.path(), field.value()));
        out.println("  trusting     " + policy);
        out.println();
        out.println(
                verified.record() == null
                        ? "(no JSON record)"
                        : verified.record().toPrettyString());
        out.println();
        out.println(
                "Checked: the log's and the witnesses' signatures, the place in the log, the record's hash, each disclosure.");
        out.println(
                "Not checked: the thing itself. A copied code looks identical; this history is authentic all the same.");
        out.println(
                "Not checked: whether a newer record exists. On a demonstration network one operator holds all keys.");
    }
}
