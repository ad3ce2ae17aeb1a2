package io.clearmarket.gateway.epcis.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Somebody else's event hash generator, run in a process of its own. */
interface EventHashOracle {
    /** Where the oracles are described: which versions, with what they need. */
    Path DESCRIBED = Path.of("src", "test", "oracle", "event-hash");

    /** Where they are installed. */
    Path INSTALLED = Path.of("target", "event-hash-oracle").toAbsolutePath();

    /**
     * What is hashed for each event of a document, in its order.
     *
     * @param document a JSON-LD file
     * @param prefixes the namespaces that the document declares
     */
    List<String> preHashes(Path document, Map<String, String> prefixes) throws IOException;

    /** OpenEPCIS's generator, with the class path that its own descriptor names. */
    static EventHashOracle openEpcis() throws IOException {
        Path libraries = INSTALLED.resolve("lib");
        if (!Files.isDirectory(libraries)) {
            run(List.of(
                    "mvn",
                    "-B",
                    "-ntp",
                    "-q",
                    "-f",
                    DESCRIBED.resolve("pom.xml").toString(),
                    "dependency:copy-dependencies",
                    "-DoutputDirectory=" + libraries));
        }
        return (document, prefixes) -> {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    libraries.resolve("*").toString(),
                    DESCRIBED.resolve("OpenEpcisHashes.java").toString(),
                    document.toString()));
            prefixes.forEach((prefix, namespace) -> command.add(prefix + "=" + namespace));
            return run(command).stream()
                    .filter(line -> line.startsWith("eventType="))
                    .toList();
        };
    }

    /** The Python tool, in an environment of its own; nothing where there is no Python to make one. */
    static Optional<EventHashOracle> python() throws IOException {
        Path environment = INSTALLED.resolve("python");
        Path python = environment.resolve("bin").resolve("python");
        Path told = environment.resolve("requirements.txt");
        if (!Files.isRegularFile(told)) {
            try {
                run(List.of("python3", "-m", "venv", environment.toString()));
            } catch (IOException | IllegalStateException noPython) {
                return Optional.empty();
            }
            Path requirements = DESCRIBED.resolve("requirements.txt");
            run(List.of(
                    python.toString(),
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "--no-deps",
                    "--requirement",
                    requirements.toString()));
            Files.copy(requirements, told);
        }
        return Optional.of((document, prefixes) -> {
            run(List.of(
                    python.toString(),
                    // as a script: what its package installs as a command begins a module that isn't there
                    run(List.of(
                                    python.toString(),
                                    "-c",
                                    "import epcis_event_hash_generator as e; print(e.__path__[0] + '/__main__.py')"))
                            .getLast(),
                    "--batch",
                    "--prehash",
                    "--log",
                    "CRITICAL",
                    document.toString()));
            String name = document.getFileName().toString();
            Path preHashes = document.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".prehashes");
            return Files.readAllLines(preHashes, UTF_8);
        });
    }

    private static List<String> run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> said = process.inputReader(UTF_8).lines().toList();
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " says " + String.join("\n", said));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return said;
    }
}
