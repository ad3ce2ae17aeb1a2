package io.clearmarket.gateway.up;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The network's bench, a program of the network module with a class path of its own. */
public final class BenchProcess {
    private BenchProcess() {}

    /**
     * Runs it with this process's input and outputs, and returns its exit code; it is ended with this process.
     *
     * @param root the project's folder
     * @param arguments those of {@code io.clearmarket.network.bench.NetworkBench}
     */
    public static int ofNetwork(Path root, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Launch.java(),
                "-Xms256m",
                "-Xmx2g",
                "-XX:+UseParallelGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                Launch.classPath(root, "network", "clearmarket-network"),
                "io.clearmarket.network.bench.NetworkBench"));
        command.addAll(arguments);
        try {
            Process bench = new ProcessBuilder(command).inheritIO().start();
            Runtime.getRuntime().addShutdownHook(new Thread(bench::destroy, "end bench"));
            return bench.waitFor();
        } catch (IOException e) {
            throw new UpException("the bench could not be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpException("interrupted while the bench ran");
        }
    }
}
