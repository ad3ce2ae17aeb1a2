package io.clearmarket.gateway.attester;

import com.sun.net.httpserver.HttpExchange;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.gateway.config.HttpDoor;
import io.clearmarket.gateway.settlement.attester.Attester;
import io.clearmarket.gateway.settlement.attester.AttesterApi;
import io.clearmarket.gateway.settlement.attester.EntitlementBatch;
import io.clearmarket.gateway.settlement.attester.Pausable;
import io.clearmarket.gateway.settlement.attester.RequestSignature;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** An attester's door: HTTP, requests signed by a gateway that it knows, bodies bounded. */
final class AttesterDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AttesterDoor.class);
    private static final int AT_ONCE = 4;
    private static final String JSON = "application/json";

    private final Attester attester;
    private final Pausable pause;
    private final List<X509Certificate> callers;
    private final LongSupplier block;
    private final Clock clock;
    private final HttpDoor door;

    /** What is answered: a status, and what becomes JSON. */
    private record Reply(int status, Object body) {
        static Reply refused(int status, String detail) {
            return new Reply(status, new AttesterApi.Problem(detail));
        }
    }

    /**
     * Opens it.
     *
     * @param callers who may ask
     * @param block the newest block that the attester has read
     */
    AttesterDoor(
            InetSocketAddress where,
            Attester attester,
            Pausable pause,
            List<X509Certificate> callers,
            LongSupplier block,
            Clock clock)
            throws IOException {
        this.attester = attester;
        this.pause = pause;
        this.callers = List.copyOf(callers);
        this.block = block;
        this.clock = clock;
        this.door = new HttpDoor(where, AT_ONCE, this::handle);
    }

    void open() {
        door.open();
    }

    int port() {
        return door.port();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply = reply(exchange);
            byte[] body = Json.MAPPER.writeValueAsBytes(reply.body());
            exchange.getResponseHeaders().set("Content-Type", JSON);
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @SuppressWarnings("CatchingUnchecked") // whatever goes wrong with one request, the door stays open
    private Reply reply(HttpExchange exchange) {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getRawPath();
        try {
            byte[] body = exchange.getRequestBody().readNBytes(AttesterApi.LONGEST + 1);
            if (body.length > AttesterApi.LONGEST) {
                return Reply.refused(413, "a request has at most " + AttesterApi.LONGEST + " bytes");
            }
            if (path.equals(AttesterApi.HEALTH)) {
                return new Reply(200, new AttesterApi.Health(attester.mspId(), attester.address(), block.getAsLong()));
            }
            Optional<String> objection =
                    RequestSignature.objection(callers, method, path, body, headers(exchange), clock.instant());
            if (objection.isPresent()) {
                LOG.warn("A request from {} is refused: {}", exchange.getRemoteAddress(), objection.get());
                return Reply.refused(401, "this request is refused: " + objection.get());
            }
            return answer(method, path, body);
        } catch (JacksonException e) {
            return Reply.refused(400, "the content can't be read: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            return Reply.refused(400, String.valueOf(e.getMessage()));
        } catch (Exception e) {
            LOG.warn("No answer to {}: {}", path.substring(path.lastIndexOf('/') + 1), e.toString());
            LOG.debug("{}", method, e);
            return Reply.refused(503, "not now: " + e.getMessage());
        }
    }

    private Reply answer(String method, String path, byte[] body) {
        String question = path.substring(path.lastIndexOf('/') + 1);
        if (!path.equals(AttesterApi.path(attester.address(), question))) {
            return Reply.refused(404, "this is " + attester.mspId() + "'s attester " + attester.address());
        }
        return switch (method + " " + question) {
            case "POST " + AttesterApi.FACTS -> {
                List<Evidence.Seen> facts = List.of(Json.MAPPER.readValue(body, Evidence.Seen[].class));
                yield new Reply(
                        200,
                        attester.attest(facts).stream()
                                .map(AttesterApi.FactAnswer::of)
                                .toList());
            }
            case "POST " + AttesterApi.ENTITLEMENTS ->
                new Reply(
                        200,
                        AttesterApi.ListAnswer.of(
                                attester.attest(Json.MAPPER.readValue(body, EntitlementBatch.class))));
            case "GET " + AttesterApi.PAUSE -> new Reply(200, new AttesterApi.Pause(pause.isPaused(), null));
            case "PUT " + AttesterApi.PAUSE -> paused(Json.MAPPER.readValue(body, AttesterApi.Pause.class));
            default -> Reply.refused(404, "an attester is asked to POST facts or entitlements, or to GET or PUT pause");
        };
    }

    private Reply paused(AttesterApi.Pause wish) {
        String by = Objects.requireNonNullElse(wish.by(), "");
        pause.pause(wish.paused(), by);
        LOG.info("{} by {}", wish.paused() ? "Paused" : "Resumed", by);
        return new Reply(200, new AttesterApi.Pause(pause.isPaused(), null));
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        Map<String, String> headers = new HashMap<>();
        Stream.of(RequestSignature.DIGEST, RequestSignature.INPUT, RequestSignature.SIGNATURE)
                .forEach(name ->
                        headers.put(name, orEmpty(exchange.getRequestHeaders().getFirst(name))));
        return headers;
    }

    private static String orEmpty(@Nullable String header) {
        return Objects.requireNonNullElse(header, "");
    }

    @Override
    public void close() {
        door.close();
    }
}
