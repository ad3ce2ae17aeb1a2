package io.clearmarket.gateway.up;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher in a checkout that is not built, on machines that lack something. */
class LauncherTest {
    private static final Path LAUNCHER =
            Path.of(System.getProperty("clearmarket.root"), "clearmarket").toAbsolutePath();
    /** What the launcher itself runs before it looks for tools. */
    private static final List<String> PLAIN = List.of(
            "bash",
            "env",
            "readlink",
            "dirname",
            "sed",
            "find",
            "sort",
            "xargs",
            "sha256sum",
            "cut",
            "cat",
            "mkdir",
            "rm",
            "grep",
            "head");

    @TempDir
    Path folder;

    private Path checkout;
    private Path path;

    @BeforeEach
    void copy() throws IOException {
        checkout = Files.createDirectory(folder.resolve("checkout"));
        Files.copy(LAUNCHER, checkout.resolve("clearmarket"));
        checkout.resolve("clearmarket").toFile().setExecutable(true);
        Files.createFile(checkout.resolve("pom.xml"));
        for (String module : List.of(".mvn", "wallet", "chaincode", "contracts", "network", "ledger-gateway")) {
            Files.createDirectory(checkout.resolve(module));
        }
        path = Files.createDirectory(folder.resolve("bin"));
        for (String tool : PLAIN) {
            Files.createSymbolicLink(path.resolve(tool), where(tool));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mvn, install Maven 3.8.7 or newer",
        "node, install Node.js 20 or newer",
        "npm, it comes with Node.js",
    })
    void a_missing_tool_is_one_line_with_the_remedy(String missing, String remedy) throws Exception {
        for (String tool : List.of("mvn", "node", "npm")) {
            if (!tool.equals(missing)) {
                script(path.resolve(tool), "exit 0");
            }
        }
        Said said = up(System.getProperty("java.home"));
        assertThat(said.lines()).containsExactly("clearmarket: needs " + missing + ", which is not on PATH; " + remedy);
        assertThat(said.exitCode()).isEqualTo(1);
    }

    @Test
    void the_java_on_the_path_may_be_an_old_one() throws Exception {
        Path old = Files.createDirectories(folder.resolve("jdk-17/bin"));
        script(old.resolve("javac"), "echo javac 17.0.15");
        script(old.resolve("java"), "echo the old one");
        script(path.resolve("javac"), "exec " + old.resolve("javac"));
        Path jdk = folder.resolve("jdk-25");
        script(Files.createDirectories(jdk.resolve("bin")).resolve("javac"), "echo javac 25.0.3");
        script(path.resolve("mvn"), "echo $JAVA_HOME; exit 1");
        script(path.resolve("node"), "exit 0");
        script(path.resolve("npm"), "exit 0");
        up(jdk.toString());
        assertThat(Files.readString(checkout.resolve(".clearmarket/build.log")).strip())
                .isEqualTo(jdk.toString());
    }

    private record Said(int exitCode, List<String> lines) {}

    private Said up(String javaHome) throws Exception {
        ProcessBuilder launcher =
                new ProcessBuilder(checkout.resolve("clearmarket").toString(), "up");
        launcher.environment().clear();
        launcher.environment().put("PATH", path.toString());
        launcher.environment().put("HOME", folder.toString());
        launcher.environment().put("JAVA_HOME", javaHome);
        Process process = launcher.redirectErrorStream(true).start();
        process.getOutputStream().close();
        List<String> lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        return new Said(process.waitFor(), lines);
    }

    private static void script(Path file, String line) throws IOException {
        Files.writeString(file, "#!/usr/bin/env bash\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path where(String tool) {
        return Stream.of("/usr/bin", "/bin", "/usr/local/bin")
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
