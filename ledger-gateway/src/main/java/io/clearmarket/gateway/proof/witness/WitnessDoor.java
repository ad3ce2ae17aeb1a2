package io.clearmarket.gateway.proof.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.clearmarket.gateway.config.HttpDoor;
import io.clearmarket.wallet.proof.Checkpoint;
import io.clearmarket.wallet.proof.InvalidProof;
import io.clearmarket.wallet.proof.SignedNote;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A witness's door, open to anybody: it cosigns what the log signed (C2SP tlog-witness), and gives out its organisation's own copy of the log and
 * the verifier page ({@link Origin}). Nothing that is asked here needs a caller's name: what counts is who signed the checkpoint.
 */
final class WitnessDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WitnessDoor.class);
    private static final int AT_ONCE = 8;

    private final Witness witness;
    private final Origin origin;
    private final HttpDoor door;

    WitnessDoor(InetSocketAddress where, Witness witness, Origin origin) throws IOException {
        this.witness = witness;
        this.origin = origin;
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
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Type", reply.type());
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Referrer-Policy", "no-referrer");
            reply.headers().forEach(headers::set);
            boolean isHead = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(reply.status(), isHead || reply.body().length == 0 ? -1 : reply.body().length);
            if (!isHead) {
                exchange.getResponseBody().write(reply.body());
            }
        }
    }

    @SuppressWarnings("CatchingUnchecked") // whatever goes wrong with one request, the door stays open
    private Reply reply(HttpExchange exchange) {
        String path = exchange.getRequestURI().getRawPath();
        try {
            byte[] body = exchange.getRequestBody().readNBytes(AddCheckpoint.LONGEST + 1);
            if (body.length > AddCheckpoint.LONGEST) {
                return Reply.text(413, "a request has at most " + AddCheckpoint.LONGEST + " bytes");
            }
            return switch (exchange.getRequestMethod()) {
                case "GET", "HEAD" -> origin.get(path);
                case "POST" -> path.equals(AddCheckpoint.PATH) ? cosign(new String(body, UTF_8)) : Reply.NOT_FOUND;
                case "PUT" ->
                    path.equals(Origin.CHECKPOINT)
                            ? origin.offered(SignedNote.parse(new String(body, UTF_8)))
                            : Reply.NOT_FOUND;
                default -> Reply.text(405, "GET, HEAD, POST " + AddCheckpoint.PATH + " or PUT " + Origin.CHECKPOINT);
            };
        } catch (InvalidProof e) {
            return Reply.text(400, String.valueOf(e.getMessage()));
        } catch (Exception e) {
            LOG.warn("No answer to {}: {}", path, e.toString());
            LOG.debug("{}", path, e);
            return Reply.text(500, "not now");
        }
    }

    private Reply cosign(String body) {
        AddCheckpoint asked = AddCheckpoint.parse(body);
        Cosigning answer = witness.cosign(asked.oldSize(), asked.consistency(), asked.note());
        return switch (answer) {
            case Cosigning.Cosigned cosigned ->
                Reply.text(200, cosigned.signature().line());
            case Cosigning.Conflict conflict ->
                new Reply(409, AddCheckpoint.SIZE_TYPE, (conflict.size() + "\n").getBytes(UTF_8));
            case Cosigning.Behind behind ->
                Reply.text(503, "my peer has shown " + behind.size() + " leaves so far")
                        .with("Retry-After", "1");
            case Cosigning.Away away -> Reply.text(503, away.reason());
            case Cosigning.Refused refused ->
                isOfOneSize(asked, refused)
                        ? new Reply(409, AddCheckpoint.SIZE_TYPE, (asked.oldSize() + "\n").getBytes(UTF_8))
                        : Reply.text(status(refused.kind()), refused.reason());
        };
    }

    /** As the specification has it, another root of the size that it cosigned is a conflict. */
    private static boolean isOfOneSize(AddCheckpoint asked, Cosigning.Refused refused) {
        return refused.kind() == Cosigning.Reason.INCONSISTENT
                && Checkpoint.parse(asked.note().text()).size() == asked.oldSize();
    }

    private static int status(Cosigning.Reason kind) {
        return switch (kind) {
            case MALFORMED -> 400;
            case UNKNOWN_LOG -> 404;
            case BAD_SIGNATURE -> 403;
            case INCONSISTENT, DIFFERS_FROM_LEDGER -> 422;
        };
    }

    @Override
    public void close() {
        door.close();
    }
}
