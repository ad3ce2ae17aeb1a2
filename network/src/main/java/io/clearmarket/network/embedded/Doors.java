package io.clearmarket.network.embedded;

import io.clearmarket.network.embedded.organization.NodeFolder;
import io.clearmarket.network.embedded.organization.OrganizationFolder;
import io.clearmarket.network.embedded.server.NodeServer;
import io.grpc.BindableService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Opens the nodes' doors: where they listen, what they show, whom they let in. */
final class Doors {
    private final NetworkConfig config;
    private final NetworkFolders folders;

    Doors(NetworkConfig config, NetworkFolders folders) {
        this.config = config;
        this.folders = folders;
    }

    /** @param port what it had before; 0 the first time */
    NodeServer ofOrderer(int port, BindableService service) throws IOException {
        return open("the orderer", port == 0 ? config.ordererPort() : port, folders.orderer(), List.of(service));
    }

    /** @param port 0 for any free one */
    NodeServer ofPeer(PeerId peer, int port, List<BindableService> services) throws IOException {
        return open(peer.toString(), port, folders.peer(peer), services);
    }

    private NodeServer open(String node, int port, NodeFolder folder, List<BindableService> services)
            throws IOException {
        NodeServer.Listening listening = new NodeServer.Listening(node, config.host(), port);
        NodeServer.Credentials credentials =
                new NodeServer.Credentials(folder.serverCertificateFile(), folder.serverKeyFile(), clientAuthorities());
        return NodeServer.start(listening, credentials, services);
    }

    /** With mutual TLS, whoever has a TLS certificate of one of the organisations may connect. */
    private List<Path> clientAuthorities() {
        return config.mutualTls()
                ? folders.organizations().values().stream()
                        .map(OrganizationFolder::tlsCaFile)
                        .toList()
                : List.of();
    }
}
