package io.clearmarket.network.embedded.peer.chaincode;

import java.time.Duration;

/** A chaincode that dials its peer. Whoever calls it while it is not there waits a little for it to be started. */
final class RegisteredChaincode implements ChaincodeConnection {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChaincodeServer server;
    private final ChaincodeDoor door;

    RegisteredChaincode(ChaincodeServer server, ChaincodeDoor door) {
        this.server = server;
        this.door = door;
    }

    @Override
    public ChaincodeStream stream() throws ChaincodeFailure {
        try {
            return door.await(server.packageId(), PATIENCE)
                    .orElseThrow(() -> new ChaincodeFailure("could not launch chaincode " + server.packageId()
                            + ": timeout expired while starting chaincode " + server.packageId()
                            + " for transaction: none has registered at " + server.address()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChaincodeFailure("could not launch chaincode " + server.packageId() + ": interrupted");
        }
    }

    @Override
    public void close() {
        door.end(server.packageId());
    }
}
