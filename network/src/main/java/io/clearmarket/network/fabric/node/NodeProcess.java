package io.clearmarket.network.fabric.node;

import io.clearmarket.network.embedded.NetworkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A node of Fabric as a process on this machine. */
public final class NodeProcess implements AutoCloseable {
    private static final int GRACE_SECONDS = 20;

    private final String name;
    private final Process process;
    private final NodeLog log;

    private NodeProcess(String name, Process process, NodeLog log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it; whether it is healthy is asked elsewhere.
     *
     * @param configuration the folder with its core.yaml or orderer.yaml
     * @throws NetworkException if it does not run on this machine
     */
    public static NodeProcess start(String name, List<String> command, Path configuration, NodeLog log) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(configuration.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()));
        Map<String, String> environment = builder.environment();
        // settings of somebody's shell must not reach our nodes
        environment.keySet().removeIf(key -> key.startsWith("CORE_") || key.startsWith("ORDERER_"));
        environment.put("FABRIC_CFG_PATH", configuration.toString());
        environment.putIfAbsent("FABRIC_LOGGING_SPEC", "info");
        try {
            Files.createDirectories(log.file().toAbsolutePath().getParent());
            log.mark();
            Process process = builder.start();
            process.getOutputStream().close();
            return new NodeProcess(name, process, log);
        } catch (IOException e) {
            throw new NetworkException(name + " cannot be started: " + e.getMessage(), e);
        }
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** @throws NetworkException with the telling lines of its log, if it has ended */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new NetworkException(name + " ended with code " + process.exitValue() + "; " + log.telling());
        }
    }

    public NodeLog log() {
        return log;
    }

    /** Ends it at once, as a power cut would. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks it to end, and ends it by force if it does not in time. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
