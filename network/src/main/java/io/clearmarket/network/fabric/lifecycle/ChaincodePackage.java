package io.clearmarket.network.fabric.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a peer installs of a chaincode that runs as a service: its label, where its server is, and the SHA-256 of the code
 * that is to run there. So who approves the package id approves that very code, though no peer can see what runs.
 *
 * @param label such as {@code market_1.0}
 * @param bytes the archive
 */
public record ChaincodePackage(String label, ByteString bytes) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * A package without a server of its own: each peer's builder knows where that peer's server is.
     *
     * @param codeHash of the code that is approved, or text that stands for it
     */
    public static ChaincodePackage of(String name, String version, String codeHash) {
        return of(name, version, codeHash, "");
    }

    /** A package for peers with the usual builder: one server, at this {@code host:port}. */
    public static ChaincodePackage of(String name, String version, String codeHash, String address) {
        String label = label(name, version);
        Map<String, Object> connection = new LinkedHashMap<>();
        connection.put("address", address);
        connection.put("dial_timeout", "10s");
        connection.put("tls_required", false);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("path", codeHash);
        metadata.put("type", "ccaas");
        metadata.put("label", label);
        byte[] code = new TarArchive().add("connection.json", json(connection)).gzipped();
        return new ChaincodePackage(
                label,
                ByteString.copyFrom(new TarArchive()
                        .add("metadata.json", json(metadata))
                        .add("code.tar.gz", code)
                        .gzipped()));
    }

    public static String label(String name, String version) {
        return name + "_" + version;
    }

    /** {@code sha256:...} of a jar. */
    public static String hashOf(Path jar) {
        try {
            return "sha256:" + HexFormat.of().formatHex(Digests.sha256(Files.readAllBytes(jar)));
        } catch (IOException e) {
            throw new UncheckedIOException("the chaincode " + jar + " cannot be read", e);
        }
    }

    /** {@code label:hash}, as every peer that installs it computes it. */
    public String id() {
        return label + ":" + HexFormat.of().formatHex(Digests.sha256(bytes.toByteArray()));
    }

    private static byte[] json(Map<String, Object> content) {
        return JSON.writeValueAsString(content).getBytes(UTF_8);
    }
}
