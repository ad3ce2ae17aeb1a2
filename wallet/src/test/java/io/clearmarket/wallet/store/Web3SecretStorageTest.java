package io.clearmarket.wallet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.WalletException;
import io.clearmarket.wallet.eth.Secp256k1Key;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Web3SecretStorageTest {
    /** The PBKDF2 vector of the Web3 Secret Storage definition. */
    private static final String PBKDF2 = """
            {"crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":"6087dab2f9fdbbfaddc31a909735c1e6"},
             "ciphertext":"5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46","kdf":"pbkdf2",
             "kdfparams":{"c":262144,"dklen":32,"prf":"hmac-sha256",
              "salt":"ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},
             "mac":"517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"},
             "id":"3198bc9c-6672-5ab3-d995-4942343ae5b6","version":3}""";

    /** The same key by Foundry: {@code cast wallet import}. (The definition's own scrypt vector breaks RFC 7914's bound on N.) */
    private static final String SCRYPT = """
            {"crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":"82d9e288d576f25002465afac6062b43"},
             "ciphertext":"13747157c9573cd14a3479e2c038d596b3c9c9a087f77c9920c15cdfb53fd303","kdf":"scrypt",
             "kdfparams":{"dklen":32,"n":8192,"p":1,"r":8,
              "salt":"2ac0ab6a4b4b36552ecd3f18761c80f680d3f85cf6eb79bdca81dcce0aba989f"},
             "mac":"4a69d20c662a1bcadfb17b06c784bfebef1f81fb4ec88c628be2b7bf0a4f6a67"},
             "id":"1d8f88f7-39e3-4646-bb59-3a0dab5712e1","version":3}""";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {PBKDF2, SCRYPT})
    void the_vectors_of_others_open(String json) {
        Secp256k1Key key = Web3SecretStorage.decrypt(file(json), "testpassword".toCharArray());
        assertThat(HexFormat.of().formatHex(key.privateKey()))
                .isEqualTo("7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d");
        assertThat(key.address().lower()).isEqualTo("0x008aeeda4d805471df9b2a5b0f38a0c3bcba786b");
    }

    @Test
    void what_is_written_opens_with_its_passphrase_alone() {
        Secp256k1Key key = Secp256k1Key.generate();
        Path file = folder.resolve("key.json");
        PrivateFiles.write(file, Web3SecretStorage.encrypt(key, "p\u00e4ss".toCharArray(), ScryptCost.LIGHT));
        assertThat(Web3SecretStorage.decrypt(file, "p\u00e4ss".toCharArray()).address())
                .isEqualTo(key.address());
        assertThatThrownBy(() -> Web3SecretStorage.decrypt(file, "pass".toCharArray()))
                .isInstanceOf(WrongPassphrase.class)
                .hasMessage(file + ": wrong passphrase");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"version\":3','\"version\":1',version",
        "aes-128-ctr,aes-128-cbc,cipher",
        "hmac-sha256,hmac-sha512,prf",
        "'\"pbkdf2\"','\"argon2\"',kdf",
        "'\"c\":262144','\"c\":0',c is no positive number",
        "'\"mac\":\"51','\"mac\":\"zz',hexadecimal",
        "'\"iv\":','\"vi\":',iv is missing",
        "'{\"crypto\"','[\"crypto\"',is not JSON"
    })
    void a_file_of_another_form_is_refused_naming_the_file_and_the_reason(String part, String changed, String reason) {
        Path file = file(PBKDF2.replace(part, changed));
        assertThatThrownBy(() -> Web3SecretStorage.decrypt(file, "testpassword".toCharArray()))
                .isInstanceOf(WalletException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(reason);
    }

    @Test
    void a_file_that_asks_for_gigabytes_is_refused() {
        Path file = file(SCRYPT.replace("\"n\":8192", "\"n\":1073741824"));
        assertThatThrownBy(() -> Web3SecretStorage.decrypt(file, "x".toCharArray()))
                .hasMessageContaining("1 GiB");
    }

    private Path file(String json) {
        Path file = folder.resolve("keystore.json");
        PrivateFiles.write(file, json);
        return file;
    }
}
