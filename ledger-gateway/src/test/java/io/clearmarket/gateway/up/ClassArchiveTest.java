package io.clearmarket.gateway.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;

/** With real JVMs, on a program that only says its version. */
class ClassArchiveTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final List<Long> started = new CopyOnWriteArrayList<>();
    private Path jar;

    @BeforeEach
    void copyAJar() throws Exception {
        Path original = Path.of(JacksonException.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        jar = Files.copy(original, folder.resolve("program.jar"));
    }

    @Test
    void the_classes_that_a_run_lists_are_archived_beside_it_for_those_that_follow() throws Exception {
        ClassArchive archive = archive();
        assertThat(archive.use()).isEmpty();
        run(archive.useOrList());
        ArchiveMaker maker = make(archive);
        await(() -> !archive.use().isEmpty());
        maker.close();
        assertThat(files()).hasSize(1);
        assertThat(started).hasSize(1);
        List<String> options = new ArrayList<>(archive.useOrList());
        assertThat(options).isEqualTo(archive.use());
        options.add("-Xshare:on"); // ends at once if the archive can't be used
        run(options);
        make(archive).close();
        assertThat(started).as("there is one already").hasSize(1);
    }

    @Test
    void a_build_has_its_own_and_an_earlier_builds_is_deleted_then() throws Exception {
        Path old = Files.createFile(archives().resolve("program-0123456789abcdef.jsa"));
        Path others = Files.createFile(archives().resolve("programmer-0123456789abcdef.jsa"));
        ClassArchive archive = archive();
        run(archive.useOrList());
        ArchiveMaker maker = make(archive);
        await(() -> !Files.exists(old));
        maker.close();
        assertThat(others).exists();
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000));
        assertThat(archive().use()).isEmpty();
    }

    @Test
    void one_that_is_given_up_leaves_nothing() throws Exception {
        ClassArchive archive = archive();
        run(archive.useOrList());
        make(archive).close();
        assertThat(files()).isEmpty();
        assertThat(ProcessHandle.of(started.getFirst()).filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void where_nothing_was_listed_nothing_is_started() throws Exception {
        make(archive()).close();
        assertThat(started).isEmpty();
    }

    private ArchiveMaker make(ClassArchive archive) {
        return ArchiveMaker.start(List.of(archive, archive), folder.resolve("classes.log"), started::add);
    }

    private ClassArchive archive() throws IOException {
        return ClassArchive.of(archives(), "program", jar.toString(), folder.resolve("program.classes"));
    }

    private Path archives() throws IOException {
        return Files.createDirectories(folder.resolve("archives"));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(archives())) {
            return all.toList();
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant until = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(until);
            Thread.sleep(20);
        }
    }

    private void run(List<String> options) throws Exception {
        List<String> command = new ArrayList<>(List.of(Launch.java()));
        command.addAll(options);
        command.addAll(List.of("-cp", jar.toString(), "-version"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("run.log").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("run.log")))
                .isZero();
    }
}
