package io.clearmarket.network.fabric.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.network.embedded.NetworkException;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.identity.TlsTrust;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.hyperledger.fabric.protos.common.Block;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An orderer's channel participation API, what Fabric's {@code osnadmin} talks to; mutual TLS. */
public final class OrdererAdmin {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String CHANNELS = "/participation/v1/channels";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final char[] NO_PASSWORD = new char[0];

    private final String address;
    private final HttpClient http;

    /**
     * @param address {@code host:port} of the orderer's admin endpoint
     * @param tlsCa the root of the orderer's certificate
     * @param client a certificate of a root that the orderer takes administrators from
     */
    public OrdererAdmin(String address, X509Certificate tlsCa, SigningIdentity client) {
        this.address = address;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .sslContext(mutualTls(tlsCa, client))
                .build();
    }

    /** True if the orderer is on the channel. */
    public boolean hasJoined(String channel) {
        HttpResponse<byte[]> response =
                send(HttpRequest.newBuilder(uri(CHANNELS + "/" + channel)).GET().build());
        return switch (response.statusCode()) {
            case 200 -> true;
            case 404 -> false;
            default -> throw refused("say whether it is on channel " + channel, response);
        };
    }

    /** Has the orderer join the channel that a block 0 founds. */
    public void join(Block founding) {
        String boundary = "clearmarket-block-boundary";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--" + boundary + "\r\n"
                        + "Content-Disposition: form-data; name=\"config-block\"; filename=\"config.block\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n")
                .getBytes(UTF_8));
        body.writeBytes(founding.toByteArray());
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(UTF_8));
        HttpResponse<byte[]> response = send(HttpRequest.newBuilder(uri(CHANNELS))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build());
        if (response.statusCode() != 201) {
            throw refused("join the channel", response);
        }
    }

    private URI uri(String path) {
        return URI.create("https://" + address + path);
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(
                    HttpRequest.newBuilder(request, (name, value) -> true)
                            .timeout(PATIENCE)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new NetworkException("the orderer's admin endpoint " + address + " does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NetworkException("interrupted while talking to the orderer at " + address, e);
        }
    }

    private NetworkException refused(String what, HttpResponse<byte[]> response) {
        String said = new String(response.body(), UTF_8).strip();
        try {
            JsonNode error = JSON.readTree(said).path("error");
            said = error.isString() ? error.stringValue() : said;
        } catch (JacksonException notJson) {
            // shown as it came
        }
        return new NetworkException(
                "the orderer at " + address + " does not " + what + ": " + response.statusCode() + " " + said);
    }

    private static SSLContext mutualTls(X509Certificate tlsCa, SigningIdentity client) {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry("client", client.privateKey(), NO_PASSWORD, new Certificate[] {client.certificate()});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), TlsTrust.only(tlsCa).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("not usable for TLS: " + e.getMessage(), e);
        }
    }
}
