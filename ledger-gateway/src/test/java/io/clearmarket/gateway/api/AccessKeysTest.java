package io.clearmarket.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keys that a merchant's server uses instead of tokens. */
class AccessKeysTest {
    private static final String KEYS = "/api/v1/access-keys";

    private final GatewayTestSystem system = GatewayTestSystem.get();
    private final TestHttp merchant = system.http(system.token("merchant"));

    @Test
    void a_key_stands_for_its_maker_and_for_nobody_else() {
        TestHttp server = system.http(made(Map.of("label", "shop")).text("secret"));
        assertThat(server.get("/api/v1/webhooks").status()).isEqualTo(200);
        assertThat(server.post("/api/v1/webhooks", webhook()).status()).isEqualTo(201);
        assertThat(server.get("/api/v1/audit/conservation").status()).isEqualTo(403);
        assertThat(system.http("cmk_unheard-of").get("/api/v1/webhooks").status())
                .isEqualTo(401);
    }

    @Test
    void one_for_reading_changes_nothing_and_no_key_makes_keys() {
        TestHttp reader =
                system.http(made(Map.of("label", "reports", "readOnly", true)).text("secret"));
        assertThat(reader.get("/api/v1/webhooks").status()).isEqualTo(200);
        assertThat(reader.post("/api/v1/webhooks", webhook()).status()).isEqualTo(403);
        TestHttp server = system.http(made(Map.of("label", "shop")).text("secret"));
        assertThat(server.get(KEYS).status()).isEqualTo(403);
        assertThat(server.post(KEYS, Map.of("label", "more")).status()).isEqualTo(403);
    }

    @Test
    void a_rotated_secret_counts_for_a_day_and_a_key_taken_back_at_once_no_more() {
        Answer made = made(Map.of("label", "rotated"));
        String id = made.body().path("key").path("id").asString();
        String before = made.text("secret");
        String after = merchant.post(KEYS + "/" + id + "/secret", Map.of()).text("secret");
        assertThat(after).isNotEqualTo(before);
        assertThat(status(before)).isEqualTo(200);
        assertThat(status(after)).isEqualTo(200);
        database()
                .sql("update access_key_former set until = now() - interval '1 second' where key_id = ?::uuid")
                .param(id)
                .update();
        assertThat(status(before)).isEqualTo(401);
        assertThat(TestHttp.send(merchant.request(KEYS + "/" + id)
                                .method("DELETE", BodyPublishers.noBody())
                                .build())
                        .status())
                .isEqualTo(204);
        assertThat(status(after)).isEqualTo(401);
    }

    @Test
    void a_secret_in_use_outlives_a_second_rotation_by_who_never_saw_the_first_ones_answer() {
        Answer made = made(Map.of("label", "rotated twice"));
        String path = KEYS + "/" + made.body().path("key").path("id").asString() + "/secret";
        String unseen = merchant.post(path, Map.of()).text("secret");
        String after = merchant.post(path, Map.of()).text("secret");
        assertThat(status(made.text("secret"))).isEqualTo(200);
        assertThat(status(unseen)).isEqualTo(200);
        assertThat(status(after)).isEqualTo(200);
    }

    @Test
    void what_is_kept_of_a_secret_is_its_hash() {
        String secret = made(Map.of("label", "hashed")).text("secret");
        String kept = database()
                .sql("select k::text as key from access_key k")
                .query()
                .listOfRows()
                .toString();
        assertThat(kept).contains("hashed").doesNotContain(secret.substring(4));
        assertThat(merchant.get(KEYS).body().toString()).contains("hashed").doesNotContain(secret);
    }

    @Test
    void a_key_of_no_name_or_for_ever_is_refused() {
        assertThat(merchant.post(KEYS, Map.of("label", " ")).code()).isEqualTo("INVALID_VALUE");
        assertThat(merchant.post(KEYS, Map.of("label", "x", "days", 4000)).code())
                .isEqualTo("INVALID_VALUE");
        assertThat(system.http(null).get(KEYS).status()).isEqualTo(401);
    }

    private int status(String secret) {
        return system.http(secret).get("/api/v1/webhooks").status();
    }

    private Answer made(Map<String, Object> wanted) {
        Answer answer = merchant.post(KEYS, wanted);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer;
    }

    private static Map<String, String> webhook() {
        return Map.of("url", "http://127.0.0.1:9/key");
    }

    private JdbcClient database() {
        return system.context().getBean(JdbcClient.class);
    }
}
