package io.clearmarket.network.embedded.organization;

import io.clearmarket.wallet.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An organisation whose certificates were made elsewhere, in cryptogen's layout: {@code ca}, {@code tlsca}, {@code msp},
 * {@code peers/peer0.DOMAIN/{msp,tls}}, {@code users/NAME@DOMAIN/{msp,tls}}. They are copied into an {@link OrganizationFolder} when a
 * network is founded and never looked at again: a network stays what it was founded as. Authorities may come without keys.
 */
public final class GivenOrganization {
    private final Path from;
    private final Path to;

    private GivenOrganization(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Copies an organisation, unless that was done before. Users lose their domain: {@code Admin@org1.example.com} becomes
     * {@code admin}.
     *
     * @throws IllegalArgumentException naming what is missing
     */
    public static void copy(Path from, Path to) throws IOException {
        if (!Files.isDirectory(to.resolve("msp"))) {
            new GivenOrganization(from, to).copy();
        }
    }

    private void copy() throws IOException {
        authority("ca", from.resolve("msp/cacerts"));
        authority("tlsca", from.resolve("msp/tlscacerts"));
        for (Path peer : entries(from.resolve("peers"))) {
            Path node = to.resolve("nodes").resolve(beforeFirst(peer, '.'));
            tree(peer.resolve("msp"), node.resolve("msp"));
            file(peer.resolve("tls/server.crt"), node.resolve("tls/server-cert.pem"));
            file(peer.resolve("tls/server.key"), node.resolve("tls/server-key.pem"));
        }
        for (Path user : entries(from.resolve("users"))) {
            String name = beforeFirst(user, '@');
            Path folder = to.resolve("users").resolve(name.equals("Admin") ? name.toLowerCase(Locale.ROOT) : name);
            tree(user.resolve("msp"), folder.resolve("msp"));
            tree(user.resolve("tls"), folder.resolve("tls"));
        }
        // last, because it says that all is there
        if (!Files.isDirectory(from.resolve("msp/cacerts"))) {
            throw new IllegalArgumentException(from + " is no organisation's folder: it has no msp/cacerts");
        }
        tree(from.resolve("msp"), to.resolve("msp"));
    }

    /** Its certificate from the authority's own folder or, where there is none, from the organisation's MSP. */
    private void authority(String name, Path inMsp) throws IOException {
        Path own = from.resolve(name);
        Path certificate = first(own, ".pem")
                .or(() -> first(inMsp, ".pem"))
                .orElseThrow(() -> new IllegalArgumentException(
                        from + " has no certificate of its authority, neither in " + name + " nor in " + inMsp));
        file(certificate, to.resolve(name).resolve("ca-cert.pem"));
        Optional<Path> key = first(own, "_sk");
        if (key.isPresent()) {
            file(key.get(), to.resolve(name).resolve("ca-key.pem"));
        }
    }

    private static Optional<Path> first(Path folder, String suffix) {
        return entries(folder).stream()
                .filter(file -> file.getFileName().toString().endsWith(suffix))
                .findFirst();
    }

    private static List<Path> entries(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new IllegalArgumentException(folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String beforeFirst(Path folder, char end) {
        String name = folder.getFileName().toString();
        int at = name.indexOf(end);
        return at < 0 ? name : name.substring(0, at);
    }

    private static void tree(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path source : files.filter(Files::isRegularFile).toList()) {
                file(source, to.resolve(from.relativize(source).toString()));
            }
        }
    }

    private static void file(Path from, Path to) throws IOException {
        if (Files.isRegularFile(from)) {
            PrivateFiles.write(to, Files.readAllBytes(from));
        }
    }
}
