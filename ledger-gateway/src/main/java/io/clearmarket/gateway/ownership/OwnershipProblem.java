package io.clearmarket.gateway.ownership;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Problems of this module (RFC 9457), in the form of all the gateway's problems. */
final class OwnershipProblem {
    private OwnershipProblem() {}

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

    static ErrorResponseException conflict(String code, String detail, String hint) {
        return of(HttpStatus.CONFLICT, code, detail, hint);
    }

    static ErrorResponseException invalid(String detail, String hint) {
        return of(HttpStatus.BAD_REQUEST, "INVALID_VALUE", detail, hint);
    }

    static ErrorResponseException unknownTransfer() {
        return of(HttpStatus.NOT_FOUND, "UNKNOWN_TRANSFER", "there is no transfer of this id", "check the link");
    }
}
