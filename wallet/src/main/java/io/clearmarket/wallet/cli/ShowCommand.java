package io.clearmarket.wallet.cli;

import io.clearmarket.wallet.ca.CertificateAttributes;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.store.KeyKind;
import io.clearmarket.wallet.store.WalletEntry;
import io.clearmarket.wallet.store.WalletStore;
import java.security.cert.X509Certificate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show what is public about a key: ids, certificate or certificate request.")
final class ShowCommand extends WalletAction {
    @Parameters(paramLabel = "NAME", description = "The key's name.")
    private String name = "";

    @Override
    void act() {
        WalletStore store = wallet().store();
        WalletEntry entry = store.entry(name);
        row("name", entry.name());
        row("kind", entry.kind().label());
        row(
                switch (entry.kind()) {
                    case P256 -> "party";
                    case SECP256K1 -> "address";
                    case ED25519 -> "public key";
                },
                entry.publicId());
        row("created", entry.created());
        if (entry.kind() == KeyKind.P256) {
            X509Certificate certificate = store.certificate(name);
            if (certificate == null) {
                row("certificate", "none yet; its request:");
                out().print(store.csr(name));
            } else {
                show(certificate, String.valueOf(entry.mspId()));
            }
        }
    }

    private void show(X509Certificate certificate, String mspId) {
        row("member of", mspId);
        row("subject", certificate.getSubjectX500Principal().getName());
        row("issuer", certificate.getIssuerX500Principal().getName());
        row(
                "valid",
                certificate.getNotBefore().toInstant() + " to "
                        + certificate.getNotAfter().toInstant());
        CertificateAttributes.of(certificate).forEach((attribute, value) -> row(attribute, value));
        out().print(Pem.encode(certificate));
    }

    private void row(String label, Object value) {
        out().printf("%-12s %s%n", label, value);
    }
}
