package io.clearmarket.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.QuoteSide;
import io.clearmarket.wallet.json.Json;
import io.swagger.v3.oas.models.Components;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class CommandSchemasTest {
    private static final Set<String> NAMED = Set.of("commandId", "consignmentId", "party", "device");

    private final Components components = new Components().schemas(new TreeMap<>());
    private final CommandSchemas schemas = new CommandSchemas(components, new DescribedRecords(mappings()));

    @Test
    void every_example_of_a_command_is_of_its_schema() {
        Map<String, Object> examples = OpenApiConfiguration.examples();
        CommandName.requestTypes().forEach((name, type) -> {
            if (examples.containsKey(name)) {
                ObjectNode example = Json.MAPPER.valueToTree(examples.get(name));
                boolean names = type == Command.RecordReview.class;
                assertThat(errors(type, names ? Set.of("commandId") : NAMED, example))
                        .as(name)
                        .isEmpty();
            }
        });
    }

    @Test
    void a_member_that_no_command_has_is_none_of_the_schema() {
        assertThat(errors(Command.Cancel.class, NAMED, "{\"version\":1}")).isEmpty();
        assertThat(errors(Command.Cancel.class, NAMED, "{\"version\":1,\"verison\":1}"))
                .hasSize(1);
        assertThat(errors(Command.Cancel.class, NAMED, "{}")).hasSize(1);
    }

    @Test
    void bounds_are_those_that_the_chaincode_requires() {
        String review =
                "{\"consignmentId\":\"order-0001.1\",\"line\":1,\"score\":%d,\"text\":\"" + "5f".repeat(32) + "\"}";
        Set<String> key = Set.of("commandId");
        assertThat(errors(Command.RecordReview.class, key, review.formatted(5))).isEmpty();
        assertThat(errors(Command.RecordReview.class, key, review.formatted(6))).hasSize(1);
        assertThat(errors(Command.RecordReview.class, key, review.formatted(0))).hasSize(1);
        assertThat(errors(
                        Command.RecordReview.class,
                        key,
                        review.replace("order-0001.1", "order.1").formatted(5)))
                .hasSize(1);
    }

    @Test
    void a_quote_is_a_number_or_beyond_what_json_counts_a_text() {
        Schema side = compiled(Objects.requireNonNull(ValueForms.of(QuoteSide.class)));
        assertThat(side.validate(Json.MAPPER.readTree("100"))).isEmpty();
        assertThat(side.validate(Json.MAPPER.readTree("\"9007199254740993\""))).isEmpty();
        assertThat(side.validate(Json.MAPPER.readTree("9007199254740993"))).isNotEmpty();
        assertThat(side.validate(Json.MAPPER.readTree("\"100\""))).isNotEmpty();
        assertThat(side.validate(Json.MAPPER.readTree("0"))).isNotEmpty();
    }

    @Test
    void no_text_or_number_of_a_command_is_without_bounds() {
        CommandName.requestTypes()
                .values()
                .forEach(type -> requireBound(tree(schemas.body(type, NAMED)), type.toString()));
        components.getSchemas().forEach((name, schema) -> requireBound(tree(schema), name));
        assertThat(components.getSchemas()).containsKeys("Terms", "Line", "EpcisRecord", "Evidence");
    }

    private static void requireBound(JsonNode schema, String path) {
        switch (schema.path("type").asString("")) {
            case "string" ->
                assertThat(schema.has("pattern") || schema.has("enum") || schema.has("format"))
                        .as(path)
                        .isTrue();
            case "integer" ->
                assertThat(schema.has("minimum") && schema.has("maximum"))
                        .as(path)
                        .isTrue();
            case "array" -> {
                assertThat(schema.has("maxItems")).as(path).isTrue();
                requireBound(schema.path("items"), path + "[]");
            }
            default ->
                schema.path("properties")
                        .properties()
                        .forEach(member -> requireBound(member.getValue(), path + "." + member.getKey()));
        }
    }

    private List<Error> errors(Class<?> type, Set<String> named, String json) {
        return errors(type, named, Json.MAPPER.readTree(json));
    }

    private List<Error> errors(Class<?> type, Set<String> named, JsonNode json) {
        return compiled(schemas.body(type, named)).validate(json);
    }

    private Schema compiled(io.swagger.v3.oas.models.media.Schema<?> schema) {
        ObjectNode whole = tree(schema);
        whole.putObject("components").set("schemas", tree(components.getSchemas()));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole);
    }

    private static ObjectNode tree(Object schema) {
        return (ObjectNode) Json.MAPPER.readTree(io.swagger.v3.core.util.Json.pretty(schema));
    }

    private static ObjectProvider<RequestMappingHandlerMapping> mappings() {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("requestMappingHandlerMapping", new RequestMappingHandlerMapping());
        return beans.getBeanProvider(RequestMappingHandlerMapping.class);
    }
}
