package io.clearmarket.network.fabric;

import io.clearmarket.network.embedded.NetworkException;
import io.clearmarket.network.fabric.NodePlan.Node;
import io.clearmarket.network.fabric.node.FabricBinaries;
import io.clearmarket.network.fabric.node.NodeLog;
import io.clearmarket.network.fabric.node.NodeProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Nodes as processes on 127.0.0.1, from Fabric's release binaries. */
final class ProcessRunner implements NodeRunner {
    private final FabricBinaries binaries;
    private final Path data;
    private final NodePlan plan;
    private final DirectoryLock lock;
    private final ProcessRegister register;
    private final Map<String, NodeProcess> running = new LinkedHashMap<>();
    /** Nodes must not outlive this process where nobody closes the network. */
    private final Thread atExit = new Thread(this::endNodes, "fabric-nodes");

    /** @param lock on the directory; released when all nodes have ended */
    ProcessRunner(FabricBinaries binaries, Path data, NodePlan plan, DirectoryLock lock) {
        this.lock = lock;
        this.binaries = binaries;
        this.data = data;
        this.plan = plan;
        this.register = new ProcessRegister(data.resolve("processes.json"));
        // of a run that was killed: they hold the ports and the ledgers
        register.endAll();
        plan.nodes().forEach(ProcessRunner::requireFreePorts);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    private static void requireFreePorts(Node node) {
        for (int port : List.of(node.port(), node.secondPort(), node.operationsPort())) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException inUse) {
                throw new NetworkException(
                        "port " + port + " of " + node.id() + " is in use by another program; end that, or found "
                                + "the network anew in another directory, on other ports",
                        inUse);
            }
        }
    }

    @Override
    public String version() {
        return "Fabric " + binaries.version();
    }

    @Override
    public void configure(Node node, MemberFolders members, FabricConfig config) {
        NodeFiles.write(node, plan, members, config, version());
    }

    @Override
    public synchronized void start(Node node) {
        NodeProcess old = running.get(node.id());
        if (old != null && old.isAlive()) {
            return;
        }
        List<String> command = NodeFiles.orders(node)
                ? List.of(binaries.orderer().toString(), "start")
                : List.of(binaries.peer().toString(), "node", "start");
        NodeProcess process = NodeProcess.start(
                node.id(),
                command,
                data.resolve("nodes").resolve(node.id()).resolve("config"),
                new NodeLog(data.resolve("logs").resolve(node.id() + ".log")));
        running.put(node.id(), process);
        register.add(node.id(), process.pid());
    }

    @Override
    public void requireAlive(Node node) {
        process(node).requireAlive();
    }

    @Override
    public String telling(Node node) {
        return process(node).log().telling();
    }

    private synchronized NodeProcess process(Node node) {
        NodeProcess process = running.get(node.id());
        if (process == null) {
            throw new NetworkException(node.id() + " has not been started");
        }
        return process;
    }

    @Override
    public synchronized void stop(Node node) {
        NodeProcess process = running.remove(node.id());
        if (process != null) {
            process.close();
            register.remove(process.pid());
        }
    }

    @Override
    public void close() {
        endNodes();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException thisIsTheExit) {
            // the hook runs, or has run
        }
        lock.close();
    }

    /** Peers first: an orderer that ends while they ask it for blocks only makes noise. */
    private synchronized void endNodes() {
        plan.peers().forEach(this::stop);
        plan.orderers().forEach(this::stop);
    }
}
