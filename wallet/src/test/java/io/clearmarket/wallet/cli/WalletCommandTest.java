package io.clearmarket.wallet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.ca.Csr;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.Validity;
import io.clearmarket.wallet.eip712.TypedData;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.fabric.OfflineSigner;
import io.clearmarket.wallet.fabric.SampleProposal;
import io.clearmarket.wallet.fabric.ShownProposal;
import io.clearmarket.wallet.identity.Identity;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.store.ScryptCost;
import java.io.BufferedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class WalletCommandTest {
    private static final DevelopmentCa CA = DevelopmentCa.create("PlatformMSP", "ca.platform");

    @TempDir
    Path folder;

    private final Map<String, String> environment = new java.util.HashMap<>(Map.of("CLEARMARKET_PASSPHRASE", "secret"));
    private final List<String> asked = new ArrayList<>();
    private boolean agrees = true;
    private String err = "";

    @Test
    void a_member_is_created_certified_shown_and_signs_a_proposal() {
        String party = done("create", "ana").strip();
        assertThat(done("show", "ana")).contains("BEGIN CERTIFICATE REQUEST");
        Csr csr = Csr.parse(PrivateFiles.readText(folder.resolve("w/ana/csr.pem")));
        X509Certificate certificate = CA.issueFromCsr(csr, "buyer", Map.of("role", "buyer"), Validity.ofDays(1));
        PrivateFiles.write(folder.resolve("cert.pem"), Pem.encode(certificate));
        assertThat(done("import", "ana", "--msp-id", "PlatformMSP", "--certificate", folder + "/cert.pem"))
                .contains(party);
        assertThat(done("show", "ana")).contains(party, "PlatformMSP", "CN=buyer-", "role         buyer");
        assertThat(done("list")).contains("ana", "p256", "PlatformMSP", party);

        Identity ana = new Identity("PlatformMSP", certificate);
        byte[] proposal = SampleProposal.of(ana, "order:accept", "o-1");
        PrivateFiles.write(folder.resolve("proposal"), proposal);
        byte[] signature = Base64.getDecoder()
                .decode(done("sign", "ana", "--proposal", folder + "/proposal").strip());
        assertThat(OfflineSigner.accept(ShownProposal.decode(proposal), signature))
                .isEqualTo(signature);
        assertThat(err).contains("order:accept", "o-1", party);
        assertThat(asked).containsExactly("Sign this as ana?");

        PrivateFiles.write(folder.resolve("text"), Base64.getMimeEncoder().encode(proposal));
        done("sign", "ana", "--yes", "--proposal", folder + "/text");
        assertThat(asked).hasSize(1);
    }

    @Test
    void nothing_is_signed_for_who_does_not_agree() {
        done("create", "shop", "--kind", "secp256k1");
        agrees = false;
        PrivateFiles.write(folder.resolve("mail.json"), typedData());
        assertThat(run("sign", "shop", "--typed-data", folder + "/mail.json")).isEqualTo(1);
        assertThat(err).contains("Hello", "error: not signed: nobody agreed");
    }

    @Test
    void typed_data_is_signed_by_an_account_from_a_phrase() {
        PrivateFiles.write(folder.resolve("phrase"), "test test test test test test test test test test test junk\n");
        assertThat(done("create", "shop", "--kind", "secp256k1", "--mnemonic-file", folder + "/phrase", "--index", "1"))
                .isEqualToIgnoringNewLines("0x70997970C51812dc3A010C7d01b50e0d17dc79C8\n");
        PrivateFiles.write(folder.resolve("mail.json"), typedData());
        String signature = done("sign", "shop", "--yes", "--typed-data", folder + "/mail.json")
                .strip();
        byte[] digest = TypedData.parse(typedData()).digest();
        assertThat(Secp256k1Key.recover(digest, HexFormat.of().parseHex(signature.substring(2))))
                .hasToString("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    }

    @Test
    void a_new_phrase_is_shown_once_and_kept_nowhere() throws Exception {
        done("create", "shop", "--kind", "secp256k1", "--mnemonic");
        String words = err.lines().skip(1).findFirst().orElseThrow();
        assertThat(words.split(" ")).hasSize(12);
        for (Path file : List.of(folder.resolve("w/shop/keystore.json"), folder.resolve("w/shop/wallet.json"))) {
            assertThat(Files.readString(file)).doesNotContain(words);
        }
    }

    @Test
    void a_wrong_passphrase_a_missing_file_and_a_missing_key_are_one_line_and_exit_code_1() {
        done("create", "shop", "--kind", "secp256k1");
        PrivateFiles.write(folder.resolve("mail.json"), typedData());
        environment.put("CLEARMARKET_PASSPHRASE", "wrong");
        assertThat(run("sign", "shop", "--yes", "--typed-data", folder + "/mail.json"))
                .isEqualTo(1);
        assertThat(err).endsWith("error: " + folder.resolve("w/shop/keystore.json") + ": wrong passphrase\n");
        assertThat(run("sign", "shop", "--typed-data", folder + "/none")).isEqualTo(1);
        assertThat(err).isEqualTo("error: " + folder.resolve("none") + ": cannot be read: there is no such file\n");
        assertThat(run("show", "nobody")).isEqualTo(1);
        assertThat(err).contains("there is no key \"nobody\"");
    }

    @Test
    void the_passphrase_file_comes_before_the_environment_and_without_both_one_is_needed() {
        PrivateFiles.write(folder.resolve("passphrase"), "other\n");
        done("create", "witness", "--kind", "ed25519", "--passphrase-file", folder + "/passphrase");
        assertThat(done("show", "witness")).contains("ed25519", "public key");
        environment.clear();
        assertThat(run("create", "more", "--kind", "ed25519")).isEqualTo(1);
        assertThat(err).contains("a passphrase is needed");
    }

    @Test
    void wrong_usage_is_exit_code_2() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("create")).isEqualTo(2);
        assertThat(run("create", "x", "--kind", "rsa")).isEqualTo(2);
        assertThat(err).contains("p256, secp256k1 or ed25519");
        assertThat(run("create", "x", "--mnemonic")).isEqualTo(2);
        assertThat(run("sign", "x")).isEqualTo(2);
        assertThat(run("sign", "x", "--proposal", "a", "--typed-data", "b")).isEqualTo(2);
        assertThat(run("sign", "--help")).isZero();
    }

    @Test
    void the_list_is_json_where_asked() {
        assertThat(done("list", "--json")).isEqualToIgnoringNewLines("[]");
        done("create", "witness", "--kind", "ed25519");
        assertThat(done("list", "--json")).contains("\"name\":\"witness\"", "\"kind\":\"ed25519\"");
    }

    private String done(String... arguments) {
        StringWriter out = new StringWriter();
        assertThat(run(out, arguments)).as(err).isZero();
        return out.toString();
    }

    private int run(String... arguments) {
        return run(new StringWriter(), arguments);
    }

    private int run(StringWriter out, String... arguments) {
        StringWriter errors = new StringWriter();
        CommandLine line = new CommandLine(new WalletCommand(new Someone(), environment, ScryptCost.LIGHT));
        line.setOut(new PrintWriter(new BufferedWriter(out), true)).setErr(new PrintWriter(errors, true));
        String[] all = arguments.length == 0 ? arguments : new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        if (arguments.length > 0) {
            all[arguments.length] = "--wallet";
            all[arguments.length + 1] = folder + "/w";
        }
        int code = line.execute(all);
        err = errors.toString();
        return code;
    }

    private static String typedData() {
        return """
                {"types":{"EIP712Domain":[{"name":"name","type":"string"}],"Note":[{"name":"text","type":"string"}]},
                 "primaryType":"Note","domain":{"name":"Test"},"message":{"text":"Hello"}}""";
    }

    private final class Someone implements Person {
        @Override
        public boolean agrees(String question) {
            asked.add(question);
            return agrees;
        }

        @Override
        public char @Nullable [] secret(String prompt) {
            return null;
        }
    }
}
