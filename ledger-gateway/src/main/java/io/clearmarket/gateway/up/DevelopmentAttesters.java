package io.clearmarket.gateway.up;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Secp256k1Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The attesters of a development system by organisation. Each has a folder of its own, with a key that no other process reads. */
record DevelopmentAttesters(SortedMap<String, One> all) {
    /**
     * An attester.
     *
     * @param folder with {@code key}, {@code address}, its configuration and its files
     * @param port of its door, this time; the witness's door is the next one
     */
    record One(String mspId, Path folder, EthAddress address, int port) {
        Path keyFile() {
            return folder.resolve("key");
        }

        /** Where its organisation's witness has its key, its configuration and its files. */
        Path witnessFolder() {
            return folder.resolve("witness");
        }

        /** Where the witness gives out the log and the verifier page. */
        URI origin() {
            return URI.create("http://127.0.0.1:" + (port + 1));
        }
    }

    /**
     * Opens them, making what is missing.
     *
     * @param folder one sub-folder for each
     * @param earlier where keys were when the gateway had them: one file for each, which is moved
     */
    static DevelopmentAttesters open(Path folder, Path earlier, List<String> mspIds) {
        List<Integer> ports = Ports.free(mspIds.size());
        SortedMap<String, One> all = new TreeMap<>();
        for (int i = 0; i < mspIds.size(); i++) {
            String mspId = mspIds.get(i);
            Path own = folder.resolve(mspId);
            Path key = own.resolve("key");
            if (!Files.exists(key)) {
                make(own, key, earlier.resolve(mspId + ".key"));
            }
            EthAddress address = EthAddress.parse(
                    PrivateFiles.readText(own.resolve("address")).strip());
            all.put(mspId, new One(mspId, own, address, ports.get(i)));
        }
        return new DevelopmentAttesters(all);
    }

    private static void make(Path own, Path file, Path earlier) {
        Secp256k1Key key = Files.exists(earlier)
                ? Secp256k1Key.fromPrivateKey(
                        HexFormat.of().parseHex(PrivateFiles.readText(earlier).strip()))
                : Secp256k1Key.generate();
        PrivateFiles.write(own.resolve("address"), key.address().toString());
        PrivateFiles.write(file, HexFormat.of().formatHex(key.privateKey()));
        try {
            Files.deleteIfExists(earlier);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each organisation's attester's address. */
    Map<String, EthAddress> addresses() {
        Map<String, EthAddress> addresses = new TreeMap<>();
        all.forEach((mspId, one) -> addresses.put(mspId, one.address()));
        return addresses;
    }
}
