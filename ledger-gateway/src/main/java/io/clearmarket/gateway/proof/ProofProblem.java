package io.clearmarket.gateway.proof;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Problems of this module (RFC 9457), in the form of all the gateway's problems. */
final class ProofProblem {
    private ProofProblem() {}

    static ErrorResponseException notFound(String detail, String hint) {
        return of(HttpStatus.NOT_FOUND, "NOT_FOUND", detail, hint);
    }

    /**
     * @param code stable name
     * @param detail what was wrong
     * @param hint what would be right
     */
    static ErrorResponseException of(HttpStatus status, String code, String detail, String hint) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty("code", code);
        problem.setProperty("hint", hint);
        return new ErrorResponseException(status, problem, null);
    }
}
