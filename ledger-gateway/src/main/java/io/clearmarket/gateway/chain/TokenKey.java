package io.clearmarket.gateway.chain;

import io.clearmarket.wallet.eth.EthSigner;
import io.clearmarket.wallet.pkcs11.Pkcs11Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A secp256k1 key in a PKCS#11 token.
 *
 * @param library the token's PKCS#11 library
 * @param slotIndex its slot, counted from 0 in the library's own order
 * @param pin file whose first line is the user's PIN
 * @param label of the key and of a certificate with it
 */
public record TokenKey(Path library, @DefaultValue("0") int slotIndex, Path pin, String label) {
    EthSigner open() throws IOException {
        char[] secret = Files.readString(pin).lines().findFirst().orElse("").toCharArray();
        try {
            return Pkcs11Key.open(library, slotIndex, secret, label);
        } finally {
            Arrays.fill(secret, ' ');
        }
    }
}
