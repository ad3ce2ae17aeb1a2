package io.clearmarket.gateway.api;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A request that can't be served, in the words of the problem that its sender gets (RFC 9457). */
public final class ApiProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final HttpStatus status;
    private final String code;
    private final @Nullable String hint;
    private final @Nullable String value;

    /**
     * @param status the HTTP status
     * @param code stable name
     * @param detail what was wrong
     * @param hint what would be right
     * @param value the offending value, cut to a readable length
     */
    public ApiProblem(HttpStatus status, String code, String detail, @Nullable String hint, @Nullable String value) {
        super(detail);
        this.status = status;
        this.code = code;
        this.hint = hint;
        this.value = value;
    }

    HttpStatus status() {
        return status;
    }

    /** Its stable name. */
    public String code() {
        return code;
    }

    @Nullable
    String hint() {
        return hint;
    }

    @Nullable
    String value() {
        return value;
    }
}
