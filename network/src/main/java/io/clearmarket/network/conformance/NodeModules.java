package io.clearmarket.network.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Node's fabric-shim, fetched by npm beside the chaincode that needs it. */
final class NodeModules {
    private NodeModules() {}

    /** Installs what is missing; where npm or its registry cannot be had, Node's statements are reported as not run. */
    static void install(Path root) throws InterruptedException {
        Path folder = root.resolve("network/conformance-chaincode/node");
        if (Files.isDirectory(folder.resolve("node_modules/fabric-shim"))) {
            return;
        }
        try {
            new ProcessBuilder(List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException noNpm) {
            // told with each statement that needs it
        }
    }
}
