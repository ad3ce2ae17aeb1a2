package io.clearmarket.gateway.checkout;

import io.clearmarket.gateway.config.CodedProblem;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** Problems of this module (RFC 9457), in the form of all the gateway's problems. */
final class CheckoutProblem {
    private CheckoutProblem() {}

    static ErrorResponseException unknown() {
        return CodedProblem.of(
                HttpStatus.NOT_FOUND, "UNKNOWN_CHECKOUT", "there is no checkout of this id", "check the link");
    }
}
