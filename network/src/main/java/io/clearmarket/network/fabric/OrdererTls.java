package io.clearmarket.network.fabric;

import io.clearmarket.network.embedded.NetworkException;
import io.clearmarket.network.embedded.configtx.ConfigEdits;
import io.clearmarket.network.fabric.NodePlan.Node;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.common.ConfigGroup;

/** The orderers' TLS certificates: those in their folders, and those by which a channel knows its consenters. */
final class OrdererTls {
    private final NodePlan plan;
    private final MemberFolders members;
    private final NodeRunner runner;

    OrdererTls(NodePlan plan, MemberFolders members, NodeRunner runner) {
        this.plan = plan;
        this.members = members;
        this.runner = runner;
    }

    /** The change of a channel's group that names an orderer's certificate of now. */
    UnaryOperator<ConfigGroup> change(Node orderer) {
        return ConfigEdits.consenterTls(runner.address(orderer), members.tlsCertificate(orderer));
    }

    /** The orderers that a channel knows by other certificates than they have. */
    List<Node> outdated(ConfigGroup channel) {
        return plan.orderers().stream()
                .filter(orderer -> !change(orderer).apply(channel).equals(channel))
                .toList();
    }

    /** @throws NetworkException if too few orderers have the channel's certificates to agree on others */
    void requireMajority(String name, ConfigGroup channel) {
        List<Node> outdated = outdated(channel);
        int all = plan.orderers().size();
        if (all - outdated.size() <= all / 2) {
            throw new NetworkException("channel " + name + " knows "
                    + outdated.stream().map(Node::id).toList()
                    + " by other TLS certificates than are in their folders, and the other orderers are too few to tell"
                    + " it: bring back the folders' tls");
        }
    }
}
