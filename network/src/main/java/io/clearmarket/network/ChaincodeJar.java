package io.clearmarket.network;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** A chaincode's jar with the libraries that lie beside it. */
final class ChaincodeJar {
    private ChaincodeJar() {}

    /**
     * Copies a jar, and what its manifest's class path names by a relative path, into a folder where it runs alike.
     *
     * @return the copy
     * @throws IllegalArgumentException if the class path leads out of the jar's folder
     */
    static Path keep(Path jar, Path folder) throws IOException {
        Path kept = folder.resolve(Objects.requireNonNull(jar.getFileName()));
        copy(jar, kept);
        for (String entry : relativeClassPath(jar)) {
            Path target = folder.resolve(entry).normalize();
            if (!target.startsWith(folder.normalize())) {
                throw new IllegalArgumentException(jar + " needs " + entry + ", which is not below its folder");
            }
            Path library = jar.resolveSibling(entry);
            if (Files.isRegularFile(library)) {
                copy(library, target);
            }
        }
        return kept;
    }

    private static List<String> relativeClassPath(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String classPath =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return classPath == null
                    ? List.of()
                    : Stream.of(classPath.strip().split(" +"))
                            .map(URI::create)
                            .filter(entry -> !entry.isAbsolute() && entry.getPath() != null)
                            .map(URI::getPath)
                            .filter(entry -> !entry.isEmpty())
                            .toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(Objects.requireNonNull(to.getParent()));
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
