package io.clearmarket.gateway.client;

import org.jspecify.annotations.Nullable;

/** An RFC 9457 problem that the gateway answered. */
public final class ApiProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String code;

    ApiProblem(int status, @Nullable String code, String detail) {
        super(status + (code == null ? "" : " " + code) + ": " + detail);
        this.status = status;
        this.code = code;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The problem's stable code, such as a chaincode refusal's, or "" if the answer had none. */
    public String code() {
        return code == null ? "" : code;
    }

    /** True if asking again later may succeed: overload, a restart, a conflict that is over. */
    public boolean isTransient() {
        return status == 429 || status == 502 || status == 503 || status == 504;
    }
}
