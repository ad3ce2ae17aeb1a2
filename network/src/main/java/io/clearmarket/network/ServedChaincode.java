package io.clearmarket.network;

import io.clearmarket.network.embedded.ChaincodeConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The processes that serve a network's chaincode; none if its owner starts them. */
final class ServedChaincode implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);

    private final List<ChaincodeProcess> processes = new ArrayList<>();

    /** One process for all peers. */
    static ServedChaincode byJar(ChaincodeConfig chaincode, Path jar, Path data) {
        ServedChaincode served = new ServedChaincode();
        served.processes.add(ChaincodeProcess.jar(
                jar, chaincode.packageId(), chaincode.servers().values(), data.resolve("chaincode.log")));
        return served;
    }

    /** One process for each peer. */
    static ServedChaincode byCommand(ChaincodeConfig chaincode, String shellCommand, Path data) {
        ServedChaincode served = new ServedChaincode();
        chaincode
                .servers()
                .forEach((mspId, address) -> served.processes.add(ChaincodeProcess.command(
                        shellCommand, chaincode.packageId(), address, data.resolve("chaincode-" + mspId + ".log"))));
        return served;
    }

    static ServedChaincode byItsOwner() {
        return new ServedChaincode();
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
