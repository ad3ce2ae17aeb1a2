package io.clearmarket.network.embedded.peer.gateway;

import java.util.List;

/**
 * The channel's endorsers as one gateway prefers them: its own organisation's first.
 *
 * @param channel the channel they are on
 * @param nodes the home node first
 */
public record EndorserDirectory(String channel, List<EndorserNode> nodes) {
    public EndorserDirectory {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("a gateway has at least its own endorser");
        }
    }

    /** The gateway's own organisation. */
    public String homeMspId() {
        return nodes.getFirst().mspId();
    }

    List<EndorserNode> running(String chaincode) {
        return nodes.stream().filter(node -> node.has(chaincode)).toList();
    }
}
