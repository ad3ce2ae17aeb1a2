package io.clearmarket.network.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.network.embedded.NetworkException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodePlanTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void every_door_has_a_port_of_its_own_above_the_one_that_was_asked_for(int peers) {
        NodePlan plan =
                NodePlan.open(FabricConfig.in(directory).withBasePort(17_000).withNodes(peers, 3));

        List<Integer> ports = plan.nodes()
                .flatMap(node -> Stream.of(node.port(), node.secondPort(), node.operationsPort(), node.chaincodePort()))
                .toList();
        assertThat(ports).hasSize(4 * (3 + 3 * peers)).doesNotHaveDuplicates().allMatch(port -> port >= 17_000);
    }

    @Test
    void a_network_starts_with_as_many_nodes_as_it_has_and_no_fewer() {
        FabricConfig config = FabricConfig.in(directory);
        assertThat(config.withNodesAsFounded()).isEqualTo(config);
        NodePlan founded = NodePlan.open(config.withNodes(2, 3));

        assertThat(NodePlan.open(config.withNodesAsFounded())).isEqualTo(founded);
        assertThatThrownBy(() -> NodePlan.open(config))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("3 orderers and 6 peers");
    }

    @Test
    void a_network_gets_more_peers_for_good_and_keeps_those_that_it_had() {
        FabricConfig config = FabricConfig.in(directory).withBasePort(17_000);
        NodePlan founded = NodePlan.open(config.withNodes(1, 3));

        NodePlan grown = NodePlan.open(config.withNodes(2, 3));

        assertThat(grown.orderers()).isEqualTo(founded.orderers());
        assertThat(grown.peers())
                .containsAll(founded.peers())
                .extracting(NodePlan.Node::id)
                .containsExactly(
                        "peer0.PlatformMSP",
                        "peer1.PlatformMSP",
                        "peer0.MerchantsMSP",
                        "peer1.MerchantsMSP",
                        "peer0.AuditMSP",
                        "peer1.AuditMSP");
        assertThat(NodePlan.open(config.withNodesAsFounded())).isEqualTo(grown);
    }
}
