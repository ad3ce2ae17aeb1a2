package io.clearmarket.network.conformance;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code clearmarket conformance}: 0 if every statement that was run holds, 1 on any difference. */
@Command(
        name = "clearmarket conformance",
        mixinStandardHelpOptions = true,
        description = "Tries every statement about Fabric's behaviour on a network and prints which hold.",
        footer = "Exit codes: 0 all that was run holds, 1 a difference or no such network here, 2 wrong usage.")
public final class ConformanceMain implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--network", required = true, paramLabel = "KIND", description = "embedded, native or compose.")
    private String network = "";

    @Option(names = "--only", split = ",", paramLabel = "ID", description = "Only these statements, such as 30,F2,A17.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--json", description = "Print one JSON object a line instead of a table.")
    private boolean json;

    @Option(names = "--root", hidden = true, description = "The project's folder.")
    private Path root = Path.of(System.getProperty("clearmarket.root", "."));

    @Option(names = "--keep", paramLabel = "DIR", description = "Keep the networks' folders and logs here.")
    private @Nullable Path keep;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ConformanceMain()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        CommandSpec command = spec;
        if (command == null) {
            throw new IllegalStateException("picocli sets the command's specification");
        }
        PrintWriter out = command.commandLine().getOut();
        NetworkProvider provider = ServiceLoader.load(NetworkProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(candidate -> candidate.name().equals(network))
                .findFirst()
                .orElseThrow(() -> new CommandLine.ParameterException(
                        command.commandLine(), "--network knows no \"" + network + "\": embedded, native or compose"));
        String unavailable = provider.unavailable().orElse(null);
        if (unavailable != null) {
            command.commandLine().getErr().println("clearmarket: no " + network + " network here: " + unavailable);
            return 1;
        }
        List<Statement> chosen = Suite.statements().stream()
                .filter(statement -> only.isEmpty() || only.contains(statement.id()))
                .toList();
        if (chosen.isEmpty()) {
            throw new CommandLine.ParameterException(command.commandLine(), "--only names no statement: " + only);
        }
        Path folder = keep == null ? Files.createTempDirectory("conformance-") : kept(command, keep.toAbsolutePath());
        NodeModules.install(root.toAbsolutePath());
        Report report = new Report(out, json);
        report.begin(network);
        new Suite(provider, folder, root.toAbsolutePath()).run(chosen, report::add);
        report.end();
        return report.differences() == 0 ? 0 : 1;
    }

    private static Path kept(CommandSpec command, Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new CommandLine.ParameterException(
                    command.commandLine(), "--keep is " + folder + ", which can't be a folder: " + e.getMessage());
        }
    }
}
