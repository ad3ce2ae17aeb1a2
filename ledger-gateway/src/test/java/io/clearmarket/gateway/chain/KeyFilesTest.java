package io.clearmarket.gateway.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.store.ScryptCost;
import io.clearmarket.wallet.store.Web3SecretStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {
    @TempDir
    private Path folder;

    private final Secp256k1Key key = ChainFixture.key("attester");

    @Test
    void an_encrypted_key_is_opened_by_its_passphrase_and_by_no_other() throws IOException {
        Path file = write(
                "key.json", new String(Web3SecretStorage.encrypt(key, "right".toCharArray(), ScryptCost.LIGHT), UTF_8));
        assertThat(KeyFiles.read(file, write("right", "right\n")).address()).isEqualTo(key.address());
        Path wrong = write("wrong", "left\n");
        assertThatThrownBy(() -> KeyFiles.read(file, wrong)).hasMessageContaining("key.json");
        assertThatThrownBy(() -> KeyFiles.read(file, null)).hasMessageContaining("no file with its passphrase");
    }

    @Test
    void a_plain_key_is_read_with_0x_or_without() throws IOException {
        String hex = HexFormat.of().formatHex(key.privateKey());
        assertThat(KeyFiles.read(write("plain", hex + "\n"), null).address()).isEqualTo(key.address());
        assertThat(KeyFiles.read(write("prefixed", "0x" + hex), null).address()).isEqualTo(key.address());
        Path cut = write("cut", hex.substring(1));
        assertThatThrownBy(() -> KeyFiles.read(cut, null)).hasMessageContaining("cut");
    }

    private Path write(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
