package io.clearmarket.gateway.up;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts the network with this project's chaincode. */
final class NetworkCommand {
    private static final String POLICY = "AND('AuditMSP.peer',OR('PlatformMSP.peer','MerchantsMSP.peer'))";

    /** A block costs more than its transactions: three peers and two readers verify, store and sync it. */
    private static final String BATCH_MILLIS = "200";

    private static final String CHAINCODE_CLASS = "io.clearmarket.chaincode.adapter.MarketService";

    private NetworkCommand() {}

    static ManagedProcess start(UpOptions options, NetworkKind kind, Path log) {
        boolean embedded = kind == NetworkKind.EMBEDDED;
        String classPath = embedded ? networkWithChaincode(options) : network(options);
        ClassArchive classes = ClassArchive.of(
                Launch.archives(options.root()),
                "network-" + kind.spelling(),
                classPath,
                options.logs().resolve("network.classes"));
        List<String> command = new ArrayList<>(
                embedded
                        ? List.of(Launch.java(), "-Xms256m", "-Xmx2g", "-XX:+UseParallelGC", Launch.compilers())
                        : List.of(Launch.java(), "-Xmx256m"));
        command.addAll(classes.useOrList());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                embedded ? "io.clearmarket.network.NetworkMain" : "io.clearmarket.network.FabricMain",
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
                POLICY));
        command.addAll(
                embedded ? List.of("--chaincode-class", CHAINCODE_CLASS) : List.of("--network", kind.spelling()));
        command.addAll(options.nodes().arguments(kind));
        return ManagedProcess.start("network", command, Map.of(), log, classes);
    }

    private static String network(UpOptions options) {
        return Launch.classPath(options.root(), "network", "clearmarket-network");
    }

    /** The chaincode's libraries are the network's own, of the same versions. */
    private static String networkWithChaincode(UpOptions options) {
        return network(options)
                + File.pathSeparator
                + Launch.classPath(options.root(), "chaincode/service", "clearmarket-chaincode");
    }
}
