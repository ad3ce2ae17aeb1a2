package io.clearmarket.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.proof.InvalidProof;
import io.clearmarket.wallet.proof.ProofVerifier;
import io.clearmarket.wallet.proof.TrustPolicy;
import io.clearmarket.wallet.proof.VerifiedProof;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clearmarket verify FILE}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Verifies a proof file against a pinned trust policy, without any network.",
        footer = "Exit code 0: authentic. 1: not, with the check that failed.")
final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A .clearmarket-proof file.")
    private @Nullable Path file;

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
        Path pinned = policy == null ? Main.data(data).resolve("gateway/proof/policy") : Main.fromUser(policy);
        try {
            TrustPolicy trusted = TrustPolicy.parse(Files.readString(pinned, UTF_8));
            print(new ProofVerifier(trusted).verify(Files.readAllBytes(proof)), pinned, System.out);
            return 0;
        } catch (InvalidProof invalid) {
            System.err.println("clearmarket: NOT VERIFIED (" + invalid.check() + "): " + invalid.getMessage());
        } catch (IOException e) {
            System.err.println("clearmarket: can't be read: " + e.getMessage());
        }
        return 1;
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
