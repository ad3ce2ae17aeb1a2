package io.clearmarket.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.testing.Trade;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What browsers are told of every page: where its parts may come from, and who may call us from elsewhere. */
class PagePoliciesTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final GatewayTestSystem system = GatewayTestSystem.get();

    @Test
    void every_page_and_every_answer_has_a_policy_that_allows_nothing_from_elsewhere() throws Exception {
        Trade.placed();
        TreeSet<String> paths = new TreeSet<>(List.of("/verify", "/nowhere", "/api/v1/market", "/api/v1/orders"));
        system.context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, method) -> {
                    Class<?> controller = method.getBeanType();
                    if (controller.isAnnotationPresent(Controller.class)
                            && !controller.isAnnotationPresent(RestController.class)
                            && controller.getPackageName().startsWith("io.clearmarket.")) {
                        paths.addAll(mapping.getPatternValues());
                    }
                });
        assertThat(paths)
                .contains("/", "/merchant", "/audit", "/statement", "/checkout/{id}")
                .hasSizeGreaterThan(9);
        for (String path : paths) {
            String asked = path.replace("{gtin}", Trade.GTIN).replaceAll("\\{\\w+}", "x");
            for (String token :
                    Stream.of("merchant", "auditor").map(system::token).toList()) {
                assertPolicy(asked, system.http(token));
            }
            assertPolicy(asked, system.http(null));
        }
    }

    @Test
    void no_page_of_another_origin_may_call_the_api() throws Exception {
        HttpResponse<String> preflight = CLIENT.send(
                system.http(null)
                        .request("/api/v1/orders")
                        .header("Origin", "https://shop.example")
                        .header("Access-Control-Request-Method", "POST")
                        .method("OPTIONS", BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        assertThat(preflight.headers().map()).doesNotContainKey("access-control-allow-origin");
        HttpResponse<String> read = CLIENT.send(
                system.http(null)
                        .request("/api/v1/market")
                        .header("Origin", "https://shop.example")
                        .build(),
                BodyHandlers.ofString());
        assertThat(read.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    private static void assertPolicy(String path, TestHttp http) throws Exception {
        HttpResponse<String> answer = CLIENT.send(http.request(path).build(), BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .as(path + " " + answer.statusCode())
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe-", "*");
        assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                .as(path)
                .hasValue("nosniff");
    }
}
