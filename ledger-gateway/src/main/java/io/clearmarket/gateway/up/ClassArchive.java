package io.clearmarket.gateway.up;

import io.clearmarket.chaincode.api.Digest;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The classes that a Java program loads, as one of its runs listed them, archived for those that follow (JEP 310): a start with it takes two thirds of
 * the processor time. It belongs to a build, whose jars alone it is good for, and is put in place whole, since a JVM that reads a half-written one ends.
 */
public final class ClassArchive {
    private static final String SUFFIX = ".jsa";
    /** Of no use to whoever only wants the program: classes that can't be archived, one line each. */
    private static final List<String> QUIET = List.of("-Xlog:cds*=off", "-Xlog:aot*=off");

    private final Path file;
    private final String program;
    private final String classPath;
    private final Path list;

    private ClassArchive(Path file, String program, String classPath, Path list) {
        this.file = file;
        this.program = program;
        this.classPath = classPath;
        this.list = list;
    }

    /**
     * For one run of a program.
     *
     * @param folder where archives are kept
     * @param classPath jars, and folders of jars ending in {@code *}
     * @param list where this run lists its classes if there is no archive yet
     */
    public static ClassArchive of(Path folder, String program, String classPath, Path list) {
        StringBuilder builtFrom = new StringBuilder(System.getProperty("java.home") + Runtime.version());
        try {
            Files.createDirectories(folder);
            for (String entry : classPath.split(File.pathSeparator, -1)) {
                Path path = Path.of(entry);
                try (Stream<Path> jars = entry.endsWith("*") ? Files.list(path.getParent()) : Stream.of(path)) {
                    jars.sorted().map(ClassArchive::stamp).forEach(builtFrom::append);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String key = Digest.sha256(builtFrom.toString()).hex().substring(0, 16);
        return new ClassArchive(folder.resolve(program + "-" + key + SUFFIX), program, classPath, list);
    }

    private static String stamp(Path jar) {
        try {
            return "\n" + jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JVM's options to use the archive, where there is one. */
    public List<String> use() {
        return Files.exists(file) ? options("-XX:SharedArchiveFile=" + file) : List.of();
    }

    /** The same, or else those to list the classes as they are loaded, which takes next to no time. */
    List<String> useOrList() {
        return Files.exists(file) ? use() : options("-XX:DumpLoadedClassList=" + list);
    }

    private static List<String> options(String what) {
        return Stream.concat(Stream.of(what), QUIET.stream()).toList();
    }

    /** An archive of what has been listed until now; absent if there is an archive, or no list. */
    Optional<Making> makeIfMissing() {
        return Files.exists(file) || !Files.exists(list) ? Optional.empty() : Optional.of(new Making());
    }

    /** One attempt to make the archive. */
    final class Making {
        private final Path listed = aside();
        private final Path made = aside();

        private Path aside() {
            return file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
        }

        /** Starts a process that makes it when nothing else wants the processor ({@code nice(1)}, POSIX.1-2017). */
        Process start(Path log) throws IOException {
            String lines = Files.readString(list);
            Files.writeString(listed, lines.substring(0, lines.lastIndexOf('\n') + 1));
            return new ProcessBuilder(Stream.of(
                                    Stream.of("nice", "-n", "19", Launch.java(), "-Xshare:dump", "-XX:+UseSerialGC"),
                                    QUIET.stream(),
                                    Stream.of(
                                            "-XX:SharedClassListFile=" + listed,
                                            "-XX:SharedArchiveFile=" + made,
                                            "-cp",
                                            classPath))
                            .flatMap(part -> part)
                            .toList())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        }

        /** Its process has ended: what it made, if it did, is the archive from now on, in place of earlier builds'. */
        void ended(boolean well) throws IOException {
            if (well) {
                Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.deleteIfExists(made);
            Files.deleteIfExists(listed);
            if (well) {
                deleteOthers();
            }
        }

        private void deleteOthers() throws IOException {
            String kept = file.getFileName().toString();
            try (Stream<Path> all = Files.list(file.getParent())) {
                for (Path each : all.toList()) {
                    String name = each.getFileName().toString();
                    if (name.startsWith(program + "-") && !name.startsWith(kept)) {
                        Files.deleteIfExists(each);
                    }
                }
            }
        }
    }
}
