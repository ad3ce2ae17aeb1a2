package io.clearmarket.wallet.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.WalletException;
import io.clearmarket.wallet.eip712.TypedData;
import io.clearmarket.wallet.fabric.OfflineSigner;
import io.clearmarket.wallet.fabric.Shown;
import io.clearmarket.wallet.fabric.ShownProposal;
import io.clearmarket.wallet.fabric.ShownTransaction;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
        name = "sign",
        description = {
            "Show what is to be signed, ask, and print the signature.",
            "Fabric's bytes are the inner ones, raw or in base64; the signature is DER in base64.",
            "Typed data (EIP-712) is JSON; the signature is r, s, v in hex."
        })
final class SignCommand extends WalletAction {
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/\\s]+=?=?\\s*");

    @Parameters(paramLabel = "NAME", description = "The key's name.")
    private String name = "";

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Subject subject = new Subject();

    @Option(
            names = "--of",
            paramLabel = "FILE",
            description = "With --transaction: the proposal that was signed; another one's transaction is refused.")
    private @Nullable Path proposalBefore;

    @Option(names = "--yes", description = "Sign without asking.")
    private boolean yes;

    static final class Subject {
        @Option(names = "--proposal", paramLabel = "FILE", description = "A proposal's bytes.")
        private @Nullable Path proposal;

        @Option(names = "--transaction", paramLabel = "FILE", description = "An endorsed transaction's payload bytes.")
        private @Nullable Path transaction;

        @Option(names = "--typed-data", paramLabel = "FILE", description = "Typed data for an EVM chain.")
        private @Nullable Path typedData;
    }

    @Override
    void act() {
        if (proposalBefore != null && subject.transaction == null) {
            throw new ParameterException(spec().commandLine(), "--of goes with --transaction");
        }
        if (subject.typedData != null) {
            signTypedData(subject.typedData);
        } else if (subject.transaction != null) {
            ShownTransaction transaction = ShownTransaction.decode(bytes(subject.transaction));
            if (proposalBefore != null) {
                transaction.requireOf(ShownProposal.decode(bytes(proposalBefore)));
            }
            signForFabric(transaction);
        } else if (subject.proposal != null) {
            signForFabric(ShownProposal.decode(bytes(subject.proposal)));
        }
    }

    private void signForFabric(Shown shown) {
        ask(shown.text());
        byte[] signature = OfflineSigner.sign(wallet().store().identity(name, wallet().passphrase()), shown);
        out().println(Base64.getEncoder().encodeToString(signature));
    }

    private void signTypedData(Path file) {
        TypedData data;
        try {
            data = TypedData.parse(new String(PrivateFiles.read(file), UTF_8));
        } catch (IllegalArgumentException e) {
            throw WalletException.of(file, e);
        }
        ask(data.shown());
        byte[] signature =
                wallet().store().secp256k1(name, wallet().passphrase()).signDigest(data.digest());
        out().println("0x" + HexFormat.of().formatHex(signature));
    }

    private void ask(String shown) {
        err().println(shown.stripTrailing());
        err().flush();
        if (!yes && !wallet().person().agrees("Sign this as " + name + "?")) {
            throw new WalletException("not signed: nobody agreed; --yes signs without asking");
        }
    }

    private static byte[] bytes(Path file) {
        byte[] content = PrivateFiles.read(file);
        String text = new String(content, ISO_8859_1);
        try {
            return BASE64.matcher(text).matches() ? Base64.getDecoder().decode(text.replaceAll("\\s", "")) : content;
        } catch (IllegalArgumentException e) {
            throw WalletException.of(file, "is not base64: " + e.getMessage(), e);
        }
    }
}
