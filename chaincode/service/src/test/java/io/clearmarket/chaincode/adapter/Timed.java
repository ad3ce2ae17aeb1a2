package io.clearmarket.chaincode.adapter;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.hyperledger.fabric.shim.Chaincode;
import org.hyperledger.fabric.shim.ChaincodeBase;
import org.hyperledger.fabric.shim.ChaincodeStub;

/** A chaincode of which every call is timed, from the shim's call to its return: what the peer answers meanwhile counts too. */
final class Timed extends ChaincodeBase {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Chaincode timed;
    private final Map<String, List<Took>> calls;

    /**
     * What a call took.
     *
     * @param nanos by the clock
     * @param processor nanoseconds of the thread's processor time, which other processes of a busy machine add nothing to
     */
    record Took(long nanos, long processor) {}

    /** @param calls by function; those of all peers together */
    Timed(Chaincode timed, Map<String, List<Took>> calls) {
        this.timed = timed;
        this.calls = calls;
    }

    static Map<String, List<Took>> nothing() {
        return new ConcurrentHashMap<>();
    }

    /** A line for the empty contract, and one for each function with how much more it took. */
    static String medians(SortedMap<String, List<Took>> functions, List<Took> empty) {
        StringBuilder text = new StringBuilder(line("empty contract", empty, List.of()));
        functions.forEach((function, took) -> text.append(line(function, took, empty)));
        return text.toString();
    }

    private static String line(String what, List<Took> took, List<Took> empty) {
        return String.format(
                Locale.ROOT,
                "%-16s %7.3f ms at the median of %d, on the processor %7.3f ms%n",
                what,
                (median(took, Took::nanos) - median(empty, Took::nanos)) / 1e6,
                took.size(),
                (median(took, Took::processor) - median(empty, Took::processor)) / 1e6);
    }

    private static long median(List<Took> took, ToLongFunction<Took> of) {
        long[] sorted = took.stream().mapToLong(of).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    @Override
    public Response init(ChaincodeStub stub) {
        return timed.init(stub);
    }

    @Override
    public Response invoke(ChaincodeStub stub) {
        long start = System.nanoTime();
        long processor = THREADS.getCurrentThreadCpuTime();
        Response response = timed.invoke(stub);
        Took took = new Took(System.nanoTime() - start, THREADS.getCurrentThreadCpuTime() - processor);
        List<Took> of = calls.computeIfAbsent(stub.getFunction(), absent -> new ArrayList<>());
        synchronized (of) {
            of.add(took);
        }
        return response;
    }
}
