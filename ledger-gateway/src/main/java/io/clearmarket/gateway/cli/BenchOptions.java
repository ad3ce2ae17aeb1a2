package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.up.NetworkKind;
import io.clearmarket.gateway.up.UpState;
import io.clearmarket.gateway.up.UseSystem;
import io.clearmarket.wallet.json.Json;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a bench needs that measures the running system or one of its own, and tells what it measured to people or programs. */
final class BenchOptions {
    @Option(names = "--json", description = "Print the figures as JSON and nothing else on standard output.")
    private boolean json;

    @Option(
            names = "--data",
            description = "The running system's data folder (default: .clearmarket beside the launcher).")
    private @Nullable Path data;

    /** Where what is being done goes: standard output is the figures' alone if they are JSON. */
    PrintStream progress() {
        return json ? System.err : System.out;
    }

    /** The system's data folder. */
    Path folder() {
        return Main.data(data);
    }

    /** Measures; a system of its own is ended afterwards. */
    <T> T measure(@Nullable NetworkKind kind, Function<UpState, T> bench) {
        try (UseSystem system = UseSystem.open(Main.root(), folder(), kind, progress())) {
            return bench.apply(system.state());
        }
    }

    /** Tells the figures; people get what {@code print} makes of them. */
    <T> void tell(T figures, BiConsumer<T, PrintStream> print) {
        if (json) {
            System.out.println(Json.MAPPER.writeValueAsString(figures));
        } else {
            print.accept(figures, System.out);
        }
    }
}
