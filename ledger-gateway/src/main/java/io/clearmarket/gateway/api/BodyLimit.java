package io.clearmarket.gateway.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies that are too long, whether their length is announced or not: 413. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class BodyLimit extends OncePerRequestFilter {
    private static final long COMMAND_BYTES = 512 * 1024;
    /** A transaction holds what a batch writes besides what it asks for, in base64. */
    private static final long TRANSACTION_BYTES = 8 * 1024 * 1024;

    private static final long DOCUMENT_BYTES = 8 * 1024 * 1024;
    private static final String DOCUMENTS = "/api/v1/documents/";
    private static final String EPCIS = "/epcis/";
    private static final String DEVICE_BATCHES = "/api/v1/device-batches";
    private static final String TRANSACTIONS = "/api/v1/commands/submit";

    private final ProblemWriter writer;

    BodyLimit(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long limit = limit(request.getRequestURI());
        if (request.getContentLengthLong() > limit) {
            writer.write(response, new Exceeded(limit).problem());
            return;
        }
        chain.doFilter(new Limited(request, limit), response);
    }

    private static long limit(String path) {
        if (path.startsWith(DOCUMENTS) || path.startsWith(EPCIS) || path.equals(DEVICE_BATCHES)) {
            return DOCUMENT_BYTES;
        }
        return path.equals(TRANSACTIONS) ? TRANSACTION_BYTES : COMMAND_BYTES;
    }

    /** More was sent than is taken. */
    static final class Exceeded extends IOException {
        private static final long serialVersionUID = 1L;
        private final long limit;

        Exceeded(long limit) {
            super("the body is longer than " + limit + " bytes");
            this.limit = limit;
        }

        ProblemDetail problem() {
            return Problems.of(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "TOO_LONG",
                    String.valueOf(getMessage()),
                    "send at most " + limit + " bytes",
                    null);
        }
    }

    private static final class Limited extends HttpServletRequestWrapper {
        private final long limit;

        Limited(HttpServletRequest request, long limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new Counted(super.getInputStream(), limit);
        }
    }

    private static final class Counted extends ServletInputStream {
        private final ServletInputStream in;
        private final long limit;
        private long left;

        Counted(ServletInputStream in, long limit) {
            this.in = in;
            this.limit = limit;
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            if (b >= 0) {
                count(1);
            }
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = in.read(buffer, offset, length);
            if (n > 0) {
                count(n);
            }
            return n;
        }

        private void count(int n) throws Exceeded {
            left -= n;
            if (left < 0) {
                throw new Exceeded(limit);
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
