package io.clearmarket.network.fabric.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The external builder by which a peer accepts chaincode that runs as a service. All peers install one and the same
 * package; where a peer finds its own server is in {@code builder/servers/LABEL.json}, and only if there is no such file
 * in the package. So one package id stands for one chaincode, however many servers run it.
 */
public final class ServiceBuilder {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String DETECT = """
            #!/bin/sh
            # 0 if the package is chaincode as a service. Arguments: source, metadata
            grep -Eiq '"type"[[:space:]]*:[[:space:]]*"ccaas"' "$2/metadata.json"
            """;

    private static final String BUILD = """
            #!/bin/sh
            # Takes over the connection. Arguments: source, metadata, output
            set -eu
            label=$(sed -n 's/.*"label"[[:space:]]*:[[:space:]]*"\\([^"]*\\)".*/\\1/p' "$2/metadata.json")
            own="$(dirname "$0")/../servers/$label.json"
            if [ -f "$own" ]; then cp "$own" "$3/connection.json"; else cp "$1/connection.json" "$3/connection.json"; fi
            if [ -d "$1/META-INF" ]; then cp -r "$1/META-INF" "$3/"; fi
            """;

    private static final String RELEASE = """
            #!/bin/sh
            # Tells the peer where the chaincode's server is. Arguments: build output, release
            set -eu
            mkdir -p "$2/chaincode/server"
            cp "$1/connection.json" "$2/chaincode/server/connection.json"
            if [ -d "$1/META-INF" ]; then cp -r "$1/META-INF/." "$2/"; fi
            """;

    private ServiceBuilder() {}

    /** Writes the builder's programs into a node's folder. */
    public static void write(Path builder) {
        script(builder.resolve("bin/detect"), DETECT);
        script(builder.resolve("bin/build"), BUILD);
        script(builder.resolve("bin/release"), RELEASE);
    }

    /** Says where the peer finds its server for packages of this label; to be written before they are installed. */
    public static void serverOf(Path builder, String label, String address) {
        Path file = builder.resolve("servers").resolve(label + ".json");
        try {
            Files.createDirectories(builder.resolve("servers"));
            Files.writeString(
                    file,
                    JSON.writeValueAsString(Map.of("address", address, "dial_timeout", "10s", "tls_required", false)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void script(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
