package io.clearmarket.wallet.pkcs11;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clearmarket.wallet.WalletException;
import io.clearmarket.wallet.eth.Keccak;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.p256.P256;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With SoftHSM, where it is installed; its tokens are in the folder of the configuration that Maven's settings name. */
class Pkcs11KeyTest {
    private static final char[] PIN = "1234".toCharArray();

    private static Path library = Path.of("");
    private static Provider token;

    @BeforeAll
    static void makeToken() throws Exception {
        Optional<Path> installed = Stream.of(
                        "/usr/lib/softhsm/libsofthsm2.so",
                        "/usr/lib64/softhsm/libsofthsm2.so",
                        "/usr/lib64/pkcs11/libsofthsm2.so")
                .map(Path::of)
                .filter(Files::isRegularFile)
                .findFirst();
        String configuration = System.getenv("SOFTHSM2_CONF");
        assumeTrue(installed.isPresent() && configuration != null, "SoftHSM is not installed");
        library = installed.get();
        Path tokens = Files.createTempDirectory("softhsm");
        Files.writeString(Path.of(configuration), "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
        Process made = new ProcessBuilder(
                        "softhsm2-util",
                        "--init-token",
                        "--free",
                        "--label",
                        "test",
                        "--pin",
                        "1234",
                        "--so-pin",
                        "1234")
                .redirectErrorStream(true)
                .redirectOutput(tokens.resolve("made.log").toFile())
                .start();
        assertThat(made.waitFor())
                .as(Files.readString(tokens.resolve("made.log")))
                .isZero();
        token = Security.getProvider("SunPKCS11")
                .configure("--name=test\nlibrary=" + library + "\nslotListIndex=0\n"
                        + "attributes(generate,CKO_PRIVATE_KEY,CKK_EC) = {\nCKA_TOKEN = true\nCKA_SIGN = true\n"
                        + "CKA_SENSITIVE = true\nCKA_EXTRACTABLE = false\n}\n");
        makeKey("attester", "secp256k1");
        makeKey("peer", "secp256r1");
    }

    @Test
    void what_a_token_signs_is_recovered_to_its_address() {
        Pkcs11Key key = Pkcs11Key.open(library, 0, PIN, "attester");
        for (int i = 0; i < 32; i++) {
            byte[] digest = Keccak.hash256(("message " + i).getBytes(UTF_8));
            byte[] signature = key.signDigest(digest);
            // recover refuses s in the upper half
            assertThat(Secp256k1Key.recover(digest, signature)).isEqualTo(key.address());
        }
        assertThatThrownBy(() -> key.signDigest(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_key_is_the_same_whenever_it_is_opened_and_does_not_leave_the_token() throws Exception {
        assertThat(Pkcs11Key.open(library, 0, PIN, "attester").address())
                .isEqualTo(Pkcs11Key.open(library, 0, PIN, "attester").address());
        KeyStore store = KeyStore.getInstance("PKCS11", token);
        store.load(null, PIN);
        assertThat(store.getKey("attester", null).getEncoded()).isNull();
    }

    @Test
    void what_cannot_be_opened_is_named() {
        assertThatThrownBy(() -> Pkcs11Key.open(library, 0, PIN, "nobody"))
                .isInstanceOf(WalletException.class)
                .hasMessageContaining("\"nobody\"");
        assertThatThrownBy(() -> Pkcs11Key.open(library, 0, PIN, "peer"))
                .isInstanceOf(WalletException.class)
                .hasMessageContaining("not on secp256k1");
        assertThatThrownBy(() -> Pkcs11Key.open(library, 7, PIN, "attester"))
                .isInstanceOf(WalletException.class)
                .hasMessageContaining("slot");
        assertThatThrownBy(() -> Pkcs11Key.open(Path.of("/nowhere/library.so"), 0, PIN, "attester"))
                .isInstanceOf(WalletException.class)
                .hasMessageContaining("/nowhere/library.so");
    }

    private static void makeKey(String label, String curve) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS11", token);
        store.load(null, PIN);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", token);
        generator.initialize(new ECGenParameterSpec(curve));
        KeyPair pair = generator.generateKeyPair();
        store.setKeyEntry(label, pair.getPrivate(), null, new Certificate[] {certificate(pair)});
    }

    /** Tokens keep keys with certificates; who signed this one does not matter. */
    private static Certificate certificate(KeyPair pair) throws Exception {
        Instant now = Instant.now();
        X500Name name = new X500Name("CN=test");
        return new JcaX509CertificateConverter()
                .getCertificate(new X509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(now),
                                Date.from(now.plusSeconds(3_600)),
                                name,
                                SubjectPublicKeyInfo.getInstance(
                                        pair.getPublic().getEncoded()))
                        .build(new JcaContentSignerBuilder("SHA256withECDSA")
                                .build(P256.generate().getPrivate())));
    }
}
