package io.clearmarket.gateway.epcis.query;

import io.clearmarket.gateway.epcis.EpcisProblem;
import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import io.clearmarket.gateway.events.CommittedBlockListener;
import io.clearmarket.gateway.fabric.LedgerBlock;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** The open streams of named queries (EPCIS 2.0, section 12.7.3: subscription by WebSocket). They end with the connection. */
@Component
class EventStreams implements CommittedBlockListener {
    static final int MOST = 200;
    static final int MOST_OF_ONE_OWNER = 10;
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private final NamedQueryStore store;
    private final Untold untold;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();

    EventStreams(NamedQueryStore store, Untold untold) {
        this.store = store;
        this.untold = untold;
    }

    /** True if the request asks for a stream instead of an answer. */
    static boolean isAskedFor(HttpServletRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
    }

    /**
     * Answers a request with a stream, from the first event on that is recorded after this call.
     *
     * @throws EpcisProblem it asks for what there is not, or too many are open
     */
    void open(HttpServletRequest request, HttpServletResponse response, String owner, String queryName)
            throws IOException {
        requireOwnPage(request);
        NamedQueryController.named(store, queryName);
        StreamControls controls = StreamControls.of(request);
        requireRoom(owner);
        EventStream stream = new EventStream(owner, queryName, controls, store, untold, LONGEST_SILENCE, open::remove);
        open.add(stream);
        try {
            container(request).upgradeHttpToWebSocket(request, response, config(stream), Map.of());
        } catch (ServletException | DeploymentException | IOException | RuntimeException failed) {
            open.remove(stream);
            throw new EpcisProblem(Kind.SUBSCRIPTION_CONTROLS, "this is no WebSocket handshake (RFC 6455)");
        }
    }

    /** A page of another origin is nobody that its reader asked to act for them (RFC 6455, section 10.2). */
    private static void requireOwnPage(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null && !origin.endsWith("://" + request.getHeader(HttpHeaders.HOST))) {
            throw new EpcisProblem(Kind.SECURITY, "a stream is opened from a page of this origin, or from no page");
        }
    }

    private void requireRoom(String owner) {
        long own = open.stream().filter(stream -> stream.owner().equals(owner)).count();
        if (own >= MOST_OF_ONE_OWNER || open.size() >= MOST) {
            throw new EpcisProblem(
                    Kind.SUBSCRIPTION_CONTROLS,
                    "at most " + MOST_OF_ONE_OWNER + " streams of one caller and " + MOST + " in all are open at once");
        }
    }

    private static ServerContainer container(HttpServletRequest request) throws ServletException {
        @Nullable Object container = request.getServletContext().getAttribute(ServerContainer.class.getName());
        if (container instanceof ServerContainer found) {
            return found;
        }
        throw new ServletException("the server has no WebSockets");
    }

    private static ServerEndpointConfig config(EventStream stream) {
        return ServerEndpointConfig.Builder.create(EventStream.class, "/epcis/queries")
                .configurator(new ServerEndpointConfig.Configurator() {
                    @Override
                    public <T> T getEndpointInstance(Class<T> type) {
                        return type.cast(stream);
                    }

                    @Override
                    public boolean checkOrigin(@Nullable String origin) {
                        return true;
                    }
                })
                .build();
    }

    /** The query's streams end. */
    void queryDeleted() {
        open.forEach(EventStream::wake);
    }

    @Override
    public void committed(LedgerBlock block) {
        open.forEach(EventStream::wake);
    }
}
