package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.up.NetworkTool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code clearmarket profile}: the network module's own program, in a process of its own. */
@Command(
        name = "profile",
        description = "Looks at an existing Fabric network: are channel, chaincode and policy what this version needs?")
final class ProfileCommand implements Callable<Integer> {
    /** Its options are the other program's, {@code --help} too. */
    @Unmatched
    private final List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(arguments);
        all.add("--from=" + Main.fromUser(Path.of(".")));
        return NetworkTool.run(Main.root(), "io.clearmarket.network.ProfileMain", all);
    }
}
