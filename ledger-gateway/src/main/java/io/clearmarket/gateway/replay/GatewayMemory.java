package io.clearmarket.gateway.replay;

import io.clearmarket.gateway.client.MarketClient;
import io.clearmarket.gateway.up.UpState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the gateway's process takes of the machine's memory; its database is another process. */
final class GatewayMemory {
    private static final double KIB_PER_MIB = 1024;
    private static final double BYTES_PER_MIB = 1024 * 1024;

    private final long pid;
    private final MarketClient client;
    private final String operatorToken;

    /** @param operatorToken of somebody who may read the gateway's metrics */
    GatewayMemory(UpState up, MarketClient client, String operatorToken) {
        this.pid = up.pids().getOrDefault("gateway", 0L);
        this.client = client;
        this.operatorToken = operatorToken;
    }

    /** MiB of it that are in memory, as Linux tells it ({@code proc(5)}, VmRSS); not a number elsewhere. */
    double residentMib() {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        try {
            return Files.readAllLines(status).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / KIB_PER_MIB;
        } catch (IOException e) {
            throw new UncheckedIOException(status + " can't be read", e);
        }
    }

    /** MiB of its heap that a full collection, which this asks for, leaves. */
    double liveMib() {
        collect();
        return client.get("/actuator/metrics/jvm.memory.used?tag=area:heap", operatorToken)
                        .path("measurements")
                        .path(0)
                        .path("value")
                        .doubleValue()
                / BYTES_PER_MIB;
    }

    private void collect() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process collecting = new ProcessBuilder(jcmd, Long.toString(pid), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (collecting.waitFor() != 0) {
                throw new ReplayException("jcmd " + pid + " GC.run ended with " + collecting.exitValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the gateway's heap can't be collected", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayException("interrupted");
        }
    }
}
