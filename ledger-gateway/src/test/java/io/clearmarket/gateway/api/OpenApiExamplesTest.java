package io.clearmarket.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.Request;
import io.clearmarket.wallet.json.Json;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class OpenApiExamplesTest {
    /** What the path or the header names, so that an example may leave it out. */
    private static final Map<String, String> NAMED =
            Map.of("commandId", "command-0001", "consignmentId", "order-0001.1", "party", "3a".repeat(32));

    @Test
    void every_example_of_a_command_is_one() {
        Map<String, Object> examples = OpenApiConfiguration.examples();
        assertThat(examples).containsKeys("ship", "accept", "batch", "prepare", "enrol");
        CommandName.requestTypes().forEach((name, type) -> {
            if (examples.containsKey(name)) {
                assertThat(Json.MAPPER.treeToValue(complete(type, examples.get(name)), type))
                        .isInstanceOf(type);
            }
        });
    }

    private static ObjectNode complete(Class<? extends Request> type, Object example) {
        ObjectNode command = Json.MAPPER.valueToTree(example);
        Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(name -> NAMED.containsKey(name) && !command.has(name))
                .forEach(name -> command.put(name, NAMED.get(name)));
        return command;
    }
}
