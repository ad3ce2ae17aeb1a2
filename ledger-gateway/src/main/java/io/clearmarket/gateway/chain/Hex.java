package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Digest;
import java.util.HexFormat;

/** The 0x form of JSON-RPC. */
final class Hex {
    private Hex() {}

    static String of(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }

    static String of(Digest digest) {
        return "0x" + digest.hex();
    }

    static Digest digest(String hex) {
        return new Digest(hex.substring(2));
    }

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex, 2, hex.length());
    }
}
