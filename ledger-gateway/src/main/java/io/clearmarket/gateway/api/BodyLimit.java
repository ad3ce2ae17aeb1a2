package io.clearmarket.gateway.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies that are too long, whether their length is announced or not, with 413, those that take too long with 408, and long ones with 429
 * while as many are being served as there is memory for.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
@EnableConfigurationProperties(BodyProperties.class)
class BodyLimit extends OncePerRequestFilter {
    private static final long COMMAND_BYTES = 512 * 1024;
    /** A transaction holds what a batch writes besides what it asks for, in base64. */
    private static final long TRANSACTION_BYTES = 8 * 1024 * 1024;

    private static final long DOCUMENT_BYTES = 8 * 1024 * 1024;
    private static final String DOCUMENTS = "/api/v1/documents/";
    private static final String EPCIS = "/epcis/";
    private static final String FORMS = "/merchant/";
    private static final String DEVICE_BATCHES = "/api/v1/device-batches";
    private static final String TRANSACTIONS = "/api/v1/commands/submit";

    private final ProblemWriter writer;
    private final long nanos;
    private final BodyRoom room;
    private final LongSupplier clock;

    @Autowired
    BodyLimit(ProblemWriter writer, BodyProperties bodies) {
        this(writer, bodies.time(), new BodyRoom(bodies.atOnce().toBytes(), bodies.patience()), System::nanoTime);
    }

    BodyLimit(ProblemWriter writer, Duration time, BodyRoom room, LongSupplier clock) {
        this.writer = writer;
        this.nanos = time.toNanos();
        this.room = room;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long limit = limit(request.getRequestURI());
        if (request.getContentLengthLong() > limit) {
            writer.write(response, Refused.tooLong(limit).problem());
            return;
        }
        BodyRoom.Place place = room.place();
        try {
            chain.doFilter(new Limited(request, response, limit, place), response);
        } finally {
            place.leave();
        }
    }

    private static long limit(String path) {
        if (path.startsWith(DOCUMENTS)
                || path.startsWith(FORMS)
                || path.startsWith(EPCIS)
                || path.equals(DEVICE_BATCHES)) {
            return DOCUMENT_BYTES;
        }
        return path.equals(TRANSACTIONS) ? TRANSACTION_BYTES : COMMAND_BYTES;
    }

    /** More was sent than is taken, or slower. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;
        private final transient ProblemDetail problem;

        private Refused(ProblemDetail problem) {
            super(problem.getDetail());
            this.problem = problem;
        }

        static Refused tooLong(long limit) {
            return new Refused(Problems.of(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "TOO_LONG",
                    "the body is longer than " + limit + " bytes",
                    "send at most " + limit + " bytes",
                    null));
        }

        static Refused noRoom() {
            return new Refused(Problems.of(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "TOO_MANY_REQUESTS",
                    "more long bodies were sent than are served at once",
                    "send the same request again after the seconds that Retry-After says",
                    null));
        }

        static Refused tooSlow() {
            return new Refused(Problems.of(
                    HttpStatus.REQUEST_TIMEOUT,
                    "TOO_SLOW",
                    "the body did not arrive in time",
                    "send it in one go; repeating a command under its Idempotency-Key is harmless",
                    null));
        }

        ProblemDetail problem() {
            return problem;
        }
    }

    private final class Limited extends HttpServletRequestWrapper {
        private final HttpServletResponse response;
        private final long limit;
        private final BodyRoom.Place place;

        Limited(HttpServletRequest request, HttpServletResponse response, long limit, BodyRoom.Place place) {
            super(request);
            this.response = response;
            this.limit = limit;
            this.place = place;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new Counted(super.getInputStream(), limit, this::enter);
        }

        /** A body whose length nobody announced may have all that its path allows. */
        private void enter() throws Refused {
            long announced = getContentLengthLong();
            if (!place.enter(announced < 0 ? limit : announced)) {
                response.setHeader(HttpHeaders.RETRY_AFTER, "1");
                throw Refused.noRoom();
            }
        }
    }

    /** Has to be done before a body is read. */
    private interface Entry {
        void enter() throws Refused;
    }

    private final class Counted extends ServletInputStream {
        private final ServletInputStream in;
        private final long limit;
        private final Entry entry;
        private boolean begun;
        private long end;
        private long left;

        Counted(ServletInputStream in, long limit, Entry entry) {
            this.in = in;
            this.limit = limit;
            this.entry = entry;
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            begin();
            int b = in.read();
            if (b >= 0) {
                count(1);
            }
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            begin();
            int n = in.read(buffer, offset, length);
            if (n > 0) {
                count(n);
            }
            return n;
        }

        private void begin() throws Refused {
            if (!begun) {
                entry.enter();
                begun = true;
                end = clock.getAsLong() + nanos;
            }
        }

        private void count(int n) throws Refused {
            left -= n;
            if (left < 0) {
                throw Refused.tooLong(limit);
            }
            if (clock.getAsLong() - end > 0) {
                throw Refused.tooSlow();
            }
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }
    }
}
