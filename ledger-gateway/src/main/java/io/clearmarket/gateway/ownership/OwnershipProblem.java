package io.clearmarket.gateway.ownership;

import io.clearmarket.gateway.config.CodedProblem;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** Problems of this module (RFC 9457), in the form of all the gateway's problems. */
final class OwnershipProblem {
    private OwnershipProblem() {}

    static ErrorResponseException conflict(String code, String detail, String hint) {
        return CodedProblem.of(HttpStatus.CONFLICT, code, detail, hint);
    }

    static ErrorResponseException invalid(String detail, String hint) {
        return CodedProblem.of(HttpStatus.BAD_REQUEST, "INVALID_VALUE", detail, hint);
    }

    static ErrorResponseException unknownTransfer() {
        return CodedProblem.of(
                HttpStatus.NOT_FOUND, "UNKNOWN_TRANSFER", "there is no transfer of this id", "check the link");
    }
}
