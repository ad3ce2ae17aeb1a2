package io.clearmarket.gateway.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** npm packages for tests. */
public final class NodeModules {
    private static final Path LOCK = Path.of("target", "npm.lock");

    private NodeModules() {}

    /**
     * Installs what a folder's lock file names, unless it is there. Test JVMs that want it at the same time wait for the one that is at it.
     *
     * @param telling a package by which to tell
     */
    public static synchronized void install(Path folder, String telling) throws IOException {
        try (FileChannel file = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock alone = file.lock()) {
            if (alone.isValid()
                    && !Files.isDirectory(folder.resolve("node_modules").resolve(telling))) {
                ci(folder);
            }
        }
    }

    private static void ci(Path folder) throws IOException {
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
