package io.clearmarket.gateway.up;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Processor time that a system's processes have used. */
public final class CpuTimes {
    /** What the children of a process are: its chaincode's servers, its database. */
    private static final Map<String, String> CHILDREN = Map.of("network", "chaincode", "gateway", "database");

    private CpuTimes() {}

    /** Since each process began, by its name; children that have ended are not counted. */
    public static SortedMap<String, Duration> of(UpState up) {
        SortedMap<String, Duration> times = new TreeMap<>();
        up.pids()
                .forEach((name, pid) -> ProcessHandle.of(pid)
                        .filter(process -> pid != ProcessHandle.current().pid())
                        .ifPresent(process -> {
                            times.put(name, time(process));
                            String children = CHILDREN.get(name);
                            if (children != null) {
                                times.put(
                                        children,
                                        process.descendants()
                                                .map(CpuTimes::time)
                                                .reduce(Duration.ZERO, Duration::plus));
                            }
                        }));
        return times;
    }

    private static Duration time(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
