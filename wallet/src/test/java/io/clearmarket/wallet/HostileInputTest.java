package io.clearmarket.wallet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.Csr;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.eip712.TypedData;
import io.clearmarket.wallet.fabric.SampleProposal;
import io.clearmarket.wallet.fabric.ShownProposal;
import io.clearmarket.wallet.identity.Identity;
import io.clearmarket.wallet.identity.Keys;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.p256.P256;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever strangers send to a parser ends in a refusal and never in another exception, which would be a 5xx somewhere. */
class HostileInputTest {
    private static final int ROUNDS = 400;
    private static final SigningIdentity SOMEBODY =
            DevelopmentCa.create("PlatformMSP", "ca").issue(CertificateRequest.of("somebody", NodeOu.CLIENT));

    @Test
    void a_certificate_signing_request() {
        byte[] der = Pem.decode(
                "CERTIFICATE REQUEST", Csr.create(P256.generate(), "a").toPem());
        attack(der, bytes -> Csr.parse(Pem.encode("CERTIFICATE REQUEST", bytes)));
        attack(Pem.encode("CERTIFICATE REQUEST", der).getBytes(ISO_8859_1), text(Csr::parse));
    }

    @Test
    void a_certificate_and_an_identity() {
        byte[] pem = SOMEBODY.certificatePem().getBytes(ISO_8859_1);
        attack(pem, text(Pem::certificate));
        attack(SOMEBODY.serialized(), Identity::fromSerialized);
        attack(Pem.decode("CERTIFICATE", SOMEBODY.certificatePem()), bytes -> Pem.certificate(bytes));
    }

    @Test
    void a_public_key_and_a_private_key() {
        attack(SOMEBODY.certificate().getPublicKey().getEncoded(), Keys::p256);
        attack(SOMEBODY.privateKey().getEncoded(), Pem::p256PrivateKey);
        attack(Pem.encode(SOMEBODY.privateKey()).getBytes(ISO_8859_1), text(Pem::privateKey));
    }

    @Test
    void a_proposal() {
        attack(SampleProposal.of(SOMEBODY, "order:accept", "o-1"), ShownProposal::decode);
    }

    @Test
    void typed_data_and_json() {
        String typed = """
                {"types":{"EIP712Domain":[{"name":"chainId","type":"uint256"}],
                 "A":[{"name":"b","type":"B[]"},{"name":"c","type":"uint8[2][]"},{"name":"d","type":"bytes"}],
                 "B":[{"name":"e","type":"address"},{"name":"f","type":"int16"},{"name":"g","type":"bytes4"}]},
                 "primaryType":"A","domain":{"chainId":1},"message":{"c":[[1,2],[3,4]],"d":"0x01",
                 "b":[{"e":"0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826","f":-1,"g":"0x01020304"}]}}""";
        assertThat(TypedData.parse(typed).digest()).hasSize(32);
        attack(typed.getBytes(ISO_8859_1), text(TypedData::parse));
        attack(typed.getBytes(ISO_8859_1), text(CanonicalJson::bytes));
    }

    private static Consumer<byte[]> text(Consumer<String> parser) {
        return bytes -> parser.accept(new String(bytes, ISO_8859_1));
    }

    /** Seeded changes of genuine input: cut, doubled and with other bytes. */
    private static void attack(byte[] genuine, Consumer<byte[]> parser) {
        parser.accept(genuine);
        Random random = new Random(42);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] changed = changed(genuine, random);
            try {
                parser.accept(changed);
            } catch (IllegalArgumentException | WalletException refused) {
                assertThat(refused.getMessage()).isNotBlank().doesNotEndWith(": null");
            } catch (RuntimeException other) {
                fail("round " + i + " ended in " + other, other);
            }
        }
    }

    private static byte[] changed(byte[] genuine, Random random) {
        int at = random.nextInt(genuine.length);
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(genuine, at);
            case 1 -> {
                byte[] longer = Arrays.copyOf(genuine, genuine.length + at);
                System.arraycopy(genuine, 0, longer, genuine.length, at);
                yield longer;
            }
            default -> {
                byte[] flipped = genuine.clone();
                for (int n = 1 + random.nextInt(3); n > 0; n--) {
                    flipped[random.nextInt(flipped.length)] = (byte) random.nextInt(256);
                }
                yield flipped;
            }
        };
    }
}
