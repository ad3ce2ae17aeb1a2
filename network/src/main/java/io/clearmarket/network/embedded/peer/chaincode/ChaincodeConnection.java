package io.clearmarket.network.embedded.peer.chaincode;

/** One peer's way to one chaincode, whichever of the two dials the other. */
interface ChaincodeConnection extends AutoCloseable {
    /**
     * A stream in state ready.
     *
     * @throws ChaincodeFailure in a peer's words, if there is none in time
     */
    ChaincodeStream stream() throws ChaincodeFailure;

    /** Ends the stream. */
    @Override
    void close();
}
