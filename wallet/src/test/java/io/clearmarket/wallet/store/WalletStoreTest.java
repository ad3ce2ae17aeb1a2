package io.clearmarket.wallet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.WalletException;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.Csr;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.ca.Validity;
import io.clearmarket.wallet.ed25519.Ed25519Key;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalletStoreTest {
    private static final DevelopmentCa CA = DevelopmentCa.create("PlatformMSP", "ca.platform");

    @TempDir
    Path folder;

    private Path wallet = Path.of("");
    private WalletStore store = WalletStore.open(wallet);

    @BeforeEach
    void open() {
        wallet = folder.resolve("deep/wallet");
        store = WalletStore.open(wallet, ScryptCost.LIGHT);
    }

    @Test
    void a_buyer_enrols_from_a_csr_and_then_signs() {
        WalletEntry entry = store.createP256("ana", "ana", secret());
        assertThat(entry.mspId()).isNull();
        assertThatThrownBy(() -> store.identity("ana", secret())).hasMessageContaining("has no certificate yet");
        Csr csr = Csr.parse(store.csr("ana"));
        X509Certificate certificate = CA.issueFromCsr(csr, "buyer", Map.of("role", "buyer"), Validity.ofDays(30));
        store.certify("ana", "PlatformMSP", certificate);
        SigningIdentity identity = WalletStore.open(wallet).identity("ana", secret());
        assertThat(identity.partyId().value()).isEqualTo(entry.publicId());
        assertThat(identity.verify(new byte[] {1}, identity.sign(new byte[] {1})))
                .isTrue();
        assertThat(store.entry("ana").mspId()).isEqualTo("PlatformMSP");
    }

    @Test
    void a_certificate_for_another_key_is_refused() {
        store.createP256("ana", "ana", secret());
        SigningIdentity other = CA.issue(CertificateRequest.of("other", NodeOu.CLIENT));
        assertThatThrownBy(() -> store.certify("ana", "PlatformMSP", other.certificate()))
                .isInstanceOf(WalletException.class)
                .hasMessageContaining(PartyId.of(other.certificate()).value());
        assertThat(store.certificate("ana")).isNull();
    }

    @Test
    void every_kind_of_key_comes_back_and_is_listed_by_name() {
        SigningIdentity identity = CA.issue(CertificateRequest.of("merchant", NodeOu.CLIENT));
        Secp256k1Key account = Secp256k1Key.generate();
        Ed25519Key witness = Ed25519Key.generate();
        store.add("witness", witness, secret());
        store.add("merchant", identity, secret());
        store.add("account", account, secret());
        assertThat(store.identity("merchant", secret())).isEqualTo(identity);
        assertThat(store.secp256k1("account", secret()).address()).isEqualTo(account.address());
        assertThat(store.ed25519("witness", secret()).publicKey()).isEqualTo(witness.publicKey());
        assertThat(store.list())
                .extracting(WalletEntry::name, WalletEntry::kind)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("account", KeyKind.SECP256K1),
                        org.assertj.core.groups.Tuple.tuple("merchant", KeyKind.P256),
                        org.assertj.core.groups.Tuple.tuple("witness", KeyKind.ED25519));
        assertThat(store.entry("account").publicId())
                .isEqualTo(account.address().toString());
    }

    @Test
    void a_wrong_passphrase_says_so_and_names_the_file() {
        store.add("merchant", CA.issue(CertificateRequest.of("merchant", NodeOu.CLIENT)), secret());
        store.add("witness", Ed25519Key.generate(), secret());
        store.add("account", Secp256k1Key.generate(), secret());
        char[] wrong = "wrong".toCharArray();
        assertThatThrownBy(() -> store.identity("merchant", wrong))
                .isInstanceOf(WrongPassphrase.class)
                .hasMessage(wallet.resolve("merchant/key.pem") + ": wrong passphrase");
        assertThatThrownBy(() -> store.ed25519("witness", wrong)).isInstanceOf(WrongPassphrase.class);
        assertThatThrownBy(() -> store.secp256k1("account", wrong)).isInstanceOf(WrongPassphrase.class);
    }

    @Test
    void no_wrong_passphrase_slips_through_the_padding() {
        store.add("witness", Ed25519Key.generate(), secret());
        for (int i = 0; i < 20; i++) {
            char[] wrong = ("wrong" + i).toCharArray();
            assertThatThrownBy(() -> store.ed25519("witness", wrong)).isInstanceOf(WrongPassphrase.class);
        }
    }

    @Test
    void everything_is_its_owners_alone_and_no_key_is_in_the_clear() throws Exception {
        SigningIdentity identity = CA.issue(CertificateRequest.of("merchant", NodeOu.CLIENT));
        store.add("merchant", identity, secret());
        store.createP256("ana", "ana", secret());
        List<Path> paths = everything();
        assertThat(paths).hasSize(9);
        for (Path path : paths) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
        }
        assertThat(wallet.resolve("merchant/key.pem")).content().startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
    }

    @Test
    void a_name_in_use_is_never_overwritten_and_nothing_is_left_over() throws Exception {
        Ed25519Key first = Ed25519Key.generate();
        store.add("witness", first, secret());
        List<Path> before = everything();
        assertThatThrownBy(() -> store.add("witness", Ed25519Key.generate(), secret()))
                .isInstanceOf(WalletException.class)
                .hasMessage(wallet.resolve("witness")
                        + ": there is a key of this name already; keys are never overwritten");
        assertThat(everything()).isEqualTo(before);
        assertThat(store.ed25519("witness", secret()).publicKey()).isEqualTo(first.publicKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../ana", "a/b", ".hidden", "a b", "a\u0000"})
    void a_name_that_leads_elsewhere_is_refused(String name) {
        assertThatThrownBy(() -> store.createP256(name, "ana", secret())).hasMessageContaining("a key's name");
        assertThatThrownBy(() -> store.entry(name)).isInstanceOf(WalletException.class);
    }

    @Test
    void a_missing_key_another_kind_and_a_broken_description_are_told_apart() {
        store.add("witness", Ed25519Key.generate(), secret());
        assertThatThrownBy(() -> store.entry("nobody")).hasMessageContaining("there is no key \"nobody\"");
        assertThatThrownBy(() -> store.identity("witness", secret()))
                .hasMessageContaining("is a ed25519 key, where p256 is needed");
        PrivateFiles.write(wallet.resolve("witness/wallet.json"), "{}");
        assertThatThrownBy(() -> store.list())
                .hasMessageContaining(wallet.resolve("witness/wallet.json") + ": is not a wallet's description");
        assertThatThrownBy(() -> store.add("empty", Ed25519Key.generate(), new char[0]))
                .hasMessageContaining("empty passphrase");
        assertThat(WalletStore.open(folder.resolve("none")).list()).isEmpty();
    }

    @Test
    void a_pkcs12_file_gives_the_identity_back() {
        SigningIdentity identity = CA.issue(CertificateRequest.of("merchant", NodeOu.CLIENT));
        Path file = folder.resolve("merchant.p12");
        Pkcs12.write(file, identity, CA.certificate(), secret());
        assertThat(Pkcs12.read("PlatformMSP", file, secret())).isEqualTo(identity);
        assertThatThrownBy(() -> Pkcs12.read("PlatformMSP", file, "wrong".toCharArray()))
                .isInstanceOf(WrongPassphrase.class)
                .hasMessage(file + ": wrong passphrase");
        PrivateFiles.write(file, "hello");
        assertThatThrownBy(() -> Pkcs12.read("PlatformMSP", file, secret()))
                .hasMessageStartingWith(file + ": is no PKCS#12 file");
    }

    private List<Path> everything() throws IOException {
        try (Stream<Path> paths = Files.walk(wallet)) {
            return paths.sorted().toList();
        }
    }

    private static char[] secret() {
        return "correct horse".toCharArray();
    }
}
