package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.up.NetworkTool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code clearmarket profile}: the network module's own program, in a process of its own. */
@Command(
        name = "profile",
        description = "Looks at an existing Fabric network: are channel, chaincode and policy what this version needs?")
final class ProfileCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "OPTION", description = "See clearmarket profile --help.")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(arguments);
        all.add("--from=" + Main.fromUser(Path.of(".")));
        return NetworkTool.run(Main.root(), "io.clearmarket.network.ProfileMain", all);
    }
}
