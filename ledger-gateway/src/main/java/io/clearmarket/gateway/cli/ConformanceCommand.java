package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.up.NetworkTool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code clearmarket conformance}: the network module's own program, in a process of its own. */
@Command(
        name = "conformance",
        description = "Tries every statement about Fabric's behaviour on a network and prints which hold.")
final class ConformanceCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "OPTION", description = "See clearmarket conformance --help.")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return NetworkTool.run(Main.root(), "io.clearmarket.network.conformance.ConformanceMain", arguments);
    }
}
