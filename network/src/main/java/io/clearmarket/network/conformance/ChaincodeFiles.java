package io.clearmarket.network.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the conformance chaincodes lie.
 *
 * @param java the command that serves the Java ones
 * @param node the program of the Node one; empty where fabric-shim is not installed beside it
 */
record ChaincodeFiles(List<String> java, Optional<Path> node) {
    /** Why Node's variant is not run. */
    static final String NO_NODE =
            "fabric-shim for Node is not installed (npm ci in network/conformance-chaincode/node)";

    /** As the build leaves them. */
    static ChaincodeFiles in(Path root) {
        Path module = root.resolve("network/conformance-chaincode");
        Path jar = module.resolve("target/clearmarket-conformance-chaincode.jar");
        Path node = module.resolve("node");
        boolean installed = Files.isDirectory(node.resolve("node_modules/fabric-shim"));
        return new ChaincodeFiles(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar.toString()),
                installed ? Optional.of(node.resolve("rig.js")) : Optional.empty());
    }
}
