package io.clearmarket.gateway.proof;

import io.clearmarket.gateway.config.CodedProblem;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** Problems of this module (RFC 9457), in the form of all the gateway's problems. */
final class ProofProblem {
    private ProofProblem() {}

    static ErrorResponseException notFound(String detail, String hint) {
        return CodedProblem.of(HttpStatus.NOT_FOUND, "NOT_FOUND", detail, hint);
    }
}
