package io.clearmarket.network.bench;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.FlightRecorder;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingStream;

/**
 * Tells whose the processor time of this process is, from stacks taken every so much of each thread's time (JFR's {@code
 * jdk.CPUTimeSample}, JEP 509: Linux, JDK 25). Threads of the JVM itself have no stacks; their time is what is left.
 */
final class CpuSampler implements AutoCloseable {
    private static final String EVENT = "jdk.CPUTimeSample";
    private static final String PERIOD = "10ms";

    private final RecordingStream stream = new RecordingStream();
    private final Map<Part, Duration> sampled = new EnumMap<>(Part.class);

    private CpuSampler() {
        stream.enable(EVENT).with("throttle", PERIOD).withStackTrace();
        stream.setReuse(true);
        stream.onEvent(EVENT, this::count);
    }

    /** Begins. Where this JVM cannot, nothing is ever sampled. */
    static CpuSampler start() {
        CpuSampler sampler = new CpuSampler();
        boolean possible = FlightRecorder.getFlightRecorder().getEventTypes().stream()
                .anyMatch(type -> type.getName().equals(EVENT));
        if (possible) {
            sampler.stream.startAsync();
        }
        return sampler;
    }

    private synchronized void count(RecordedEvent event) {
        RecordedStackTrace stack = event.getStackTrace();
        List<String> classes = stack == null
                ? List.of()
                : stack.getFrames().stream()
                        .map(frame -> frame.getMethod().getType().getName())
                        .toList();
        sampled.merge(Part.of(classes), event.getDuration("samplingPeriod"), Duration::plus);
    }

    /**
     * Ends, and returns the time of each part, {@link Part#JVM} being what of the process's time was not sampled.
     *
     * @param process of the whole process meanwhile
     * @return nothing where it cannot be told
     */
    synchronized Map<Part, Duration> stop(Duration process) {
        stream.close();
        if (sampled.isEmpty()) {
            return Map.of();
        }
        Map<Part, Duration> times = new EnumMap<>(sampled);
        times.remove(Part.JVM);
        Duration known = times.values().stream().reduce(Duration.ZERO, Duration::plus);
        Duration rest = process.minus(known);
        times.put(Part.JVM, rest.isNegative() ? Duration.ZERO : rest);
        return times;
    }

    @Override
    public void close() {
        stream.close();
    }
}
