package io.clearmarket.gateway.up;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The attesters' processes. One that ends does not end the system: that it doesn't have to is what they are for. */
final class RunningAttesters {
    private static final Duration START = Duration.ofMinutes(3);

    private final AttesterSettings settings;
    private final Consumer<ManagedProcess> started;
    private final Map<String, ManagedProcess> processes = new TreeMap<>();
    private final Set<String> toldOf = new HashSet<>();

    /** @param started takes care of a process until it has ended */
    RunningAttesters(AttesterSettings settings, Consumer<ManagedProcess> started) {
        this.settings = settings;
        this.started = started;
    }

    /** Starts all at once, and waits for none. */
    void start() {
        for (String mspId : settings.attesters().all().keySet()) {
            start(mspId, "");
        }
    }

    /** Waits until all answer. */
    void await() {
        for (String mspId : settings.attesters().all().keySet()) {
            process(mspId).await(() -> settings.isHealthy(mspId), START);
        }
    }

    /** Starts one again, and waits until it answers or has stopped again. */
    void startAgain(String mspId, String crashAt) {
        start(mspId, crashAt);
        ManagedProcess process = process(mspId);
        process.await(() -> settings.isHealthy(mspId) || (!crashAt.isEmpty() && !process.isAlive()), START);
    }

    private synchronized void start(String mspId, String crashAt) {
        ManagedProcess process = settings.start(mspId, crashAt);
        processes.put(mspId, process);
        toldOf.remove(mspId);
        started.accept(process);
    }

    synchronized ManagedProcess process(String mspId) {
        ManagedProcess process = processes.get(mspId);
        if (process == null) {
            throw new IllegalArgumentException("no attester of " + mspId + " was started");
        }
        return process;
    }

    synchronized boolean isOne(@Nullable Object part) {
        return processes.values().stream().anyMatch(process -> process == part);
    }

    /** Says once of each that ended by itself how to have it again. */
    synchronized void tellOfEnded(PrintStream out) {
        processes.forEach((mspId, process) -> {
            if (!process.isAlive() && toldOf.add(mspId)) {
                out.println("clearmarket: " + mspId + "'s attester ended by itself; see " + settings.logFile(mspId)
                        + ". Nothing is lost; have it again with ./clearmarket attester --config "
                        + AttesterSettings.configuration(settings.one(mspId)));
            }
        });
    }
}
