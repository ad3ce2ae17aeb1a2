package io.clearmarket.gateway.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.testing.Trade;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a scanned code leads to, without a token. */
class ResolverTest {
    private static final String VOCABULARY = "https://gs1.org/voc/";
    private final TestHttp http = GatewayTestSystem.get().http((String) null);

    @Test
    void an_items_links_lead_to_its_page_in_the_readers_language() throws IOException, InterruptedException {
        Trade trade = Trade.placed().fund().ship();
        trade.seenBy("buyer");
        String path = "/01/" + Trade.GTIN + "/21/" + trade.serial();
        JsonNode set = Json.MAPPER
                .readTree(get(path, "Accept", "application/linkset+json").body())
                .path("linkset")
                .path(0);
        assertThat(set.path("anchor").asString()).isEqualTo("https://id.gs1.org" + path);
        assertThat(set.path(VOCABULARY + "defaultLink").path(0).path("href").asString())
                .isEqualTo(path);
        assertThat(set.path(VOCABULARY + "pip").path(0).path("hreflang")).hasSizeGreaterThanOrEqualTo(2);
        HttpResponse<String> page = get(path + "?linkType=gs1:pip", "Accept-Language", "zh-CN, en;q=0.5");
        assertThat(page.statusCode()).isEqualTo(307);
        assertThat(page.headers().firstValue("Location")).contains(path + "?lang=zh");
        assertThat(page.headers().firstValue("Link").orElse("")).contains("rel=\"linkset\"");
        HttpResponse<String> lot = get("/01/" + Trade.GTIN + "/10/LOT/21/" + trade.serial(), "Accept", "text/html");
        assertThat(lot.headers().firstValue("Location")).contains(path);
        assertThat(get(path, "Accept", "text/html").statusCode()).isEqualTo(200);
        assertThat(get(path + "?linkType=gs1:recipeInfo", "Accept", "*/*").statusCode())
                .isEqualTo(404);
        assertThat(get(path + "?linkType=linkset", "Accept", "*/*").headers().firstValue("Content-Type"))
                .contains("application/linkset+json");
    }

    @Test
    void every_key_is_resolved_and_a_wrong_check_digit_is_told() throws IOException, InterruptedException {
        assertThat(get("/00/095212340000000013", "Accept", "*/*").statusCode()).isEqualTo(200);
        assertThat(get("/414/9521234000013", "Accept", "application/json")
                        .headers()
                        .firstValue("Content-Type"))
                .contains("application/json");
        HttpResponse<String> wrong = get("/414/9521234000014", "Accept", "*/*");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("it would be 3");
        JsonNode description = Json.MAPPER.readTree(
                get("/.well-known/gs1resolver", "Accept", "*/*").body());
        assertThat(description.path("supportedPrimaryKeys")).hasSize(15);
    }

    private HttpResponse<String> get(String path, String header, String value)
            throws IOException, InterruptedException {
        HttpRequest request = http.request(path).header(header, value).GET().build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
