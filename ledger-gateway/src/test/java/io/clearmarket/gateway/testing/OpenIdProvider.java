package io.clearmarket.gateway.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A certified OpenID provider (npm's oidc-provider) in a process of its own; each caller is a client of it. */
public final class OpenIdProvider implements AutoCloseable {
    private static final Path SCRIPTS = Path.of("src/test/openid");
    private static final Path WORKSHOP = Path.of("target/openid");

    private final Process process;
    private final URI address;

    private OpenIdProvider(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts a provider.
     *
     * @param keys file with its signing keys, made where there is none
     * @param callers the claims of each caller's tokens, by the caller's name
     */
    public static OpenIdProvider start(Path keys, Map<String, Map<String, Object>> callers) {
        return start(keys, callers, null, Duration.ZERO, null);
    }

    /** A provider at which people sign in to a site, each with any password. */
    public static OpenIdProvider start(Path keys, Map<String, Map<String, Object>> callers, Site site) {
        return start(keys, callers, null, Duration.ZERO, site);
    }

    /**
     * A site whose pages people sign in to: a confidential client, who must use PKCE.
     *
     * @param people the claims of each, by their name
     */
    public record Site(String clientId, String secret, String redirectUri, Map<String, Map<String, Object>> people) {}

    /**
     * A provider with the keys of another, under that one's name, whose clock is late: what it issues is as old.
     *
     * @param issuer the other's address
     */
    public static OpenIdProvider start(
            Path keys, Map<String, Map<String, Object>> callers, @Nullable URI issuer, Duration behind) {
        return start(keys, callers, issuer, behind, null);
    }

    private static OpenIdProvider start(
            Path keys,
            Map<String, Map<String, Object>> callers,
            @Nullable URI issuer,
            Duration behind,
            @Nullable Site site) {
        try {
            install();
            Map<String, Object> settings = new LinkedHashMap<>();
            settings.put("callers", callers);
            settings.put("keys", keys.toAbsolutePath().toString());
            settings.put("secondsBehind", behind.toSeconds());
            if (issuer != null) {
                settings.put("issuer", issuer.toString());
            }
            if (site != null) {
                settings.put("site", site);
            }
            Path file = Files.createTempFile(WORKSHOP, "provider", ".json");
            Files.write(file, Json.MAPPER.writeValueAsBytes(settings));
            Path errors = Files.createTempFile(WORKSHOP, "provider", ".log");
            Process process = new ProcessBuilder(
                            "node", "provider.mjs", file.toAbsolutePath().toString())
                    .directory(WORKSHOP.toFile())
                    .redirectError(errors.toFile())
                    .start();
            String line = process.inputReader(UTF_8).readLine();
            if (line == null) {
                throw new IllegalStateException("the provider does not start: " + Files.readString(errors));
            }
            return new OpenIdProvider(process, URI.create(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it answers, and its issuer name unless it was given another's. */
    public URI address() {
        return address;
    }

    /** An access token for a caller (RFC 6749 section 4.4), meant for an audience (RFC 8707). */
    public String token(String caller, String audience) {
        String basic = Base64.getEncoder().encodeToString((caller + ":" + caller + "-secret").getBytes(UTF_8));
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=client_credentials&resource=" + URLEncoder.encode(audience, UTF_8)))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            JsonNode answer = Json.MAPPER.readTree(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
            if (!answer.path("access_token").isString()) {
                throw new IllegalStateException("no token: " + answer);
            }
            return answer.path("access_token").stringValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }

    private static void install() throws IOException {
        Files.createDirectories(WORKSHOP);
        for (String file : List.of("package.json", "package-lock.json", "provider.mjs")) {
            Files.copy(SCRIPTS.resolve(file), WORKSHOP.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        NodeModules.install(WORKSHOP, "oidc-provider");
    }
}
