package io.clearmarket.network.fabric;

import io.clearmarket.network.fabric.NodePlan.Node;
import java.util.Locale;

/**
 * The compose file of a network. Containers use the host's network, on 127.0.0.1, and see their folder under the path that
 * it has outside: so a node is configured alike as a process and in a container, and chaincode of this machine serves both.
 */
final class ComposeFile {
    private ComposeFile() {}

    /** The service of a node. */
    static String service(Node node) {
        return node.id().toLowerCase(Locale.ROOT).replace('.', '-');
    }

    /** The container of a node, unique on the machine. */
    static String container(String project, Node node) {
        return project + "-" + service(node);
    }

    /**
     * The file's text.
     *
     * @param user {@code uid:gid} that owns the network's folders; keys are readable by their owner only
     */
    static String text(String project, NodePlan plan, MemberFolders members, ComposeImages images, String user) {
        StringBuilder text = new StringBuilder("version: \"3.4\"\nservices:\n");
        plan.nodes().forEach(node -> {
            boolean orders = NodeFiles.orders(node);
            text.append(SERVICE.replace("${service}", service(node))
                    .replace("${container}", container(project, node))
                    .replace("${image}", orders ? images.orderer() : images.peer())
                    .replace("${command}", orders ? "[orderer, start]" : "[peer, node, start]")
                    .replace("${user}", user)
                    .replace("${folder}", members.folder(node).toString()));
        });
        return text.toString();
    }

    private static final String SERVICE = """
              ${service}:
                container_name: ${container}
                image: ${image}
                command: ${command}
                user: "${user}"
                network_mode: host
                restart: on-failure
                stop_grace_period: 20s
                working_dir: ${folder}/config
                environment:
                  FABRIC_CFG_PATH: ${folder}/config
                  FABRIC_LOGGING_SPEC: info
                volumes:
                  - ${folder}:${folder}
            """;
}
