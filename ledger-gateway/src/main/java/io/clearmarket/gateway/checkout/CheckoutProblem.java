package io.clearmarket.gateway.checkout;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Problems of this module (RFC 9457), in the form of all the gateway's problems. */
final class CheckoutProblem {
    private CheckoutProblem() {}

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

    static ErrorResponseException unknown() {
        return of(HttpStatus.NOT_FOUND, "UNKNOWN_CHECKOUT", "there is no checkout of this id", "check the link");
    }
}
