package io.clearmarket.network.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.network.fabric.NodePlan.Node;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What we ask of compose; {@link ComposeRunnerTest} tries it on an engine, where there is one. */
class ComposeFileTest {
    private static final ComposeImages IMAGES = new ComposeImages("example/peer:1", "example/orderer:1");

    @TempDir
    Path directory;

    private NodePlan plan = new NodePlan(List.of("market"), List.of(), List.of());
    private MemberFolders members;
    private Map<String, Map<String, Object>> services = Map.of();

    @BeforeEach
    void write() {
        FabricConfig config = FabricConfig.in(directory).withNodes(2, 1);
        plan = NodePlan.open(config);
        members = MemberFolders.open(directory, plan, Map.of());
        String text = ComposeFile.text("clearmarket-1", plan, members, IMAGES, "1000:100");
        Map<String, Map<String, Map<String, Object>>> file =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        services = file.getOrDefault("services", Map.of());
    }

    private Map<String, Object> service(Node node) {
        return services.getOrDefault(ComposeFile.service(node), Map.of());
    }

    @Test
    void every_node_is_a_service_of_its_kinds_image_and_program() {
        assertThat(services).hasSize(7);
        assertThat(plan.peers())
                .allSatisfy(peer -> assertThat(service(peer))
                        .containsEntry("image", "example/peer:1")
                        .containsEntry("command", List.of("peer", "node", "start")));
        assertThat(plan.orderers())
                .allSatisfy(orderer -> assertThat(service(orderer))
                        .containsEntry("image", "example/orderer:1")
                        .containsEntry("command", List.of("orderer", "start")));
        assertThat(services.values())
                .extracting(service -> service.get("container_name"))
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).asString().startsWith("clearmarket-1-"));
    }

    @Test
    void a_node_sees_its_own_folder_alone_under_the_path_outside_as_its_owner_on_the_loopback() {
        assertThat(plan.nodes().toList()).allSatisfy(node -> {
            Path folder = members.folder(node);
            assertThat(service(node))
                    .containsEntry("volumes", List.of(folder + ":" + folder))
                    .containsEntry("working_dir", folder + "/config")
                    .containsEntry("user", "1000:100")
                    .containsEntry("network_mode", "host")
                    .containsEntry("restart", "on-failure");
            assertThat(service(node).get("environment"))
                    .isEqualTo(Map.of("FABRIC_CFG_PATH", folder + "/config", "FABRIC_LOGGING_SPEC", "info"));
        });
    }
}
