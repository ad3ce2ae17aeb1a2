package io.clearmarket.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.LedgerFixture;
import io.clearmarket.wallet.identity.PartyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;

class EventStreamControllerTest {
    private static final Caller STRANGER =
            new Caller("stranger", Set.of(Role.MERCHANT), new PartyId("cd".repeat(32)), null);

    /** Proxies cut off what is silent, and a reader who has gone keeps a place until something is written to them. */
    @Test
    void a_reader_who_is_told_nothing_hears_that_the_stream_is_there_however_much_happens_to_others() throws Exception {
        EventReaders readers = new EventReaders();
        readers.start();
        EventStreamController controller = controller(readers);
        MockHttpServletResponse response = new MockHttpServletResponse();
        Thread reader = Thread.ofVirtual().start(() -> read(controller, HttpMethod.GET, response));

        LedgerBlock block = new LedgerFixture().seal();
        Instant end = Instant.now().plusSeconds(60);
        while (beats(response) < 3 && Instant.now().isBefore(end)) {
            readers.committed(block); // sooner than anybody has been silent for too long
            Thread.sleep(5);
        }
        readers.stop();
        reader.join();

        assertThat(beats(response)).isGreaterThanOrEqualTo(3);
    }

    /** Nothing is written in answer to HEAD, so nobody would notice that its reader has gone. */
    @Test
    void to_be_asked_for_the_headers_alone_opens_no_stream() throws Exception {
        EventReaders readers = new EventReaders();
        readers.start();
        EventStreamController controller = controller(readers);
        MockHttpServletResponse response = new MockHttpServletResponse();
        Thread reader = Thread.ofVirtual().start(() -> read(controller, HttpMethod.HEAD, response));

        assertThat(reader.join(Duration.ofSeconds(10))).isTrue();
        assertThat(response.getContentType()).isEqualTo("text/event-stream");
        readers.stop();
    }

    @Test
    void one_caller_does_not_take_every_place() {
        EventReaders readers = new EventReaders();
        for (int i = 0; i < EventReaders.AT_ONCE_OF_ONE_CALLER; i++) {
            assertThat(readers.enter("party:a")).isTrue();
        }
        assertThat(readers.enter("party:a")).isFalse();
        assertThat(readers.enter("party:b")).isTrue();
        readers.leave("party:a");
        assertThat(readers.enter("party:a")).isTrue();
        for (int i = EventReaders.AT_ONCE_OF_ONE_CALLER + 1; i < EventReaders.AT_ONCE; i++) {
            assertThat(readers.enter("party:" + i)).isTrue();
        }
        assertThat(readers.enter("party:late")).isFalse();
    }

    private static EventStreamController controller(EventReaders readers) {
        return new EventStreamController(
                GatewayTestSystem.get().context().getBean(ReadModel.class),
                readers,
                GatewayTestSystem.LEDGER,
                Duration.ofMillis(100));
    }

    private static void read(EventStreamController controller, HttpMethod method, MockHttpServletResponse response) {
        try {
            controller.events(STRANGER, null, null, null, method, response);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int beats(MockHttpServletResponse response) {
        String told = new String(response.getContentAsByteArray(), StandardCharsets.UTF_8);
        return told.split(": still here", -1).length - 1;
    }
}
