package io.clearmarket.gateway.up;

import io.clearmarket.contracts.AnvilProcess;
import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.eth.Mnemonic;
import io.clearmarket.wallet.eth.Secp256k1Key;
import java.nio.file.Path;
import java.util.HexFormat;

/** The development chain's first account: it has ether from the start, and pays everybody's gas. */
record ChainAccount(Secp256k1Key key, Path keyFile) {

    static ChainAccount open(Path file) {
        Secp256k1Key key = Mnemonic.parse(AnvilProcess.MNEMONIC).key(0);
        PrivateFiles.write(file, HexFormat.of().formatHex(key.privateKey()));
        return new ChainAccount(key, file);
    }
}
