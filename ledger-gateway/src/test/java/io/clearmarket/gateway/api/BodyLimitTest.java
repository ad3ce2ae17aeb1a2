package io.clearmarket.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.clearmarket.wallet.json.Json;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class BodyLimitTest {
    private static final int MOST = 512 * 1024;

    private long now;
    private final BodyRoom room = new BodyRoom(MOST, Duration.ofMillis(100));
    private final BodyLimit limit =
            new BodyLimit(new ProblemWriter(Json.MAPPER), Duration.ofSeconds(30), room, () -> now);

    @Test
    void a_body_that_trickles_in_is_cut_off_when_its_time_is_over() throws Exception {
        InputStream body = through(request(new byte[4]));
        assertThat(body.read()).isZero();
        now += Duration.ofSeconds(29).toNanos();
        assertThat(body.read()).isZero();
        now += Duration.ofSeconds(2).toNanos();
        assertThatExceptionOfType(BodyLimit.Refused.class)
                .isThrownBy(body::read)
                .satisfies(refused ->
                        assertThat(refused.problem().getStatus()).isEqualTo(HttpStatus.REQUEST_TIMEOUT.value()));
    }

    @Test
    void the_time_begins_with_the_first_byte_that_is_asked_for() throws Exception {
        InputStream body = through(request(new byte[1]));
        now += Duration.ofHours(1).toNanos();
        assertThat(body.read()).isZero();
    }

    @Test
    void a_body_of_unknown_length_is_cut_off_where_it_is_too_long() throws Exception {
        serving(
                request(new byte[MOST + 1]),
                new MockHttpServletResponse(),
                body -> assertThatExceptionOfType(BodyLimit.Refused.class)
                        .isThrownBy(body::readAllBytes)
                        .satisfies(refused -> assertThat(refused.problem().getStatus())
                                .isEqualTo(HttpStatus.CONTENT_TOO_LARGE.value())));
        serving(
                request(new byte[MOST]),
                new MockHttpServletResponse(),
                body -> assertThat(body.readAllBytes()).hasSize(MOST));
    }

    @Test
    void long_bodies_wait_for_room_while_short_ones_pass() throws Exception {
        MockHttpServletRequest shorter = new MockHttpServletRequest("POST", "/api/v1/orders");
        shorter.setContent(new byte[BodyRoom.SHORT]);
        MockHttpServletResponse refusal = new MockHttpServletResponse();
        serving(request(new byte[MOST]), new MockHttpServletResponse(), first -> {
            assertThat(first.read()).isZero();
            serving(
                    request(new byte[1]),
                    refusal,
                    second -> assertThatExceptionOfType(BodyLimit.Refused.class)
                            .isThrownBy(second::read)
                            .satisfies(none -> assertThat(none.problem().getStatus())
                                    .isEqualTo(HttpStatus.TOO_MANY_REQUESTS.value())));
            serving(
                    shorter,
                    new MockHttpServletResponse(),
                    third -> assertThat(third.readAllBytes()).hasSize(BodyRoom.SHORT));
        });
        assertThat(refusal.getHeader(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
        serving(
                request(new byte[MOST]),
                new MockHttpServletResponse(),
                next -> assertThat(next.readAllBytes()).hasSize(MOST));
    }

    @Test
    void a_body_longer_than_all_the_room_takes_all_of_it() {
        BodyRoom.Place place = room.place();
        assertThat(place.enter(2L * MOST)).isTrue();
        assertThat(room.place().enter(BodyRoom.SHORT + 1)).isFalse();
        place.leave();
        BodyRoom.Place next = room.place();
        assertThat(next.enter(MOST)).isTrue();
        next.leave();
    }

    private void serving(
            MockHttpServletRequest request, MockHttpServletResponse response, ThrowingConsumer<InputStream> reader)
            throws Exception {
        limit.doFilter(request, response, (limited, answer) -> reader.accept(limited.getInputStream()));
    }

    private InputStream through(MockHttpServletRequest request) throws Exception {
        MockFilterChain chain = new MockFilterChain();
        limit.doFilter(request, new MockHttpServletResponse(), chain);
        return Objects.requireNonNull(chain.getRequest()).getInputStream();
    }

    private static MockHttpServletRequest request(byte[] body) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/v1/orders") {
            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        request.setContent(body);
        return request;
    }
}
