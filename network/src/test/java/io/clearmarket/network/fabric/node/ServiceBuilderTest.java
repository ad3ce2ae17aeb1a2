package io.clearmarket.network.fabric.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the builder's programs as a peer does. */
class ServiceBuilderTest {
    @TempDir
    Path directory;

    private Path builder;
    private Path source;
    private Path metadata;

    @BeforeEach
    void write() throws Exception {
        builder = directory.resolve("builder");
        ServiceBuilder.write(builder);
        source = Files.createDirectories(directory.resolve("source"));
        metadata = Files.createDirectories(directory.resolve("metadata"));
        Files.writeString(source.resolve("connection.json"), "{\"address\":\"elsewhere:1\"}");
        Files.writeString(metadata.resolve("metadata.json"), "{\"type\":\"ccaas\",\"label\":\"market_1.0\"}");
    }

    private int run(String program, Path... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(builder.resolve("bin").resolve(program).toString()));
        for (Path argument : arguments) {
            command.add(argument.toString());
        }
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private Path released() throws Exception {
        Path output = Files.createDirectories(directory.resolve("output"));
        Path release = Files.createDirectories(directory.resolve("release"));
        assertThat(run("build", source, metadata, output)).isZero();
        assertThat(run("release", output, release)).isZero();
        return release.resolve("chaincode/server/connection.json");
    }

    @Test
    void only_chaincode_as_a_service_is_its_business() throws Exception {
        assertThat(run("detect", source, metadata)).isZero();
        Files.writeString(metadata.resolve("metadata.json"), "{\"type\":\"golang\",\"label\":\"ccaas\"}");
        assertThat(run("detect", source, metadata)).isNotZero();
    }

    @Test
    void a_peer_with_a_server_of_its_own_uses_that() throws Exception {
        ServiceBuilder.serverOf(builder, "market_1.0", "127.0.0.1:9001");
        ServiceBuilder.serverOf(builder, "market_2.0", "127.0.0.1:9002");
        assertThat(released()).content().contains("\"127.0.0.1:9001\"");
    }

    @Test
    void otherwise_the_packages_own_server_counts() throws Exception {
        assertThat(released()).hasContent("{\"address\":\"elsewhere:1\"}");
    }
}
