package io.clearmarket.gateway.up;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a program of the network module, whose class path is its own, in this one's terminal. */
public final class NetworkTool {
    private NetworkTool() {}

    /** The program's exit code. */
    public static int run(Path root, String mainClass, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Launch.java(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dclearmarket.root=" + root,
                "-cp",
                Launch.classPath(root, "network", "clearmarket-network"),
                mainClass));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            return process.waitFor();
        } finally {
            process.destroy();
        }
    }
}
