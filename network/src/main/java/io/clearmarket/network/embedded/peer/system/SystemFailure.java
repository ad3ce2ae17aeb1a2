package io.clearmarket.network.embedded.peer.system;

/** A system chaincode's error answer. */
final class SystemFailure extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int ERROR = 500;

    private final int status;
    private final String text;

    private SystemFailure(int status, String text) {
        super(text);
        this.status = status;
        this.text = text;
    }

    static SystemFailure of(String text) {
        return new SystemFailure(ERROR, text);
    }

    static SystemFailure of(int status, String text) {
        return new SystemFailure(status, text);
    }

    static SystemFailure unknownFunction(String function) {
        return of("Requested function " + function + " not found.");
    }

    int status() {
        return status;
    }

    String text() {
        return text;
    }
}
