package io.clearmarket.wallet.cli;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.WalletException;
import io.clearmarket.wallet.identity.MspFolder;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.store.Pkcs12;
import io.clearmarket.wallet.store.WalletEntry;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = {
            "Take in a certificate for a key created here, or an identity made elsewhere.",
            "The key of a PKCS#12 file is opened, and kept, with the same passphrase."
        })
final class ImportCommand extends WalletAction {
    @Parameters(paramLabel = "NAME", description = "The key's name here.")
    private String name = "";

    @Option(
            names = "--msp-id",
            required = true,
            paramLabel = "MSP",
            description = "The organisation, such as AuditMSP.")
    private String mspId = "";

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Source source = new Source();

    static final class Source {
        @Option(names = "--pkcs12", paramLabel = "FILE", description = "Key and certificate in one file.")
        private @Nullable Path pkcs12;

        @ArgGroup(exclusive = false)
        private @Nullable PemFiles pem;
    }

    static final class PemFiles {
        @Option(names = "--certificate", required = true, paramLabel = "FILE", description = "A PEM certificate.")
        private Path certificate = Path.of("");

        @Option(names = "--key", paramLabel = "FILE", description = "Its unencrypted PEM key, if not created here.")
        private @Nullable Path key;
    }

    @Override
    void act() {
        out().println(imported().publicId());
    }

    private WalletEntry imported() {
        PemFiles pem = source.pem;
        if (source.pkcs12 != null) {
            char[] passphrase = wallet().passphrase();
            return wallet().store().add(name, Pkcs12.read(mspId, source.pkcs12, passphrase), passphrase);
        }
        if (pem == null) {
            throw new IllegalStateException("picocli let neither source through");
        }
        if (pem.key != null) {
            return wallet().store()
                    .add(name, MspFolder.readPem(mspId, pem.certificate, pem.key), wallet().newPassphrase());
        }
        return wallet().store().certify(name, mspId, certificate(pem.certificate));
    }

    private static X509Certificate certificate(Path file) {
        String text = PrivateFiles.readText(file);
        try {
            return Pem.certificate(text);
        } catch (IllegalArgumentException e) {
            throw WalletException.of(file, e);
        }
    }
}
