package io.clearmarket.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.testing.OnePeerServer;
import io.clearmarket.network.testing.Registration;
import io.clearmarket.network.testing.RigServer;
import io.clearmarket.network.testing.RigService;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(240)
class NetworkMainTest {
    @TempDir
    Path directory;

    @Test
    void a_network_runs_its_chaincode_restarts_it_and_ends_it_on_sigterm() throws Exception {
        Process process = start("--chaincode", "rig=1", "--chaincode-jar", rigJar().toString());
        try {
            JsonNode ready = awaitReady(process);
            assertThat(ready.path("organizations").size()).isEqualTo(3);
            assertThat(Path.of(ready.path("organizations")
                            .path(0)
                            .path("tlsCaCertificate")
                            .asString()))
                    .exists();
            ProcessHandle chaincode = ProcessHandle.of(
                            ready.path("chaincode").path("pid").asLong())
                    .orElseThrow();

            chaincode.destroyForcibly();
            assertThat(awaitAnotherChild(process, chaincode)).isTrue();

            List<ProcessHandle> children = process.children().toList();
            // SIGTERM
            process.destroy();
            assertThat(process.waitFor()).isEqualTo(128 + 15);
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(directory.resolve("data/network.json")).doesNotExist();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void another_version_is_brought_while_it_runs_and_stays_over_a_restart() throws Exception {
        String[] arguments = {"--chaincode", "rig=1", "--chaincode-jar", rigJar().toString()};
        Process process = start(arguments);
        try {
            JsonNode first = awaitReady(process).path("chaincode");
            assertThat(ask("nothing", "not a version", "").path("done").booleanValue())
                    .isFalse();
            JsonNode answer = ask("one", "2", "OR('AuditMSP.peer','PlatformMSP.peer')");
            assertThat(answer.path("done").booleanValue()).as("%s", answer).isTrue();

            JsonNode second = networkFile().path("chaincode");
            assertThat(second.path("version").asString()).isEqualTo("2");
            assertThat(second.path("servers")).isNotEqualTo(first.path("servers"));
            assertThat(ProcessHandle.of(first.path("pid").asLong())).isNotPresent();
            assertThat(ProcessHandle.of(second.path("pid").asLong())).isPresent();
        } finally {
            process.destroy();
            process.waitFor();
        }
        Process again = start(arguments);
        try {
            JsonNode kept = awaitReady(again).path("chaincode");
            assertThat(kept.path("version").asString()).isEqualTo("2");
            assertThat(kept.path("policy").asString()).isEqualTo("OR('AuditMSP.peer','PlatformMSP.peer')");
        } finally {
            again.destroyForcibly();
        }
    }

    @Test
    void a_chaincode_on_the_class_path_runs_in_the_networks_process_until_an_upgrade_brings_a_jar() throws Exception {
        String[] arguments = {
            "--chaincode",
            "rig=1",
            "--chaincode-jar",
            rigJar().toString(),
            "--chaincode-class",
            RigService.class.getName()
        };
        Process process = start(arguments);
        try {
            JsonNode ready = awaitReady(process).path("chaincode");
            assertThat(ready.path("pid").asLong()).isEqualTo(process.pid());
            assertThat(process.children()).isEmpty();

            Path other = Files.copy(rigJar(), directory.resolve("other.jar"));
            new UpgradeRequest("two", "2", other, null).write(directory.resolve("data"));
            assertThat(answer("two").path("done").booleanValue()).isTrue();
            assertThat(networkFile().path("chaincode").path("pid").asLong()).isNotEqualTo(process.pid());
            assertThat(process.children()).hasSize(1);
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    @Test
    void a_class_that_is_no_chaincode_is_named() throws Exception {
        Process process = start(
                "--chaincode",
                "rig=1",
                "--chaincode-jar",
                rigJar().toString(),
                "--chaincode-class",
                "java.lang.String");

        assertThat(output(process)).contains("java.lang.String").contains("ChaincodeGrpc.AsyncService");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    /** As {@code clearmarket chaincode upgrade} asks. */
    private JsonNode ask(String id, String version, String policy) throws Exception {
        new UpgradeRequest(id, version, null, policy).write(directory.resolve("data"));
        return answer(id);
    }

    private JsonNode answer(String id) throws Exception {
        Path answer = directory.resolve("data/upgrade-answer.json");
        for (int i = 0; i < 6000; i++) {
            if (Files.exists(answer)) {
                JsonNode read = JsonMapper.shared().readTree(Files.readString(answer));
                if (read.path("id").asString().equals(id)) {
                    return read;
                }
            }
            Thread.sleep(20);
        }
        throw new AssertionError("the network does not answer");
    }

    private JsonNode networkFile() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(directory.resolve("data/network.json")));
    }

    @Test
    void the_chaincode_does_not_outlive_a_killed_network() throws Exception {
        Process process = start("--chaincode", "rig=1", "--chaincode-jar", rigJar().toString());
        try {
            JsonNode ready = awaitReady(process);
            ProcessHandle chaincode = ProcessHandle.of(
                            ready.path("chaincode").path("pid").asLong())
                    .orElseThrow();

            process.destroyForcibly().waitFor();
            chaincode.onExit().get(60, TimeUnit.SECONDS);
            assertThat(chaincode.isAlive()).isFalse();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void any_program_is_run_as_each_peers_chaincode_and_ends_with_the_network() throws Exception {
        String program = "'%s' --enable-native-access=ALL-UNNAMED -cp '%s' %s"
                .formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        OnePeerServer.class.getName());
        Process process = start(
                "--organization", "Org1MSP", "--organization", "Org2MSP", "--chaincode", "rig=1", "--run", program);
        try {
            JsonNode ready = awaitReady(process);
            JsonNode org2 = ready.path("organizations").path(1);
            assertThat(org2.path("mspId").asString()).isEqualTo("Org2MSP");
            assertThat(ready.path("chaincode").path("servers").size()).isEqualTo(2);
            assertThat(ready.path("chaincode").path("policy").asString()).isEqualTo(ChaincodeConfig.MAJORITY_POLICY);
            List<ProcessHandle> programs = process.descendants().toList();
            assertThat(programs).hasSizeGreaterThanOrEqualTo(2);

            process.destroy();
            process.waitFor();
            assertThat(programs).noneMatch(ProcessHandle::isAlive);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void a_program_that_dials_its_peer_is_told_where() throws Exception {
        Process process = start(
                "--organization",
                "Org1MSP",
                "--chaincode",
                "assets=1",
                "--dials-peer",
                "--run",
                "echo $CORE_CHAINCODE_ID_NAME at $CORE_PEER_ADDRESS; exec sleep 600");
        try {
            JsonNode ready = awaitReady(process);
            String address =
                    ready.path("chaincode").path("servers").path("Org1MSP").asString();
            Path log = directory.resolve("data/chaincode-Org1MSP.log");
            for (int i = 0; i < 2000 && Files.size(log) == 0; i++) {
                Thread.sleep(10);
            }
            assertThat(log).content().isEqualTo("assets:1 at " + address + "\n");
            try (Registration assets = Registration.at(address, "assets:1")) {
                assertThat(assets.next()).isEqualTo(ChaincodeMessage.Type.REGISTERED);
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void a_port_in_use_is_named() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = start("--base-port", Integer.toString(taken.getLocalPort()));
            String output = output(process);

            assertThat(process.waitFor()).isEqualTo(1);
            assertThat(output).contains("port " + taken.getLocalPort()).contains("is in use");
        }
    }

    @Test
    void a_missing_directory_is_wrong_usage() throws Exception {
        Process process = run(List.of());

        assertThat(output(process)).contains("--data");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "--base-port 99999, --base-port is 99999",
        "--base-port -1, --base-port is -1",
        "--batch-timeout 0, --batch-timeout is 0",
        "--chaincode x=1 --chaincode-jar absent.jar, --chaincode-jar is absent.jar; there is no such file",
        "--chaincode x=1 --chaincode-class X, --chaincode-class needs --chaincode-jar",
        "--run x, need --chaincode NAME=VERSION"
    })
    void what_is_typed_wrongly_is_refused_in_a_line(String typed, String expected) throws Exception {
        Process process = start(typed.split(" "));
        String output = output(process);

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(output).contains("clearmarket-network: ", expected).doesNotContain("Exception");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    private Process start(String... arguments) throws IOException {
        List<String> all =
                new ArrayList<>(List.of("--data", directory.resolve("data").toString()));
        all.addAll(List.of(arguments));
        return run(all);
    }

    private static Process run(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                NetworkMain.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private JsonNode awaitReady(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith("network ready")) {
                return networkFile();
            }
        }
        throw new AssertionError("the network ended: " + said);
    }

    private static boolean awaitAnotherChild(Process process, ProcessHandle first) throws InterruptedException {
        for (int i = 0; i < 2000; i++) {
            if (process.children().anyMatch(child -> child.pid() != first.pid() && child.isAlive())) {
                return true;
            }
            Thread.sleep(50);
        }
        return false;
    }

    private static String output(Process process) throws IOException {
        try (Stream<String> lines = process.inputReader().lines()) {
            return lines.collect(Collectors.joining("\n"));
        }
    }

    /** A jar without content whose manifest points to this test's own class path. */
    private Path rigJar() throws IOException {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" "));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, RigServer.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        Path jar = directory.resolve("rig.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream content = new JarOutputStream(file, manifest)) {
            content.finish();
        }
        return jar;
    }
}
