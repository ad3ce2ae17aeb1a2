package io.clearmarket.network.fabric;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.network.fabric.node.FabricBinaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * Images for tests: the official ones where the engine has or gets them, else one that is built here from the binaries in
 * FABRIC_BIN, what they are linked with, and the few programs that the peer's builder calls.
 */
final class FabricImages {
    private static final String LOCAL = "localhost/clearmarket-test/fabric:local";
    private static final List<String> PROGRAMS = List.of("sh", "grep", "sed", "cp", "mkdir", "dirname");
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x[0-9a-f]+\\)");
    private static final String DOCKERFILE = """
            FROM scratch
            COPY root/ /
            ENV PATH=/usr/local/bin:/bin
            RUN ["/bin/mkdir", "-m", "1777", "/tmp"]
            """;

    private FabricImages() {}

    /** Why there can be no containers of Fabric on this machine; empty if there can. */
    static Optional<String> unavailable() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.of("no Docker engine answers");
        }
        return areThere(ComposeImages.configured()) || FabricBinaries.present()
                ? Optional.empty()
                : Optional.of("neither Fabric's images nor, to build some, its binaries are here");
    }

    private static boolean areThere(ComposeImages images) {
        return DockerCompose.obtains(images.peer()) && DockerCompose.obtains(images.orderer());
    }

    static ComposeImages get() throws IOException {
        ComposeImages official = ComposeImages.configured();
        if (areThere(official)) {
            return official;
        }
        build(FabricBinaries.find());
        return new ComposeImages(LOCAL, LOCAL);
    }

    private static void build(FabricBinaries binaries) throws IOException {
        ImageFromDockerfile image = new ImageFromDockerfile(LOCAL, false).withFileFromString("Dockerfile", DOCKERFILE);
        add(image, "usr/local/bin/peer", binaries.peer());
        add(image, "usr/local/bin/orderer", binaries.orderer());
        for (String program : PROGRAMS) {
            Path file = Stream.of("/bin", "/usr/bin")
                    .map(folder -> Path.of(folder, program))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new IOException("no program " + program + " on this machine"));
            add(image, "bin/" + program, file);
        }
        image.get();
    }

    private static void add(ImageFromDockerfile image, String path, Path program) throws IOException {
        image.withFileFromPath("root/" + path, program.toRealPath());
        Process ldd = new ProcessBuilder("ldd", program.toString())
                .redirectErrorStream(true)
                .start();
        Matcher libraries = LIBRARY.matcher(new String(ldd.getInputStream().readAllBytes(), UTF_8));
        while (libraries.find()) {
            String library = libraries.group(1);
            image.withFileFromPath("root" + library, Path.of(library).toRealPath());
        }
    }
}
