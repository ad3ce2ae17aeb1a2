package io.clearmarket.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.clearmarket.wallet.json.Json;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class BodyLimitTest {
    private static final int MOST = 512 * 1024;

    private long now;
    private final BodyLimit limit =
            new BodyLimit(new ProblemWriter(Json.MAPPER), new BodyTime(Duration.ofSeconds(30)), () -> now);

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
        InputStream body = through(request(new byte[MOST + 1]));
        assertThatExceptionOfType(BodyLimit.Refused.class)
                .isThrownBy(body::readAllBytes)
                .satisfies(refused ->
                        assertThat(refused.problem().getStatus()).isEqualTo(HttpStatus.CONTENT_TOO_LARGE.value()));
        assertThat(through(request(new byte[MOST])).readAllBytes()).hasSize(MOST);
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
