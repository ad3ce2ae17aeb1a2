package io.clearmarket.gateway.up;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A system to work with: the one that is up, or one of our own that is ended again. */
public final class UseSystem implements AutoCloseable {
    private final UpState state;
    private final Optional<UpSystem> own;

    private UseSystem(UpState state, Optional<UpSystem> own) {
        this.state = state;
        this.own = own;
    }

    /**
     * @param kind what an own system runs on; null for what the folder has, else embedded
     * @param out where the progress of coming up goes, if it has to
     */
    public static UseSystem open(Path root, Path data, @Nullable NetworkKind kind, PrintStream out) {
        Optional<UpState> running = UpState.ofRunning(data);
        if (running.isPresent()) {
            return new UseSystem(running.get(), Optional.empty());
        }
        out.println("No system is up on " + data + "; one is started, and ended afterwards ...");
        UpSystem system = startOwn(root, data, false, kind, out);
        return new UseSystem(system.state(), Optional.of(system));
    }

    /** A system on ports that are free at this moment. */
    public static UpSystem startOwn(Path root, Path data, boolean fresh, PrintStream out) {
        return startOwn(root, data, fresh, null, out);
    }

    private static UpSystem startOwn(Path root, Path data, boolean fresh, @Nullable NetworkKind kind, PrintStream out) {
        List<Integer> ports = Ports.free(3);
        return UpSystem.start(
                new UpOptions(
                        root, data, ports.get(0), ports.get(1), ports.get(2), fresh, kind, UpOptions.Nodes.USUAL, null),
                out);
    }

    public UpState state() {
        return state;
    }

    @Override
    public void close() {
        own.ifPresent(UpSystem::close);
    }
}
