package io.clearmarket.gateway.api;

import io.clearmarket.gateway.identity.Caller;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses what a caller asks too fast: 429, with the seconds after which another request will be served. */
@Component
@Order(RateLimit.AFTER_AUTHENTICATION)
@EnableConfigurationProperties(RateLimits.class)
class RateLimit extends OncePerRequestFilter {
    /** Spring Security's filters are at -100. */
    static final int AFTER_AUTHENTICATION = -50;

    /** The longest unused are forgotten, which is to their good. */
    private static final int REMEMBERED = 20_000;

    private final RateLimits limits;
    private final ProblemWriter writer;
    private final TimeMeter clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > REMEMBERED;
        }
    };

    @Autowired
    RateLimit(RateLimits limits, ProblemWriter writer) {
        this(limits, writer, TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimit(RateLimits limits, ProblemWriter writer, TimeMeter clock) {
        this.limits = limits;
        this.writer = writer;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ConsumptionProbe probe = bucket(request).tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            chain.doFilter(request, response);
            return;
        }
        long seconds =
                Math.max(1, Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds());
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        writer.write(
                response,
                Problems.of(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "TOO_MANY_REQUESTS",
                        "more was asked than is served at once",
                        "ask again after the seconds that Retry-After says",
                        null));
    }

    private Bucket bucket(HttpServletRequest request) {
        boolean known = request.getUserPrincipal() instanceof Authentication authentication
                && authentication.getPrincipal() instanceof Caller;
        String who = known ? caller(request) : "address:" + request.getRemoteAddr();
        synchronized (buckets) {
            return buckets.computeIfAbsent(
                    who,
                    absent -> known
                            ? bucket(limits.callerPerSecond(), limits.callerBurst())
                            : bucket(limits.anonymousPerSecond(), limits.anonymousBurst()));
        }
    }

    private static String caller(HttpServletRequest request) {
        Caller caller = (Caller) ((Authentication) request.getUserPrincipal()).getPrincipal();
        return caller == null || caller.party() == null
                ? "subject:" + request.getUserPrincipal().getName()
                : "party:" + caller.party().value();
    }

    private Bucket bucket(long perSecond, long burst) {
        Bandwidth bandwidth = Bandwidth.builder()
                .capacity(burst)
                .refillGreedy(perSecond, Duration.ofSeconds(1))
                .build();
        return Bucket.builder()
                .addLimit(bandwidth)
                .withCustomTimePrecision(clock)
                .build();
    }
}
