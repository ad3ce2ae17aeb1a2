package io.clearmarket.gateway.pages.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without script that is signed in: it keeps the cookie, and sends a form's hidden fields with what is put in. */
record ConsoleSession(String token) {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");
    private static final String BOUNDARY = "----clearmarket";

    static ConsoleSession of(String person) {
        return new ConsoleSession(GatewayTestSystem.get().token(person));
    }

    /** The path of a consignment's page. */
    static String path(ConsignmentId id) {
        return "/merchant/consignments/" + id;
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET().build());
    }

    /** The hidden fields of a form's page. */
    Map<String, String> form(String path) {
        return hidden(get(path));
    }

    static Map<String, String> hidden(HttpResponse<String> page) {
        Map<String, String> fields = new LinkedHashMap<>();
        HIDDEN.matcher(page.body()).results().forEach(found -> fields.put(found.group(1), found.group(2)));
        return fields;
    }

    HttpResponse<String> post(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    /** With a file in the field {@code evidence}. */
    HttpResponse<String> upload(String path, Map<String, String> fields, String file) {
        StringBuilder body = new StringBuilder();
        fields.forEach((name, value) -> body.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
        body.append("--" + BOUNDARY
                        + "\r\nContent-Disposition: form-data; name=\"evidence\"; filename=\"seal.txt\"\r\n")
                .append("Content-Type: text/html\r\n\r\n")
                .append(file)
                .append("\r\n--" + BOUNDARY + "--\r\n");
        return send(request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
    }

    /** Fills the form of that page in, looks it over and confirms it; the answer to the last. */
    HttpResponse<String> does(String path, Map<String, String> input) {
        Map<String, String> fields = form(path);
        fields.putAll(input);
        fields.put("step", "review");
        Map<String, String> confirmed = hidden(post(path, fields));
        confirmed.put("step", "write");
        return post(path, confirmed);
    }

    private HttpRequest.Builder request(String path) {
        URI address = GatewayTestSystem.get().address().resolve(path);
        return HttpRequest.newBuilder(address)
                .header("Accept", "text/html")
                .header("Accept-Language", "en")
                .header("Cookie", "clearmarket_token=" + token);
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
