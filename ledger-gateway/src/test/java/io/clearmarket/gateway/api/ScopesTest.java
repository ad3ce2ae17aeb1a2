package io.clearmarket.gateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.identity.Scope;
import io.clearmarket.gateway.identity.TeamRole;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What opens which door: every operation is tried with its scope and without. */
class ScopesTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String KEYS = "/api/v1/access-keys";

    private final GatewayTestSystem system = GatewayTestSystem.get();

    /** An operation that needs a caller, as the API's description has it. */
    private record Door(String method, String path, Scope scope) {
        @Override
        public String toString() {
            return method + " " + path + " " + scope.id();
        }
    }

    /** An answer, as far as a door shows in it. */
    private record Seen(int status, String challenge, String body) {
        boolean isRefused(Scope missing) {
            return status == 403
                    && challenge.equals("Bearer error=\"insufficient_scope\", scope=\"%s\"".formatted(missing.id()));
        }
    }

    @Test
    void every_operation_is_described_with_the_scope_without_which_it_is_refused_and_with_which_alone_it_is_not()
            throws Exception {
        List<Door> doors = doors();
        assertThat(doors).hasSizeGreaterThan(100);
        for (Door door : doors) {
            Role role = door.scope().roles().stream().sorted().findFirst().orElseThrow();
            Set<Scope> others = EnumSet.copyOf(Scope.of(Set.of(role)));
            others.remove(door.scope());
            Seen without = ask(door, token(role, others));
            assertThat(without.isRefused(door.scope())).as(door + " " + without).isTrue();
            if (door.path().startsWith("/api/v1")) {
                JsonNode problem = Json.MAPPER.readTree(without.body());
                assertThat(problem.path("code").asString()).isEqualTo("INSUFFICIENT_SCOPE");
                assertThat(problem.path("value").asString())
                        .isEqualTo(door.scope().id());
            }
            Seen with = ask(door, token(role, Set.of(door.scope())));
            assertThat(with.status()).as(door.toString()).isNotEqualTo(401);
            assertThat(with.challenge()).as(door.toString()).isEmpty();
        }
    }

    @Test
    void a_role_opens_what_its_scopes_open_and_no_more() throws Exception {
        List<Door> doors = doors();
        for (Scope scope : Scope.values()) {
            Optional<Door> door =
                    doors.stream().filter(some -> some.scope() == scope).findFirst();
            // settlement has a system of its own, SettlementTest's
            assertThat(door.isPresent() || scope.id().matches("(settlement|development):.*"))
                    .as(scope.id())
                    .isTrue();
            for (Role role : door.isPresent() ? Role.values() : new Role[0]) {
                boolean refused =
                        ask(door.get(), token(role, Scope.of(Set.of(role)))).isRefused(scope);
                assertThat(refused)
                        .as(role + " " + door)
                        .isEqualTo(!scope.roles().contains(role));
            }
        }
    }

    @Test
    void the_documented_table_is_the_one_that_is_applied() throws Exception {
        String roles = Arrays.stream(Role.values())
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" | "));
        List<String> rows = Arrays.stream(Scope.values())
                .map(scope -> "| `%s` | %s | %s |"
                        .formatted(
                                scope.id(),
                                scope.opens(),
                                Arrays.stream(Role.values())
                                        .map(role -> scope.roles().contains(role) ? "x" : "")
                                        .collect(Collectors.joining(" | "))))
                .toList();
        String page = Files.readString(Path.of(System.getProperty("clearmarket.root", ".."), "docs", "sign-in.md"));
        assertThat(page).contains("| Scope | Opens | " + roles + " |\n").contains(String.join("\n", rows) + "\n");
    }

    @Test
    void a_key_opens_what_its_maker_gave_it_and_a_key_of_before_all_that_its_roles_have() {
        TestHttp merchant = system.http(system.token("merchant"));
        Answer made = merchant.post(KEYS, Map.of("label", "statements", "scopes", List.of("finance:read")));
        assertThat(made.body().path("key").path("scopes")).hasToString("[\"finance:read\"]");
        TestHttp key = system.http(made.text("secret"));
        Answer refused = key.get("/api/v1/orders");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("detail")).contains("orders:read");
        assertThat(key.get("/merchant").status()).as("a page of orders").isEqualTo(403);

        database()
                .sql("update access_key set scopes = null, team = null where id = ?::uuid")
                .param(made.body().path("key").path("id").asString())
                .update();
        assertThat(key.get("/api/v1/orders").status()).isEqualTo(200);
        assertThat(key.get("/merchant").status()).isEqualTo(200);
        assertThat(key.get(KEYS).text("value")).isEqualTo("keys:read");
        assertThat(key.get("/api/v1/audit/conservation").text("value")).isEqualTo("audit:read");
    }

    @Test
    void no_key_gets_a_scope_that_its_maker_lacks_or_that_is_none() {
        TestHttp limited = system.http(token(Role.MERCHANT, Set.of(Scope.KEYS_WRITE, Scope.ORDERS_READ)));
        for (String wanted : List.of("audit:read", "orders:write", "keys:write", "orders:fly")) {
            Answer refused = limited.post(KEYS, Map.of("label", "more", "scopes", List.of(wanted)));
            assertThat(refused.code()).as(wanted).isEqualTo("INVALID_VALUE");
            assertThat(refused.text("detail")).contains(wanted);
        }
        Answer all = limited.post(KEYS, Map.of("label", "all"));
        assertThat(all.body().path("key").path("scopes")).hasToString("[\"orders:read\"]");
        Answer reader = system.http(system.token("merchant"))
                .post(
                        KEYS,
                        Map.of("label", "reader", "readOnly", true, "scopes", List.of("orders:read", "orders:write")));
        assertThat(reader.body().path("key").path("scopes")).hasToString("[\"orders:read\"]");
    }

    private static PartyId stranger() {
        return new PartyId("5c".repeat(32));
    }

    private String token(Role role, Set<Scope> scopes) {
        return system.token(new Caller("scopes", Set.of(role), stranger(), null, Set.of(TeamRole.OWNER), scopes));
    }

    private List<Door> doors() {
        JsonNode description = system.http(null).get("/v3/api-docs").body();
        List<Door> doors = new ArrayList<>();
        description
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> !method.getValue().path("security").isEmpty()
                                || method.getValue().path("security").isMissingNode())
                        .forEach(method -> {
                            String what = method.getKey() + " " + path.getKey();
                            JsonNode scopes =
                                    method.getValue().path("security").path(0).path("bearer");
                            assertThat(scopes.size()).as(what).isEqualTo(1);
                            doors.add(new Door(
                                    method.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    Scope.named(scopes.path(0).asString()).orElseThrow()));
                        }));
        return doors;
    }

    private Seen ask(Door door, String token) throws Exception {
        String target = door.path().replaceAll("\\{[^}]+}", "3a".repeat(32));
        HttpRequest.Builder request = system.http(token)
                .request(target)
                .header("Content-Type", "application/json")
                .method(
                        door.method(),
                        door.method().equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"));
        HttpResponse<InputStream> answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        String challenge = answer.headers().firstValue("WWW-Authenticate").orElse("");
        try (InputStream body = answer.body()) {
            // a stream of events never ends
            return new Seen(
                    answer.statusCode(),
                    challenge,
                    answer.statusCode() == 403 ? new String(body.readAllBytes(), UTF_8) : "");
        }
    }

    private JdbcClient database() {
        return system.context().getBean(JdbcClient.class);
    }
}
