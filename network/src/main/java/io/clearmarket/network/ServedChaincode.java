package io.clearmarket.network;

import io.clearmarket.network.config.ChaincodeProgram;
import io.clearmarket.network.embedded.ChaincodeConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The processes that serve a network's chaincodes; none where their owners start them. */
final class ServedChaincode implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);

    private final List<ChaincodeProcess> processes = new ArrayList<>();

    /**
     * What is to be run of a network's chaincodes: a jar's process for all peers, a command's for each.
     *
     * @param data where their logs go
     */
    static ServedChaincode by(List<ChaincodeProgram> programs, Path data) {
        ServedChaincode served = new ServedChaincode();
        for (ChaincodeProgram program : programs) {
            String log = programs.size() == 1
                    ? "chaincode"
                    : "chaincode-" + program.chaincode().name();
            served.start(program, data, log);
        }
        return served;
    }

    private void start(ChaincodeProgram program, Path data, String log) {
        ChaincodeConfig chaincode = program.chaincode();
        program.jar()
                .ifPresent(jar -> processes.add(ChaincodeProcess.jar(
                        jar, chaincode.packageId(), chaincode.servers().values(), data.resolve(log + ".log"))));
        program.command()
                .ifPresent(command -> chaincode.servers().forEach((peer, address) -> {
                    Path logFile = data.resolve(log + "-" + peer.replace('/', '_') + ".log");
                    processes.add(
                            chaincode.dialsPeer()
                                    ? ChaincodeProcess.dialling(command, chaincode.packageId(), address, logFile)
                                    : ChaincodeProcess.command(command, chaincode.packageId(), address, logFile));
                }));
    }

    /** @throws IllegalStateException naming the log if a server does not come to listen in time */
    void awaitListening() {
        processes.forEach(process -> process.awaitListening(START));
    }

    /** Process id of the one that serves all peers or the first one; 0 if there is none. */
    long pid() {
        return processes.isEmpty() ? 0 : processes.getFirst().pid();
    }

    @Override
    public void close() {
        processes.forEach(ChaincodeProcess::close);
    }
}
