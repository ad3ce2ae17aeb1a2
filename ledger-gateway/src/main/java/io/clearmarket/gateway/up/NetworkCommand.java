package io.clearmarket.gateway.up;

import java.util.List;

/** The command line that runs the embedded network with this project's chaincode. */
final class NetworkCommand {
    private static final String POLICY = "AND('AuditMSP.peer',OR('PlatformMSP.peer','MerchantsMSP.peer'))";

    /** A block costs more than its transactions: three peers and two readers verify, store and sync it. */
    private static final String BATCH_MILLIS = "50";

    private NetworkCommand() {}

    static List<String> of(UpOptions options) {
        return List.of(
                Launch.java(),
                "-Xms256m",
                "-Xmx2g",
                "-XX:+UseParallelGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                Launch.classPath(options.root(), "network", "clearmarket-network"),
                "io.clearmarket.network.NetworkMain",
                "--data",
                options.network().toString(),
                "--base-port",
                Integer.toString(options.networkPort()),
                "--chaincode",
                "market=1.0",
                "--chaincode-jar",
                options.root()
                        .resolve("chaincode/service/target/clearmarket-chaincode.jar")
                        .toString(),
                // so that it ends with us even when we are killed
                "--end-with-stdin",
                "--batch-timeout",
                BATCH_MILLIS,
                "--policy",
                POLICY);
    }
}
