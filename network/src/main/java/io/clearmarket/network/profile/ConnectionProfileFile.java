package io.clearmarket.network.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Fabric's common connection profile, YAML or JSON, as far as a gateway needs it: {@code organizations.*.mspid} and
 * {@code peers}, {@code peers.*.url}, {@code tlsCACerts} ({@code pem} or {@code path}) and the name in the certificate in
 * {@code grpcOptions}.
 */
public record ConnectionProfileFile(List<Peer> peers) {
    private static final String SECURE = "grpcs";

    /**
     * A peer.
     *
     * @param address {@code host:port}
     * @param tlsRoot of its certificate, PEM
     * @param hostOverride the name in its certificate, where it isn't the host
     */
    public record Peer(
            String mspId,
            String name,
            String address,
            String tlsRoot,
            @Nullable String hostOverride) {}

    public ConnectionProfileFile {
        peers = List.copyOf(peers);
    }

    /** @throws IllegalArgumentException naming what is wrong in the file, or missing */
    public static ConnectionProfileFile read(Path file) {
        Map<?, ?> root;
        try {
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            root = map(new Yaml(new SafeConstructor(options)).load(Files.readString(file)), "the file");
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
        } catch (YAMLException e) {
            throw new IllegalArgumentException(file + " is neither YAML nor JSON: " + e.getMessage(), e);
        }
        Map<?, ?> described = map(root.get("peers"), "peers");
        List<Peer> peers = new ArrayList<>();
        for (Map.Entry<?, ?> organization :
                map(root.get("organizations"), "organizations").entrySet()) {
            String where = "organizations." + organization.getKey();
            Map<?, ?> entry = map(organization.getValue(), where);
            String mspId = text(entry.get("mspid"), where + ".mspid");
            if (entry.get("peers") instanceof List<?> names) {
                for (Object name : names) {
                    peers.add(peer(mspId, String.valueOf(name), described, file));
                }
            }
        }
        return new ConnectionProfileFile(peers);
    }

    private static Peer peer(String mspId, String name, Map<?, ?> described, Path file) {
        String where = "peers." + name;
        Map<?, ?> peer = map(described.get(name), where);
        URI url = URI.create(text(peer.get("url"), where + ".url"));
        if (!SECURE.equals(url.getScheme()) || url.getPort() < 0) {
            throw new IllegalArgumentException(where + ".url is " + url + ", not grpcs://host:port; TLS is needed");
        }
        Map<?, ?> tls = map(peer.get("tlsCACerts"), where + ".tlsCACerts");
        String root = tls.get("pem") == null
                ? contentOf(file.resolveSibling(text(tls.get("path"), where + ".tlsCACerts.path")))
                : text(tls.get("pem"), where + ".tlsCACerts.pem");
        return new Peer(mspId, name, url.getHost() + ":" + url.getPort(), root, hostOverride(peer));
    }

    private static @Nullable String hostOverride(Map<?, ?> peer) {
        if (peer.get("grpcOptions") instanceof Map<?, ?> options) {
            for (String spelling : List.of("ssl-target-name-override", "hostnameOverride")) {
                if (options.get(spelling) instanceof String name) {
                    return name;
                }
            }
        }
        return null;
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<?, ?> map(@Nullable Object value, String where) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException("the profile has no " + where + ", or it is no mapping");
    }

    private static String text(@Nullable Object value, String where) {
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new IllegalArgumentException("the profile has no " + where);
    }
}
