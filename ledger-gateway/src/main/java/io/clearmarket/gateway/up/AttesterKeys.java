package io.clearmarket.gateway.up;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Secp256k1Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The attesters' secp256k1 keys of a development system, one file for each organisation. */
record AttesterKeys(Map<String, Path> files) {

    static AttesterKeys open(Path folder, Iterable<String> mspIds) {
        Map<String, Path> files = new TreeMap<>();
        for (String mspId : mspIds) {
            Path file = folder.resolve(mspId + ".key");
            if (!Files.exists(file)) {
                PrivateFiles.write(
                        file, HexFormat.of().formatHex(Secp256k1Key.generate().privateKey()));
            }
            files.put(mspId, file);
        }
        return new AttesterKeys(files);
    }

    /** Each organisation's attester's address. */
    Map<String, EthAddress> addresses() {
        Map<String, EthAddress> addresses = new TreeMap<>();
        files.forEach((mspId, file) -> addresses.put(
                mspId,
                Secp256k1Key.fromPrivateKey(HexFormat.of()
                                .parseHex(PrivateFiles.readText(file).strip()))
                        .address()));
        return addresses;
    }
}
