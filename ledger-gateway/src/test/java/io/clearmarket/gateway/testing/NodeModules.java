package io.clearmarket.gateway.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** npm packages for tests. */
public final class NodeModules {
    private NodeModules() {}

    /**
     * Installs what a folder's lock file names, unless it is there.
     *
     * @param telling a package by which to tell
     */
    public static void install(Path folder, String telling) throws IOException {
        if (Files.isDirectory(folder.resolve("node_modules").resolve(telling))) {
            return;
        }
        Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(npm.getInputStream().readAllBytes(), UTF_8);
        try {
            if (npm.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
