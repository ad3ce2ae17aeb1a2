package io.clearmarket.gateway.up;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Processor time that a system's processes have used. */
public final class CpuTimes {
    private CpuTimes() {}

    /** Since each process began, by its name; an embedded network runs its chaincode itself. Ended children are not counted. */
    public static SortedMap<String, Duration> of(UpState up) {
        SortedMap<String, Duration> times = new TreeMap<>();
        up.pids()
                .forEach((name, pid) -> ProcessHandle.of(pid)
                        .filter(process -> pid != ProcessHandle.current().pid())
                        .ifPresent(process -> {
                            times.put(name, time(process));
                            if (name.equals("network")
                                    && process.children().findAny().isPresent()) {
                                times.put("chaincode", timeOfDescendants(process));
                            }
                        }));
        database(up).ifPresent(server -> times.put("database", time(server).plus(timeOfDescendants(server))));
        return times;
    }

    /** The database's server detaches itself, so it is nobody's child; its command line names its folder. */
    private static Optional<ProcessHandle> database(UpState up) {
        String folder =
                up.network().resolve("../../gateway/postgres").normalize().toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("postgres -D " + folder + " "))
                        .isPresent())
                .findFirst();
    }

    private static Duration timeOfDescendants(ProcessHandle process) {
        return process.descendants().map(CpuTimes::time).reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration time(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
