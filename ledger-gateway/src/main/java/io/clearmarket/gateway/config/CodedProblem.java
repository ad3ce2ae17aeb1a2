package io.clearmarket.gateway.config;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Problems (RFC 9457) in the form that all of the gateway's have: a stable code beside what was wrong, and what would be right. */
public final class CodedProblem {
    private CodedProblem() {}

    /**
     * To be thrown.
     *
     * @param code stable name
     * @param detail what was wrong
     * @param hint what would be right, if that can be said
     */
    public static ErrorResponseException of(HttpStatus status, String code, String detail, @Nullable String hint) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty("code", code);
        if (hint != null) {
            problem.setProperty("hint", hint);
        }
        return new ErrorResponseException(status, problem, null);
    }
}
