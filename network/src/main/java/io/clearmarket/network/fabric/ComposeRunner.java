package io.clearmarket.network.fabric;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.network.embedded.NetworkException;
import io.clearmarket.network.fabric.NodePlan.Node;
import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Nodes in containers, from Fabric's images, by a compose file that is written here. */
final class ComposeRunner implements NodeRunner {
    private static final long LOOK_AGAIN_NANOS = 2_000_000_000L;

    private final Path data;
    private final NodePlan plan;
    private final ComposeImages images;
    private final DirectoryLock lock;
    private final DockerCompose compose;
    private final String project;
    /** Containers must not outlive this process where nobody closes the network. */
    private final Thread atExit = new Thread(this::endNodes, "fabric-containers");

    private Set<String> running = Set.of();
    private long looked;
    private boolean written;

    /** @param lock on the directory; released when all nodes have ended */
    ComposeRunner(ComposeImages images, Path data, NodePlan plan, DirectoryLock lock) {
        this.data = data;
        this.plan = plan;
        this.images = images;
        this.lock = lock;
        this.compose = DockerCompose.on(file());
        byte[] where = Digests.sha256(data.toString().getBytes(UTF_8));
        this.project = "clearmarket-" + HexFormat.of().formatHex(where, 0, 4);
        for (String image : List.of(images.peer(), images.orderer())) {
            if (!DockerCompose.obtains(image)) {
                throw new NetworkException("the image " + image + " is neither here nor can it be pulled; load it with "
                        + "docker load, or name another by FABRIC_PEER_IMAGE and FABRIC_ORDERER_IMAGE");
            }
        }
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Why there can be no such network on this machine; empty if there can. */
    static Optional<String> unavailable(ComposeImages images) {
        Optional<String> docker = DockerCompose.unavailable();
        if (docker.isPresent()) {
            return docker;
        }
        return List.of(images.peer(), images.orderer()).stream()
                .filter(image -> !DockerCompose.obtains(image))
                .findFirst()
                .map(image -> "the image " + image + " is neither here nor can it be pulled");
    }

    /** What all its containers are labelled with. */
    String project() {
        return project;
    }

    private Path file() {
        return data.resolve("compose.yaml");
    }

    @Override
    public String version() {
        return "Fabric in containers, " + images.peer();
    }

    @Override
    public void configure(Node node, MemberFolders members, FabricConfig config) {
        NodeFiles.write(node, plan, members, config, version());
        try {
            Files.createDirectories(members.folder(node).resolve("data"));
        } catch (IOException e) {
            throw new NetworkException("no folder for " + node.id() + ": " + e.getMessage(), e);
        }
        if (!written) {
            PrivateFiles.write(file(), ComposeFile.text(project, plan, members, images, owner()));
            written = true;
            // of a run that was killed
            call("down", "--timeout", "20");
        }
    }

    private String owner() {
        try {
            return Files.getAttribute(data, "unix:uid") + ":" + Files.getAttribute(data, "unix:gid");
        } catch (IOException e) {
            throw new NetworkException(data + " has no owner: " + e.getMessage(), e);
        }
    }

    private String call(String... arguments) {
        looked = 0;
        String[] all = new String[arguments.length + 2];
        all[0] = "-p";
        all[1] = project;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return compose.call(all);
    }

    @Override
    public synchronized void start(Node node) {
        call("up", "-d", "--no-deps", ComposeFile.service(node));
    }

    @Override
    public synchronized void requireAlive(Node node) {
        if (looked == 0 || System.nanoTime() - looked > LOOK_AGAIN_NANOS) {
            running = new HashSet<>(DockerCompose.running(project));
            looked = System.nanoTime();
        }
        if (!running.contains(ComposeFile.container(project, node))) {
            throw new NetworkException("the container of " + node.id() + " does not run; " + telling(node));
        }
    }

    @Override
    public String telling(Node node) {
        return "its log says:\n  "
                + call("logs", "--no-color", "--tail", "12", ComposeFile.service(node))
                        .replace("\n", "\n  ");
    }

    @Override
    public synchronized void stop(Node node) {
        call("stop", ComposeFile.service(node));
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

    /** Removes the containers; what they wrote lies in the network's folders. */
    private synchronized void endNodes() {
        if (written) {
            call("down", "--timeout", "20");
            written = false;
        }
    }
}
