package io.clearmarket.network.config;

import io.clearmarket.network.embedded.ChaincodeConfig;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What serves a chaincode.
 *
 * @param chaincode with the servers of all peers that are to be started
 * @param command a shell command, started once for each server
 * @param jar started once for all servers; with neither, somebody else starts them
 */
public record ChaincodeProgram(ChaincodeConfig chaincode, Optional<String> command, Optional<Path> jar) {
    public ChaincodeProgram {
        if (command.isPresent() && jar.isPresent()) {
            throw new IllegalArgumentException(
                    "chaincode " + chaincode.name() + " is run by a command or by a jar, not by both");
        }
        if (chaincode.dialsPeer() && jar.isPresent()) {
            throw new IllegalArgumentException("chaincode " + chaincode.name()
                    + " dials its peers, so it is run by a command for each of them, not by a jar for all");
        }
    }
}
