package io.clearmarket.network.embedded.peer.chaincode;

/** An invocation that ended without the chaincode's own response: ERROR message, timeout, lost stream, no server. */
public final class ChaincodeFailure extends Exception {
    private static final long serialVersionUID = 1L;

    public ChaincodeFailure(String message) {
        super(message);
    }
}
