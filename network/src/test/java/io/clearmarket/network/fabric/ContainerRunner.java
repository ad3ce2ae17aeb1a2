package io.clearmarket.network.fabric;

import io.clearmarket.network.embedded.NetworkException;
import io.clearmarket.network.fabric.NodePlan.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The services of our compose file as containers that Testcontainers manages: it needs an engine, and no compose. */
final class ContainerRunner implements NodeRunner {
    private static final int STOP_SECONDS = 20;
    private static final int TOLD_LINES = 12;

    private final ComposeImages images;
    private final Path data;
    private final NodePlan plan;
    private final DirectoryLock lock;
    private final Map<String, GenericContainer<?>> running = new HashMap<>();
    private Map<String, Map<String, Object>> services = Map.of();

    /** @param lock on the directory; released when all nodes have ended */
    ContainerRunner(ComposeImages images, Path data, NodePlan plan, DirectoryLock lock) {
        this.images = images;
        this.data = data;
        this.plan = plan;
        this.lock = lock;
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
            String owner = Files.getAttribute(data, "unix:uid") + ":" + Files.getAttribute(data, "unix:gid");
            Map<String, Map<String, Map<String, Object>>> file = new Yaml(new SafeConstructor(new LoaderOptions()))
                    .load(ComposeFile.text("clearmarket-test", plan, members, images, owner));
            services = file.getOrDefault("services", Map.of());
        } catch (IOException e) {
            throw new NetworkException("no folder for " + node.id() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void start(Node node) {
        if (!running.containsKey(node.id())) {
            GenericContainer<?> container = container(
                    Objects.requireNonNull(services.get(ComposeFile.service(node)), () -> "no service " + node.id()));
            container.start();
            running.put(node.id(), container);
        }
    }

    private static GenericContainer<?> container(Map<String, Object> service) {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(text(service.get("image"))))
                .withNetworkMode(text(service.get("network_mode")))
                .withCommand(list(service.get("command")).toArray(String[]::new))
                .withWorkingDirectory(text(service.get("working_dir")))
                .withCreateContainerCmdModifier(create -> create.withUser(text(service.get("user"))));
        if (service.get("environment") instanceof Map<?, ?> environment) {
            environment.forEach((name, value) -> container.withEnv(text(name), text(value)));
        }
        for (String volume : list(service.get("volumes"))) {
            int colon = volume.indexOf(':');
            container.withFileSystemBind(volume.substring(0, colon), volume.substring(colon + 1), BindMode.READ_WRITE);
        }
        return container;
    }

    private static String text(@Nullable Object value) {
        return String.valueOf(Objects.requireNonNull(value));
    }

    private static List<String> list(@Nullable Object value) {
        return value instanceof List<?> all
                ? all.stream().map(ContainerRunner::text).toList()
                : List.of();
    }

    private synchronized GenericContainer<?> running(Node node) {
        GenericContainer<?> container = running.get(node.id());
        if (container == null) {
            throw new NetworkException("the container of " + node.id() + " has not been started");
        }
        return container;
    }

    @Override
    public void requireAlive(Node node) {
        if (!running(node).isRunning()) {
            throw new NetworkException("the container of " + node.id() + " does not run; " + telling(node));
        }
    }

    @Override
    public String telling(Node node) {
        List<String> lines = running(node).getLogs().lines().toList();
        return "its log says:\n  "
                + String.join("\n  ", lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size()));
    }

    @Override
    public synchronized void stop(Node node) {
        GenericContainer<?> container = running.remove(node.id());
        if (container != null) {
            // what Testcontainers does by itself is a kill
            container
                    .getDockerClient()
                    .stopContainerCmd(container.getContainerId())
                    .withTimeout(STOP_SECONDS)
                    .exec();
            container.stop();
        }
    }

    @Override
    public void close() {
        plan.peers().forEach(this::stop);
        plan.orderers().forEach(this::stop);
        lock.close();
    }
}
