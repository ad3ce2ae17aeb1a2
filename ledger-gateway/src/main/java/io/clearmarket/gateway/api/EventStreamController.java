package io.clearmarket.gateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.gateway.events.Silence;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.readmodel.Answer;
import io.clearmarket.gateway.readmodel.EventPosition;
import io.clearmarket.gateway.readmodel.MarketEvent;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.readmodel.Viewer;
import io.clearmarket.wallet.json.Json;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Market events as they happen (Server-Sent Events). Each reader has a virtual thread of its own that reads the tables at
 * the reader's pace, so a slow one costs no memory and holds up nobody; one that takes nothing for the server's write
 * timeout is dropped, and resumes by the id it saw last.
 */
@RestController
@RequestMapping("/api/v1/events")
@Tag(name = "Events", description = "What happens on the ledger, as it happens")
class EventStreamController {
    private static final int BATCH = 200;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final String CLOUD_EVENTS = "cloudevents";

    private final ReadModel readModel;
    private final EventReaders readers;
    private final String ledger;
    private final Duration heartbeat;

    @Autowired
    EventStreamController(ReadModel readModel, EventReaders readers, GatewayProperties properties) {
        this(readModel, readers, properties.ledger(), HEARTBEAT);
    }

    /** @param heartbeat how long a reader hears nothing */
    EventStreamController(ReadModel readModel, EventReaders readers, String ledger, Duration heartbeat) {
        this.readModel = readModel;
        this.readers = readers;
        this.ledger = ledger;
        this.heartbeat = heartbeat;
    }

    @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            summary = "Events as they happen",
            description =
                    "From the position after (or Last-Event-ID) on; without either, from now on. -1 is the "
                            + "beginning. Ends after an hour; reconnect with the last id. format=cloudevents: as CloudEvents 1.0.")
    @ApiResponse(
            responseCode = "200",
            description = "One message for each domain event",
            content = @Content(mediaType = "text/event-stream", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "503", description = "Too many streams are open")
    void events(
            Caller caller,
            @RequestParam(required = false) @Nullable EventPosition after,
            @RequestParam(required = false) @Pattern(regexp = CLOUD_EVENTS) @Nullable String format,
            @RequestHeader(value = "Last-Event-ID", required = false) @Nullable EventPosition lastEventId,
            HttpMethod method,
            HttpServletResponse response)
            throws IOException {
        if (method.equals(HttpMethod.HEAD)) {
            // nothing would ever be written, so that whoever asked would keep a place after they had gone
            headers(response);
            return;
        }
        EventPosition from = lastEventId == null ? after : lastEventId;
        EventPosition position =
                from == null ? EventPosition.endOf(readModel.asOf().block()) : from;
        if (!readers.enter(caller.account())) {
            throw new ApiProblem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "TOO_MANY_READERS",
                    "at most " + EventReaders.AT_ONCE_OF_ONE_CALLER + " streams of one caller and "
                            + EventReaders.AT_ONCE + " in all are open at once",
                    "close one, or try later",
                    null);
        }
        try {
            headers(response);
            stream(response.getOutputStream(), position, Viewers.of(caller), format != null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            readers.leave(caller.account());
        }
    }

    private static void headers(HttpServletResponse response) {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no");
    }

    private void stream(OutputStream out, EventPosition from, Viewer viewer, boolean cloud)
            throws IOException, InterruptedException {
        Instant end = Instant.now().plus(LONGEST);
        EventPosition position = from;
        // an id without data: whoever is cut off before the first event resumes from here all the same
        write(out, "retry: 2000\nid: " + from + "\n\n");
        Silence silence = new Silence(heartbeat);
        while (readers.isOpen() && Instant.now().isBefore(end)) {
            long seen = readers.generation();
            EventPosition after = position;
            Answer<List<MarketEvent>> answer = readModel.answer(() -> readModel.eventsAfter(after, viewer, BATCH));
            List<MarketEvent> events = answer.value();
            for (MarketEvent event : events) {
                write(
                        out,
                        "id: " + event.position() + "\nevent: " + event.type() + "\ndata: "
                                + Json.MAPPER.writeValueAsString(cloud ? CloudEvent.of(event, ledger) : event)
                                + "\n\n");
                position = event.position();
                silence.broken();
            }
            out.flush();
            if (events.size() < BATCH) {
                // nothing more for this reader up to there: the next look need not go through what others got
                position = position.orEndOf(answer.asOf().block());
                readers.awaitAfter(seen, silence.left());
            }
            if (silence.isTooLong()) {
                write(out, ": still here\n\n");
                silence.broken();
            }
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
    }
}
